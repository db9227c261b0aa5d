import Cryptography
package import Payments

/// Turns account numbers into fingerprints and tokens with keys, so that neither gives the number back.
package struct Fingerprinter: Sendable {
    private let mac: HMACSHA256

    /// - Parameter key: kept by the composition root; two worlds of one process share it.
    package init(key: [UInt8]) { mac = HMACSHA256(key: key) }

    package func fingerprint(of number: PrimaryAccountNumber) -> Fingerprint {
        number.withClearDigits { fingerprint("card:", $0) }
    }

    package func fingerprint(of account: BankAccountNumber) -> Fingerprint {
        account.withClearDigits { routing, account in fingerprint("bank:", routing + "/" + account) }
    }

    private func fingerprint(_ domain: String, _ clear: String) -> Fingerprint {
        let code = mac.code(for: domain + clear)
        return Fingerprint(high: code.words.0, low: code.words.1)
    }
}
