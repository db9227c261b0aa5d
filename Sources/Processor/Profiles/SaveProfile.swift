package import Payments

/// Keeps an account for later payments: in a profile of its own, as a further account of one, or in place of another.
package struct SaveProfile: Command {
    package enum Target: Hashable, Sendable {
        /// A profile of its own, unless the same account is stored already.
        case new
        /// A further account of a profile.
        case added(to: ProfileID)
        /// A stored account is changed; without a number the default one.
        case stored(ProfileID, number: Int?)
        /// A name that no profile can have.
        case unreadable
    }

    /// What a client says about the account. What it does not say is nil.
    package struct Content: Sendable {
        package var source: PaymentSource = .missing
        package var bankKind: StoredAccount.Kind?
        package var expiry: Authorize.ExpiryEntry = .absent
        package var holder = ContactDetails()
        package var optsOutOfUpdates: Bool?
        package var permitsStoring: Bool?

        package init() {}
    }

    package var service: String
    package var merchant: MerchantKey
    package var target: Target
    package var content: Content
    /// A change leaves alone what is not sent; otherwise that is emptied.
    package var keepsTheRest = false
    package var makesDefault = false
    package var wire: any WireFacts

    package init(
        service: String, merchant: MerchantKey, target: Target, content: Content, wire: any WireFacts = NoWireFacts()
    ) {
        self.service = service
        self.merchant = merchant
        self.target = target
        self.content = content
        self.wire = wire
    }

    package var operation: String { "profile" }

    package struct Saved: Sendable {
        package let key: StoredAccountKey
        package let account: StoredAccount
        package let isDefault: Bool
        /// It was there before: the same account once more, or a change.
        package let wasThere: Bool
    }

    package struct Outcome: Sendable {
        package let told: ResponseCode
        package let saved: Saved?
    }

    package func decide(in context: DecisionContext) -> Decision<Outcome> {
        var subject = context.subject(operation, service: service, of: merchant, wire)
        subject.cardholder = content.holder.name
        let resolution = content.source == .missing ? nil : context.resolve(content.source, in: merchant.scope)
        if let found = resolution?.found { subject.card = CardFacts(found.account) }
        return context.ruled(subject) {
            Outcome(told: $0, saved: nil)
        } ordinary: {
            do throws(RefusalFault) {
                return try save(resolution, context)
            } catch {
                let row = context.refusalRow(error.refusal)
                return Decision(
                    outcome: Outcome(told: row.response, saved: nil), reasons: [.refusal(error.refusal, row.source)])
            }
        }
    }

    private func save(
        _ resolution: Result<AccountResolution, RefusalFault>?, _ context: DecisionContext
    ) throws(RefusalFault) -> Decision<Outcome> {
        var shelf = ProfileShelf(merchant, context)
        switch target {
        case .unreadable: throw RefusalFault(.profileNotFound)
        case .new:
            guard let resolution else { throw RefusalFault(.missingField) }
            try shelf.create(try content.account(resolution, merchant, context), makesDefault: makesDefault)
        case .added(let id):
            guard let resolution else { throw RefusalFault(.missingField) }
            let account = try content.account(resolution, merchant, context)
            try shelf.add(account, to: id, makesDefault: makesDefault)
        case .stored(let id, let number):
            let before = try shelf.stored(id, number)
            let after = try content.change(before.account, resolution, keeps: keepsTheRest, merchant, context)
            shelf.replace(before.key, after, makesDefault: makesDefault)
        }
        guard let saved = shelf.saved else { preconditionFailure("each way to save tells what it has saved") }
        let accountEvents = resolution?.found?.events(in: merchant.scope) ?? []
        return Decision(
            events: accountEvents + shelf.events.map(Event.profile),
            outcome: Outcome(told: context.refusalRow(.profileSaved).response, saved: saved),
            reasons: (resolution?.found?.reasons ?? []) + shelf.reasons)
    }
}
