import Payments

/// Subscriptions of an account of which something is true, newest first.
package struct SearchSubscriptions: Command {
    package var account: GatewayAccount
    package var range: PageRange
    /// Looked up instead of looking at all.
    package var plan: ObjectID?
    package var customer: ObjectID?
    package var isMeant: @Sendable (Subscription) -> Bool

    package init(
        of account: GatewayAccount, _ range: PageRange, where isMeant: @escaping @Sendable (Subscription) -> Bool
    ) {
        self.account = account
        self.range = range
        self.isMeant = isMeant
    }

    package var operation: String { "searchSubscriptions" }

    package func decide(in context: DecisionContext) -> Decision<Page<Subscription>> {
        let books = context.books.gateway.recurring
        if let customer {
            let found = books.subscriptions(customer: customer, of: account.id).reversed()
            return Decision(outcome: range.page(of: found) { isMeant($0) && (plan == nil || $0.plan == plan) })
        }
        if let plan {
            let found = books.subscriptions(plan: plan, of: account.id).reversed()
            return Decision(outcome: range.page(of: found, where: isMeant))
        }
        return Decision(outcome: range.page(of: books.subscriptions.all(of: account.id), where: isMeant))
    }
}
