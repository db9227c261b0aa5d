import Payments

/// Makes a customer, perhaps with an account and addresses, and checks the account when that is asked for.
package struct CreateCustomer: Command {
    /// A payment that a new account has to pass.
    package enum Check: Hashable, Sendable {
        /// Nothing is charged; cards only.
        case verification
        /// An authorization of so many minor units.
        case authorization(Int64)
    }

    /// How the customer gets its id.
    package enum Naming: Hashable, Sendable {
        case automatic
        /// 2 to 40 characters of the caller's.
        case own(String)
        /// An automatic id, the kind of account and its last four digits.
        case withAccount
    }

    /// What the customer is to be.
    package struct Plan: Sendable {
        package var naming = Naming.automatic
        package var content = CustomerContent()
        package var method: VaultMethod?
        package var billing: PostalAddress?
        package var shipping: PostalAddress?
        package var checks: [Check] = []
        package var bypassesRules = false

        package init() {}
    }

    package var plan: Plan
    package var account: GatewayAccount
    package var user: AccessUser

    package init(_ plan: Plan, for account: GatewayAccount, by user: AccessUser) {
        self.plan = plan
        self.account = account
        self.user = user
    }

    package var operation: String { "createCustomer" }

    package func decide(in context: DecisionContext) -> Decision<VaultOutcome> {
        .vault { () throws(VaultFault) in
            var mint = context.mint(account.id)
            let id = try id(&mint, in: context)
            var draft = CustomerDraft(id, of: account, mint, in: context)
            try fill(&draft)
            return try checked(draft, context)
        }
    }

    private func id(_ mint: inout ObjectIDMint, in context: DecisionContext) throws(VaultFault) -> ObjectID {
        guard context.books.profiles.count < context.behavior.limits.profiles else { throw .tooManyCustomers }
        let id: ObjectID
        switch plan.naming {
        case .automatic: id = mint.next()
        case .own(let text):
            guard CustomerID.isWellFormed(text) else { throw .badID }
            id = ObjectID(text)
        case .withAccount:
            guard let method = plan.method else { throw .idFormatNeedsPayment }
            let stored = try method.account(VaultingDetails(id: "", createdAt: context.now), of: account, in: context)
            id = CustomerID.make(mint.next(), stored.account.kind.tender, stored.lastFour)
        }
        guard context.customer(id, of: account) == nil else { throw .idTaken }
        return id
    }

    private func fill(_ draft: inout CustomerDraft) throws(VaultFault) {
        var content = plan.content
        if let method = plan.method { try draft.add(method) }
        if let billing = plan.billing, !billing.isEmpty { content.defaultBilling = try draft.addressID(for: billing) }
        if let shipping = plan.shipping, !shipping.isEmpty {
            content.defaultShipping = try draft.addressID(for: shipping)
        }
        try content.apply(to: &draft)
    }

    /// A check is a payment of the gateway like any other; one that is declined leaves no customer behind.
    private func checked(
        _ draft: CustomerDraft, _ context: DecisionContext
    ) throws(VaultFault) -> Decision<VaultOutcome> {
        let before = draft.allEvents
        var decision = Decision<VaultOutcome>(events: before, outcome: .success(draft.saved))
        for check in plan.checks {
            let later = context.following(decision.effects.events)
            let outcome = charge(check, draft.profile.objectID).decide(in: later)
            decision.effects.reasons += outcome.effects.reasons
            switch outcome.outcome {
            case .failure(let fault): throw .payment(fault)
            case .success(let charged):
                decision.effects.events += outcome.effects.events
                guard charged.transaction.isApproved else {
                    decision.effects.events.removeAll { if case .profile = $0 { true } else { false } }
                    decision.outcome = .failure(.declined)
                    return decision
                }
            }
        }
        return decision
    }

    private func charge(_ check: Check, _ customer: ObjectID) -> Charge {
        let kind: PaymentOrder.Kind = check == .verification ? .verification : .authorize
        var request = ChargeRequest(
            kind, payment: .stored(ChargeRequest.Stored(customer: customer)),
            order: PaymentOrder(account: account.id, user: user.id, userName: user.username, kind: kind))
        if case .authorization(let minorUnits) = check { request.amount = minorUnits }
        request.bypassesRules = plan.bypassesRules
        return Charge(request, for: account)
    }
}

/// How customers are named.
package enum CustomerID {
    package static func isWellFormed(_ text: String) -> Bool {
        (2...40).contains(text.utf8.count)
            && text.utf8.allSatisfy { byte in
                Digits.isDigit(byte) || (byte | 0x20 >= UInt8(ascii: "a") && byte | 0x20 <= UInt8(ascii: "z"))
                    || ".-_^".utf8.contains(byte)
            } && CardNumberText.masked(text) == text
    }

    /// `d3bfel2cunifubaumn00_card_1111`.
    static func make(_ id: ObjectID, _ tender: Tender, _ lastFour: String) -> ObjectID {
        ObjectID("\(id)_\(tender.rawValue)_\(lastFour)")
    }
}
