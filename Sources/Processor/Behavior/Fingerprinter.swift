import Cryptography
package import Payments

/// Turns account numbers into fingerprints and tokens with keys, so that neither gives the number back.
package struct Fingerprinter: Sendable {
    private let hash: SipHash128

    /// - Parameter key: kept by the composition root; two worlds of one process share it.
    package init(key: [UInt8]) { hash = SipHash128(key: key) }

    package func fingerprint(of number: PrimaryAccountNumber) -> Fingerprint {
        number.withClearDigits { fingerprint("card:", $0) }
    }

    package func fingerprint(of account: BankAccountNumber) -> Fingerprint {
        account.withClearDigits { routing, account in fingerprint("bank:", routing + "/" + account) }
    }

    private func fingerprint(_ domain: String, _ clear: String) -> Fingerprint {
        let (high, low) = hash.hash(domain + clear)
        return Fingerprint(high: high, low: low)
    }
}
