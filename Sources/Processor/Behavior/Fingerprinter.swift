import Cryptography
package import Payments

/// Turns account numbers into fingerprints and tokens with keys, so that neither gives the number back.
package struct Fingerprinter: Sendable {
    private let cards: SipHash128
    private let banks: SipHash128

    /// - Parameter key: kept by the composition root; two worlds of one process share it.
    package init(key: [UInt8]) {
        cards = SipHash128(key: key + Array("card".utf8))
        banks = SipHash128(key: key + Array("bank".utf8))
    }

    package func fingerprint(of number: PrimaryAccountNumber) -> Fingerprint {
        number.withClearDigits { Self.fingerprint($0, by: cards) }
    }

    package func fingerprint(of account: BankAccountNumber) -> Fingerprint {
        account.withClearDigits { routing, account in Self.fingerprint(routing + "/" + account, by: banks) }
    }

    private static func fingerprint(_ clear: String, by hash: SipHash128) -> Fingerprint {
        let (high, low) = hash.hash(clear)
        return Fingerprint(high: high, low: low)
    }
}
