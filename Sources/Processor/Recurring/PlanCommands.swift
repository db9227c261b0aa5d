import Payments

/// What a client says about a plan; nil stays.
package struct PlanContent: Sendable {
    package var name: String?
    package var description: String?
    package var currency: String?
    package var allowsCustomAmount: Bool?
    package var terms = TermsContent()
    /// The change goes for the plan's subscriptions, too.
    package var updatesSubscriptions = false

    package init() {}

    func apply(to plan: inout RecurringPlan, in context: DecisionContext) {
        if let name { plan.name = context.keepable(name) }
        if let description { plan.description = context.keepable(description) }
        if let currency { plan.currency = currency }
        if let allowsCustomAmount { plan.allowsCustomAmount = allowsCustomAmount }
        plan.updatedAt = context.now
    }
}

package typealias PlanOutcome = Result<RecurringPlan, RecurringFault>

/// Makes a plan, or changes one.
package struct SavePlan: Command {
    package var account: GatewayAccount
    /// Nil: a new one.
    package var id: ObjectID?
    package var content: PlanContent

    package init(_ id: ObjectID?, of account: GatewayAccount, _ content: PlanContent) {
        self.id = id
        self.account = account
        self.content = content
    }

    package var operation: String { id == nil ? "createPlan" : "updatePlan" }

    package func decide(in context: DecisionContext) -> Decision<PlanOutcome> {
        do throws(RecurringFault) {
            return try save(context)
        } catch {
            return Decision(outcome: .failure(error), reasons: [.note("the plan was refused: \(error)")])
        }
    }

    private func save(_ context: DecisionContext) throws(RecurringFault) -> Decision<PlanOutcome> {
        let shelf = context.books.gateway.recurring.plans
        var mint = context.mint(account.id)
        var plan: RecurringPlan
        if let id {
            guard let found = shelf[id, of: account.id] else { throw .notFound }
            plan = found
            plan.terms = try content.terms.terms(from: found.terms, of: account.id, in: context)
        } else {
            guard shelf.count(of: account.id) < context.behavior.limits.catalog else { throw .tooMany }
            let terms = try content.terms.terms(from: nil, of: account.id, in: context)
            plan = RecurringPlan(id: mint.next(), terms, at: context.now)
        }
        content.apply(to: &plan, in: context)
        var events = mint.events
        events.append(.gateway(.recurring(.planKept(account: account.id, Boxed(plan)))))
        if content.updatesSubscriptions { events += passedOn(plan, context) }
        return Decision(events: events, outcome: .success(plan))
    }

    /// Subscriptions that go on take the plan's terms; their next bill stays on its day.
    private func passedOn(_ plan: RecurringPlan, _ context: DecisionContext) -> [Event] {
        let subscriptions = context.books.gateway.recurring.subscriptions(plan: plan.id, of: account.id)
        return subscriptions.filter { !$0.status.isEnd }.map { before in
            var subscription = before
            subscription.terms = plan.terms
            subscription.billedBefore = subscription.billed
            subscription.updatedAt = context.now
            return .gateway(.recurring(.subscriptionKept(Boxed(subscription))))
        }
    }
}

/// Removes a plan. Its subscriptions go on.
package struct DeletePlan: Command {
    package var account: GatewayAccount
    package var id: ObjectID

    package init(_ id: ObjectID, of account: GatewayAccount) {
        self.id = id
        self.account = account
    }

    package var operation: String { "deletePlan" }

    package func decide(in context: DecisionContext) -> Decision<PlanOutcome> {
        guard let plan = context.books.gateway.recurring.plans[id, of: account.id] else {
            return Decision(outcome: .failure(.notFound))
        }
        return Decision(
            events: [.gateway(.recurring(.planDeleted(account: account.id, id)))], outcome: .success(plan))
    }
}
