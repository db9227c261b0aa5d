import Payments

/// Changes the state of a subscription by hand.
package struct SetSubscriptionStatus: Command {
    package var account: GatewayAccount
    package var id: ObjectID
    package var status: Subscription.Status
    /// Counted from 1970.
    package var nextBill: Int?

    package init(_ id: ObjectID, of account: GatewayAccount, to status: Subscription.Status, nextBill: Int?) {
        self.id = id
        self.account = account
        self.status = status
        self.nextBill = nextBill
    }

    package var operation: String { "setSubscriptionStatus" }

    package func decide(in context: DecisionContext) -> Decision<SubscriptionOutcome> {
        guard var subscription = context.books.gateway.recurring.subscriptions[id, of: account.id] else {
            return Decision(outcome: .failure(.notFound))
        }
        guard !subscription.status.isEnd || subscription.status == status else {
            return Decision(outcome: .failure(.status))
        }
        if let nextBill, nextBill < context.today { return Decision(outcome: .failure(.nextBillDate)) }
        let wasBilled = subscription.status.isBilled
        subscription.status = status
        if status.isBilled, !wasBilled {
            subscription.declines = 0
            subscription.retryAt = nil
            // What would have been billed in the meantime is not made up for.
            if subscription.nextBill < context.today {
                subscription.nextBill = subscription.terms.schedule.first(from: context.today)
            }
        }
        if let nextBill {
            subscription.nextBill = nextBill
            subscription.retryAt = nil
        }
        subscription.updatedAt = context.now
        return Decision(events: context.keeping(subscription), outcome: .success(subscription))
    }
}

extension DecisionContext {
    /// The present day in UTC, counted from 1970.
    package var today: Int { CivilTime(now).daysSince1970 }

    /// The first bill of a subscription that says no date.
    func firstBill(_ terms: RecurringTerms) -> Int {
        let isAtOnce = terms.chargesOnDay == (behavior.accounts.policy.chargeOnDay == .atOnce)
        return isAtOnce ? today : terms.schedule.first(from: today)
    }

    /// Keeps a subscription, and plans its next bill or takes it off the agenda.
    func keeping(_ subscription: Subscription) -> [Event] {
        let work = ScheduledWork.renewal(account: subscription.account, subscription.id)
        let kept = Event.gateway(.recurring(.subscriptionKept(Boxed(subscription))))
        guard subscription.status.isBilled, let due = due(subscription) else {
            return books.agenda.due(work) == nil ? [kept] : [kept, .agenda(.cancelled(work))]
        }
        return books.agenda.due(work) == due ? [kept] : [kept, .agenda(.planned(work, at: due))]
    }

    /// When a bill is made; nil behind the end of time.
    private func due(_ subscription: Subscription) -> Instant? {
        let day = CivilTime(daysSince1970: subscription.nextBill).instant
        let hour = day + .seconds(behavior.accounts.policy.billingSecondOfDay)
        let due = max(subscription.retryAt ?? hour, now)
        return due < .latest ? due : nil
    }
}
