import Payments

/// Bills a subscription because it is time: a sale like any other, and what follows for the subscription.
enum Renewal {
    static func decide(_ account: ObjectID, _ id: ObjectID, in context: DecisionContext) -> Effects {
        guard let owner = context.account(account),
            var subscription = context.books.gateway.recurring.subscriptions[id, of: account],
            subscription.status.isBilled
        else { return Effects(events: [], reasons: []) }
        var effects = Effects(events: [], reasons: [])
        let minorUnits = subscription.charge
        if minorUnits > 0 {
            let decision = Charge(request(subscription, minorUnits, in: context), for: owner).decide(in: context)
            effects.events = decision.effects.events
            effects.reasons = decision.effects.reasons
            follow(decision.outcome, &subscription, in: context)
        } else {
            subscription.advance()
            effects.reasons = [.note("discounts leave nothing to charge")]
        }
        subscription.updatedAt = context.now
        // The work that is being done counts as done: it stands in the agenda only when it is planned again.
        effects.events += context.following([.agenda(.done(.renewal(account: account, id)))]).keeping(subscription)
        return effects
    }

    private static func request(
        _ subscription: Subscription, _ minorUnits: Int64, in context: DecisionContext
    ) -> ChargeRequest {
        var order = PaymentOrder(
            account: subscription.account, user: subscription.user, userName: subscription.userName, kind: .sale)
        order.source = .recurring
        order.subscription = subscription.id
        order.description = subscription.description
        order.billingMethod = "recurring"
        order.cardOnFile = "R"
        order.memos = subscription.memos
        var request = ChargeRequest(.sale, payment: .stored(subscription.payer.stored), order: order)
        request.amount = minorUnits
        request.initiatedBy = .merchant
        return request
    }

    private static func follow(
        _ outcome: Charge.Outcome, _ subscription: inout Subscription, in context: DecisionContext
    ) {
        let policy = context.behavior.accounts.policy
        switch outcome {
        case .failure:
            subscription.status = .error
        case .success(let charged) where charged.transaction.isApproved:
            subscription.advance()
        case .success(let charged) where policy.stoppingCodes.contains(charged.transaction.response.code):
            subscription.status = .stopped
        case .success:
            subscription.declines += 1
            subscription.status = subscription.declines > 1 ? .failed : .failing
            subscription.retryAt = subscription.status == .failing ? context.now + policy.billingRetry : nil
        }
    }
}
