package import Payments

/// Reads one stored account of a profile, or all of them. Changes nothing.
package struct ReadProfile: Command {
    package var service: String
    package var merchant: MerchantKey
    package var id: ProfileID
    /// Nil reads all accounts.
    package var number: Int?
    package var wire: any WireFacts

    package init(
        service: String, merchant: MerchantKey, id: ProfileID, number: Int?, wire: any WireFacts = NoWireFacts()
    ) {
        self.service = service
        self.merchant = merchant
        self.id = id
        self.number = number
        self.wire = wire
    }

    package var operation: String { "profileInquiry" }

    package enum Outcome: Sendable {
        case found(CustomerProfile, [StoredAccount])
        case refused(ResponseCode)
    }

    package func decide(in context: DecisionContext) -> Decision<Outcome> {
        let subject = context.subject(operation, service: service, of: merchant, wire)
        return context.ruled(subject) {
            .refused($0)
        } ordinary: {
            let key = ProfileKey(owner: context.profileOwner(merchant), id: id)
            if let profile = context.books.profiles[key] {
                let accounts = number.map { number in profile[number].map { [$0] } ?? [] } ?? profile.accounts
                if !accounts.isEmpty { return Decision(outcome: .found(profile, accounts)) }
            }
            let row = context.refusalRow(.profileNotFound)
            return Decision(outcome: .refused(row.response), reasons: [.refusal(.profileNotFound, row.source)])
        }
    }
}
