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
        var random = SeededRandom(seed: seed ^ Self.digest(of: object))
        let count = random.uniform(in: dummies)
        for _ in 0..<count { object.add(Self.word(4...7, &random), Self.dummyValue(&random)) }
        object.shuffle(using: &random)
    }

    /// FNV-1a over the texts of the members; enough, because every answer has texts of its own.
    private static func digest(of object: AnswerObject) -> UInt64 {
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        object.forEachText { text in
            text.withBytes { bytes in
                for byte in bytes { hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01B3 }
            }
            hash = (hash ^ 0xFF) &* 0x0000_0100_0000_01B3
        }
        return hash
    }

    /// A short text, an empty object, an object with one text, or an array of texts.
    private static func dummyValue(_ random: inout SeededRandom) -> JSONValue {
        switch random.uniform(below: 4) {
        case 0: .string(word(5...8, &random))
        case 1: .object(JSONObject())
        case 2: .object(JSONObject([JSONObject.Member(word(4...7, &random), .string(word(5...8, &random)))]))
        default: .array((0..<random.uniform(in: 2...5)).map { _ in .string(word(5...8, &random)) })
        }
    }

    private static func word(_ lengths: ClosedRange<Int>, _ random: inout SeededRandom) -> String {
        let length = random.uniform(in: lengths)
        return String(unsafeUninitializedCapacity: length) { bytes in
            for position in 0..<length { bytes[position] = letters[Int(random.uniform(below: 52))] }
            return length
        }
    }

    private static let letters = Array("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ".utf8)
}
