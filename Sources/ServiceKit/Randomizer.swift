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
        var random = SeededRandom(seed: seed ^ object.digest.hash)
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
        // A copy that nobody else sees, so that its state stays in registers.
        var generator = random
        let length = generator.uniform(in: lengths)
        var letters: UInt64 = 0
        for position in 0..<length { letters |= letter(generator.uniform(below: 52)) << UInt64(8 * position) }
        random = generator
        members.putQuoted(letters, length: length)
    }

    /// a to z, then A to Z.
    @inline(__always)
    private static func letter(_ number: UInt64) -> UInt64 { number < 26 ? number + 97 : number + 39 }
}
