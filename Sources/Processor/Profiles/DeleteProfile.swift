package import Payments

/// Removes one stored account, or a whole profile. The default account stays as long as there are others.
package struct DeleteProfile: Command {
    package var service: String
    package var merchant: MerchantKey
    package var id: ProfileID
    /// Nil removes the profile.
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

    package var operation: String { "profileDeletion" }

    /// The answer to the client.
    package typealias Outcome = ResponseCode

    package func decide(in context: DecisionContext) -> Decision<Outcome> {
        let subject = context.subject(operation, service: service, of: merchant, wire)
        return context.ruled(subject) {
            $0
        } ordinary: {
            ordinary(context)
        }
    }

    private func ordinary(_ context: DecisionContext) -> Decision<Outcome> {
        let key = ProfileKey(owner: context.profileOwner(merchant), id: id)
        guard let profile = context.books.profiles[key] else { return refused(.profileNotFound, context) }
        guard let number else { return deleted(.removed(key), context) }
        guard profile[number] != nil else { return refused(.profileNotFound, context) }
        if profile.count == 1 { return deleted(.removed(key), context) }
        if profile.defaultNumber == number { return refused(.defaultAccountInUse, context) }
        return deleted(.accountRemoved(StoredAccountKey(key, number)), context)
    }

    private func deleted(_ event: ProfileEvent, _ context: DecisionContext) -> Decision<Outcome> {
        Decision(events: [.profile(event)], outcome: context.refusalRow(.profileDeleted).response)
    }

    private func refused(_ refusal: Refusal, _ context: DecisionContext) -> Decision<Outcome> {
        let row = context.refusalRow(refusal)
        return Decision(outcome: row.response, reasons: [.refusal(refusal, row.source)])
    }
}
