package import Payments

/// An account number in clear, of either kind, on its way to fingerprint and token.
package enum ClearAccount: Hashable, Sendable {
    case card(PrimaryAccountNumber)
    case bank(BankAccountNumber)

    package var lastFour: String {
        switch self {
        case .card(let number): number.lastFour
        case .bank(let account): account.lastFour
        }
    }

    package func fingerprint(_ fingerprints: Fingerprinter) -> Fingerprint {
        switch self {
        case .card(let number): fingerprints.fingerprint(of: number)
        case .bank(let account): fingerprints.fingerprint(of: account)
        }
    }

    /// What the vault keeps of it.
    func kind(_ behavior: Behavior) -> VaultedAccount.Kind {
        switch self {
        case .card(let number):
            .card(
                brand: behavior.brand(of: number), bin: number.bin, length: number.length,
                passesCheckDigit: number.passesLuhn)
        case .bank(let account):
            .bank(routingNumber: account.routingNumber, accountLength: account.accountLength)
        }
    }
}
