import JSON
import Payments
import Processor

/// Events of the account updater in words: tokens and dates.
extension EventWords {
    static let updaterTypes = ["accountEnrolled", "accountUnenrolled", "accountLookedAt"]

    func words(_ event: UpdaterEvent) -> Words {
        switch event {
        case .enrolled(let account, _, let due):
            return Words(
                "accountEnrolled", "token \(account.token) of \(account.merchant) is kept up to date",
                facts(account) + [("due", .string(InstantText.utc(due)))])
        case .removed(let account):
            return Words(
                "accountUnenrolled", "token \(account.token) of \(account.merchant) is not kept up to date any more",
                facts(account))
        case .looked(let account, let update, let next):
            let change = update?.value.change ?? .nothing
            return Words(
                "accountLookedAt", "the card network says of token \(account.token): \(change.rawValue)",
                facts(account) + [
                    ("change", .string(change.rawValue)),
                    ("newToken", (update?.value.new).map { .string($0.text) } ?? .null),
                    ("due", .string(InstantText.utc(next))),
                ])
        }
    }

    private func facts(_ account: EnrolledAccount) -> [(String, JSONValue)] {
        [("token", .string(account.token.text)), ("merchant", .string(account.merchant.description))]
    }
}
