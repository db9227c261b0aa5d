package import Payments

/// What a client says of a customer; nil stays as it is.
package struct CustomerContent: Sendable {
    package var description: String?
    package var notes: String?
    package var flags: Set<CustomerRecord.Flag>?
    package var defaultBilling: ObjectID?
    package var defaultShipping: ObjectID?
    package var defaultPayment: ObjectID?
    package var defaultTender: Tender?

    package init() {}

    func apply(to draft: inout CustomerDraft) throws(VaultFault) {
        let context = draft.context
        if let id = defaultPayment { try draft.chooseDefault(id, defaultTender) }
        try draft.change { record throws(VaultFault) in
            if let description { record.description = context.keepable(description) }
            if let notes { record.notes = context.keepable(notes) }
            if let flags { record.flags = flags }
            for id in [defaultBilling, defaultShipping].compactMap({ $0 }) where record.address(id) == nil {
                throw .unknown(.address)
            }
            record.defaultBilling = defaultBilling ?? record.defaultBilling
            record.defaultShipping = defaultShipping ?? record.defaultShipping
        }
    }
}

package typealias VaultOutcome = Result<SavedCustomer, VaultFault>

extension Decision where Outcome == VaultOutcome {
    /// A decision that a refusal ends.
    static func vault(_ body: () throws(VaultFault) -> Decision<VaultOutcome>) -> Decision<VaultOutcome> {
        do throws(VaultFault) {
            return try body()
        } catch {
            return Decision(outcome: .failure(error), reasons: [.note("the vault refused: \(error)")])
        }
    }
}

/// One customer of an account.
package struct FindCustomer: Command {
    package var account: GatewayAccount
    package var id: ObjectID

    package init(_ id: ObjectID, of account: GatewayAccount) {
        self.id = id
        self.account = account
    }

    package var operation: String { "findCustomer" }

    package func decide(in context: DecisionContext) -> Decision<VaultOutcome> {
        guard let profile = context.customer(id, of: account) else { return Decision(outcome: .failure(.notFound)) }
        return Decision(outcome: .success(SavedCustomer(profile: profile, created: nil, accountID: account.id)))
    }
}

/// Changes a customer: its record, an address, a stored account; adds one; removes one.
package struct ChangeCustomer: Command {
    package enum Change: Sendable {
        case record(CustomerContent)
        case addAddress(PostalAddress)
        case replaceAddress(ObjectID, PostalAddress)
        case removeAddress(ObjectID)
        case addPayment(VaultMethod)
        case replacePayment(ObjectID, VaultMethod)
        /// Of any tender when none is named.
        case removePayment(ObjectID, Tender?)
        /// Adds an account, or an address unless one is alike, and makes it the default.
        case choosePayment(VaultMethod)
        case chooseBilling(PostalAddress)
        case chooseShipping(PostalAddress)
        /// All that is given, one after the other: what older clients send in one request.
        case several([Change])
    }

    package var account: GatewayAccount
    package var id: ObjectID
    package var change: Change

    package init(_ id: ObjectID, of account: GatewayAccount, _ change: Change) {
        self.id = id
        self.account = account
        self.change = change
    }

    package var operation: String { "changeCustomer" }

    package func decide(in context: DecisionContext) -> Decision<VaultOutcome> {
        .vault { () throws(VaultFault) in
            var draft = try CustomerDraft(changing: id, of: account, in: context)
            try apply(change, to: &draft)
            return Decision(events: draft.allEvents, outcome: .success(draft.saved))
        }
    }

    private func apply(_ change: Change, to draft: inout CustomerDraft) throws(VaultFault) {
        switch change {
        case .record(let content): try content.apply(to: &draft)
        case .addAddress(let address): _ = try draft.add(address)
        case .replaceAddress(let id, let address): try draft.replaceAddress(id, with: address)
        case .removeAddress(let id): try draft.removeAddress(id)
        case .addPayment(let method): try draft.add(method)
        case .replacePayment(let id, let method): try draft.replace(id, with: method)
        case .removePayment(let id, let tender): try draft.removeAccount(id, tender)
        case .choosePayment(let method):
            try draft.add(method)
            if let id = draft.created { try draft.chooseDefault(id, nil) }
        case .chooseBilling(let address):
            let id = try draft.addressID(for: address)
            try draft.change { $0.defaultBilling = id }
        case .chooseShipping(let address):
            let id = try draft.addressID(for: address)
            try draft.change { $0.defaultShipping = id }
        case .several(let changes): for change in changes { try apply(change, to: &draft) }
        }
    }
}

/// Forgets a customer. Subscriptions that charge it find nobody when they are due.
package struct DeleteCustomer: Command {
    package var account: GatewayAccount
    package var id: ObjectID

    package init(_ id: ObjectID, of account: GatewayAccount) {
        self.id = id
        self.account = account
    }

    package var operation: String { "deleteCustomer" }

    package func decide(in context: DecisionContext) -> Decision<VaultOutcome> {
        guard let profile = context.customer(id, of: account) else { return Decision(outcome: .failure(.notFound)) }
        return Decision(
            events: [.profile(.removed(profile.key))],
            outcome: .success(SavedCustomer(profile: profile, created: nil, accountID: account.id)))
    }
}

/// Customers of an account of whom something is true, newest first.
package struct SearchCustomers: Command {
    package var account: GatewayAccount
    package var range: PageRange
    package var isMeant: @Sendable (CustomerProfile) -> Bool

    package init(
        of account: GatewayAccount, _ range: PageRange, where isMeant: @escaping @Sendable (CustomerProfile) -> Bool
    ) {
        self.account = account
        self.range = range
        self.isMeant = isMeant
    }

    package var operation: String { "searchCustomers" }

    package func decide(in context: DecisionContext) -> Decision<Page<SavedCustomer>> {
        let page = range.page(of: context.books.profiles.customers(of: account.customerOwner), where: isMeant)
        return Decision(outcome: page.map { SavedCustomer(profile: $0, created: nil, accountID: account.id) })
    }
}
