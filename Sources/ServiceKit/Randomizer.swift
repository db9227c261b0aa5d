import Cryptography
package import Processor
import JSON
import Payments

/// Shuffles members and adds dummy ones, as a UAT environment does so that clients do not rely on either.
///
/// The order follows from the world's seed and the content alone, so the traffic of others does not change it. Source:
/// reference of the gateway, §2.5.
package struct Randomizer: Sendable {
    private let settings: RandomizeSettings
    private let seed: UInt64

    package init(_ settings: RandomizeSettings, seed: UInt64) {
        self.settings = settings
        self.seed = seed
    }

    package func randomize(_ object: inout AnswerObject) {
        guard case .seeded(let dummies) = settings else { return }
        var random = SeededRandom(seed: seed ^ object.fingerprint)
        let count = random.uniform(in: dummies)
        for _ in 0..<count {
            object.addMember(atMost: Self.longest) { members in
                Self.writeWord(4...7, &random, to: &members)
                members.put(UInt8(ascii: ":"))
                Self.writeValue(&random, to: &members)
            }
        }
        object.shuffle(using: &random)
    }

    /// A name, a colon, and an array of five texts.
    private static let longest = 10 + 1 + 2 + 5 * 11

    /// A short text, an empty object, an object with one text, or an array of texts.
    private static func writeValue(_ random: inout SeededRandom, to members: inout MemberCursor) {
        switch random.uniform(below: 4) {
        case 0: writeWord(5...8, &random, to: &members)
        case 1:
            members.put(UInt8(ascii: "{"))
            members.put(UInt8(ascii: "}"))
        case 2:
            members.put(UInt8(ascii: "{"))
            writeWord(4...7, &random, to: &members)
            members.put(UInt8(ascii: ":"))
            writeWord(5...8, &random, to: &members)
            members.put(UInt8(ascii: "}"))
        default:
            members.put(UInt8(ascii: "["))
            for position in 0..<random.uniform(in: 2...5) {
                if position > 0 { members.put(UInt8(ascii: ",")) }
                writeWord(5...8, &random, to: &members)
            }
            members.put(UInt8(ascii: "]"))
        }
    }

    /// A few random letters, at most eight, in quotes.
    private static func writeWord(
        _ lengths: ClosedRange<Int>, _ random: inout SeededRandom, to members: inout MemberCursor
    ) {
        var draw = Draw(random.next())
        let length = lengths.lowerBound &+ Int(truncatingIfNeeded: draw.next(below: UInt64(lengths.count)))
        // All that may be needed, the first one lowest, each from 0 to 51.
        var numbers: UInt64 = 0
        for position in 0..<8 { numbers |= draw.next(below: 52) << UInt64(8 &* position) }
        members.putQuoted(letters(numbers), length: length)
    }

    /// a to z, then A to Z, for eight numbers at once.
    @inline(__always)
    private static func letters(_ numbers: UInt64) -> UInt64 {
        let ones: UInt64 = 0x0101_0101_0101_0101
        let isUpper = (numbers &+ ones &* (128 - 26)) >> 7 & ones
        return numbers &+ ones &* 97 &- isUpper &* 58
    }

    /// Takes a random number apart into small ones, as the digits of a fraction: 64 bits are enough for a length and
    /// eight letters, of which none is favoured by more than one in 50,000.
    private struct Draw {
        private var fraction: UInt64

        init(_ fraction: UInt64) { self.fraction = fraction }

        @inline(__always)
        mutating func next(below bound: UInt64) -> UInt64 {
            let product = fraction.multipliedFullWidth(by: bound)
            fraction = product.low
            return product.high
        }
    }
}
