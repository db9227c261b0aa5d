import Payments

/// What a client says about a subscription; nil stays.
package struct SubscriptionContent: Sendable {
    package var plan: ObjectID?
    package var description: String?
    package var payer: ChargeRequest.Stored?
    package var terms = TermsContent()
    /// Counted from 1970.
    package var nextBill: Int?
    package var memos: [TransactionDetails.Memo] = []

    package init() {}
}

package typealias SubscriptionOutcome = Result<Subscription, RecurringFault>

/// Starts billing a customer, or changes how.
package struct SaveSubscription: Command {
    package var account: GatewayAccount
    package var user: AccessUser
    /// Nil: a new one.
    package var id: ObjectID?
    package var content: SubscriptionContent

    package init(
        _ id: ObjectID?, of account: GatewayAccount, by user: AccessUser, _ content: SubscriptionContent
    ) {
        self.id = id
        self.account = account
        self.user = user
        self.content = content
    }

    package var operation: String { id == nil ? "createSubscription" : "updateSubscription" }

    package func decide(in context: DecisionContext) -> Decision<SubscriptionOutcome> {
        do throws(RecurringFault) {
            return try save(context)
        } catch {
            return Decision(outcome: .failure(error), reasons: [.note("the subscription was refused: \(error)")])
        }
    }

    private func save(_ context: DecisionContext) throws(RecurringFault) -> Decision<SubscriptionOutcome> {
        if let day = content.nextBill, day < context.today { throw .nextBillDate }
        var mint = context.mint(account.id)
        var subscription: Subscription
        if let id { subscription = try changed(id, context) } else { subscription = try made(&mint, context) }
        if let description = content.description { subscription.description = context.keepable(description) }
        for memo in content.memos {
            subscription.memos.removeAll { $0.name == memo.name }
            subscription.memos.append(memo)
        }
        subscription.updatedAt = context.now
        return Decision(
            events: mint.events + context.keeping(subscription), outcome: .success(subscription))
    }

    private func made(
        _ mint: inout ObjectIDMint, _ context: DecisionContext
    ) throws(RecurringFault) -> Subscription {
        let books = context.books.gateway.recurring
        guard books.subscriptions.count(of: account.id) < context.behavior.limits.subscriptions else {
            throw .tooMany
        }
        guard let payer = content.payer else { throw .unknownCustomer }
        try check(payer, context)
        let plan = try plan(content.plan, context)
        let terms = try content.terms.terms(from: plan?.terms, of: account.id, in: context)
        var subscription = Subscription(
            id: mint.next(), of: account.id, by: user, Subscription.Payer(payer), terms,
            nextBill: content.nextBill ?? context.firstBill(terms), at: context.now)
        subscription.plan = plan?.id
        return subscription
    }

    private func changed(_ id: ObjectID, _ context: DecisionContext) throws(RecurringFault) -> Subscription {
        guard var subscription = context.books.gateway.recurring.subscriptions[id, of: account.id] else {
            throw .notFound
        }
        guard !subscription.status.isEnd else { throw .status }
        if let payer = content.payer {
            try check(payer, context)
            subscription.payer = Subscription.Payer(payer)
        }
        let plan = try plan(content.plan, context)
        if plan == nil, let own = subscription.plan {
            try checkAmount(context.books.gateway.recurring.plans[own, of: account.id], subscription.terms.amount)
        }
        let before = subscription.terms
        subscription.terms = try content.terms.terms(from: plan?.terms ?? before, of: account.id, in: context)
        if subscription.terms.addOns != before.addOns || subscription.terms.discounts != before.discounts {
            subscription.billedBefore = subscription.billed
        }
        subscription.plan = plan?.id ?? subscription.plan
        if let day = content.nextBill {
            subscription.nextBill = day
            subscription.retryAt = nil
        }
        return subscription
    }

    private func plan(_ id: ObjectID?, _ context: DecisionContext) throws(RecurringFault) -> RecurringPlan? {
        guard let id else { return nil }
        guard let plan = context.books.gateway.recurring.plans[id, of: account.id] else { throw .unknownPlan }
        try checkAmount(plan, plan.terms.amount)
        return plan
    }

    /// A plan says whether a subscription may have an amount of its own.
    private func checkAmount(_ plan: RecurringPlan?, _ present: Int64) throws(RecurringFault) {
        guard let plan, let amount = content.terms.amount, amount != present else { return }
        if !plan.allowsCustomAmount { throw .customAmount }
    }

    private func check(_ payer: ChargeRequest.Stored, _ context: DecisionContext) throws(RecurringFault) {
        guard let customer = context.customer(payer.customer, of: account), let record = customer.record?.value else {
            throw .unknownCustomer
        }
        guard let stored = payer.payment.map({ customer.account(named: $0) }) ?? customer.account(nil),
            payer.paymentType.map({ $0 == stored.kind.tender.rawValue }) ?? true
        else { throw .unknownPayment }
        for address in [payer.billingAddress, payer.shippingAddress].compactMap({ $0 })
        where record.address(address) == nil { throw .unknownAddress }
    }
}

/// Removes a subscription; nothing is billed any more.
package struct DeleteSubscription: Command {
    package var account: GatewayAccount
    package var id: ObjectID

    package init(_ id: ObjectID, of account: GatewayAccount) {
        self.id = id
        self.account = account
    }

    package var operation: String { "deleteSubscription" }

    package func decide(in context: DecisionContext) -> Decision<SubscriptionOutcome> {
        guard let found = context.books.gateway.recurring.subscriptions[id, of: account.id] else {
            return Decision(outcome: .failure(.notFound))
        }
        return Decision(
            events: [
                .gateway(.recurring(.subscriptionDeleted(account: account.id, id))),
                .agenda(.cancelled(.renewal(account: account.id, id))),
            ], outcome: .success(found))
    }
}
