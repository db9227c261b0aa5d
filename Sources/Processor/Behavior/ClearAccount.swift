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
}
