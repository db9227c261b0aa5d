import Payments

/// Draws identifiers from the world's seed, the merchant and that merchant's counter, so that the traffic of other
/// merchants cannot change them.
struct IdentifierSource: Sendable {
    private var state: UInt64

    /// What the identifiers of a merchant have in common.
    struct Root: Sendable {
        fileprivate let hash: UInt64

        init(_ merchant: MerchantKey) { hash = IdentifierSource.hash(merchant) }
    }

    init(seed: UInt64, merchant: MerchantKey, counter: Int) {
        self.init(seed: seed, Root(merchant), counter: counter)
    }

    init(seed: UInt64, _ root: Root, counter: Int) {
        state =
            root.hash ^ (seed &* 0x9E37_79B9_7F4A_7C15) &+ UInt64(bitPattern: Int64(counter)) &* 0xD1B5_4A32_D192_ED03
    }

    private static func hash(_ merchant: MerchantKey) -> UInt64 {
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325  // FNV-1a, 64 bits
        func mix(_ text: String) {
            text.withBytes { bytes in
                for byte in bytes { hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01B3 }
            }
            hash = (hash ^ 0xFF) &* 0x0000_0100_0000_01B3
        }
        mix(merchant.scope.site.text)
        mix(merchant.scope.environment.rawValue)
        mix(merchant.id.text)
        return hash
    }

    /// SplitMix64.
    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }

    /// This many decimal digits behind a prefix, leading zeros included.
    mutating func digits(_ count: Int, after prefix: String = "") -> String {
        var bound: UInt64 = 1
        let width = min(count, 18)
        for _ in 0..<width { bound *= 10 }
        return PaddedDigits.text(next() % bound, width: width, after: prefix)
    }

    /// This many of 0–9 and A–Z.
    mutating func alphanumerics(_ count: Int) -> String {
        let alphabet = Self.alphabet
        return String(decoding: (0..<count).map { _ in alphabet[Int(next() % UInt64(alphabet.count))] }, as: UTF8.self)
    }

    private static let alphabet = Array("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ".utf8)

    mutating func authorizationCode(_ form: AuthorizationCodeForm) -> String {
        switch form {
        case .prefixedDigits(let prefix, let count): digits(count, after: prefix)
        case .alphanumeric(let length): alphanumerics(length)
        case .fixed(let code): code
        }
    }
}
