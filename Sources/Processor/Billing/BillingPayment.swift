import Payments

extension BillingPlan {
    /// The next payment on the agenda, at its hour; nothing when there is none any more.
    func planned(in context: DecisionContext) -> [Event] {
        guard status == .active, let day = day(next) else { return [.agenda(.cancelled(.billing(number)))] }
        let zone = context.behavior.clock.zone
        let hour = zone.instant(CivilTime(daysSince1970: day)) + context.behavior.boarding.billingAt
        // What is due today, and behind its hour already, is due at once.
        return [.agenda(.planned(.billing(number), at: max(hour, context.now)))]
    }
}

extension ScheduledWork {
    /// A payment of a plan is due: the stored account pays through the gateway's engine.
    static func bill(_ number: Int, in context: DecisionContext) -> Effects {
        guard var plan = context.books.billing[number], plan.status == .active, context.merchant(plan.merchant) != nil
        else { return Effects(events: [], reasons: []) }
        var payment = Authorize(
            service: "copilot", merchant: plan.merchant, source: .missing,
            amount: .minorUnits(plan.amount.minorUnits))
        payment.profile = .stored(plan.profile, number: plan.account)
        payment.capturesAtOnce = true
        payment.entryMode = .recurring
        let decision = payment.decide(in: context)
        let transaction = decision.outcome.transaction
        var result = BillingPlan.Result(decision.outcome.told.status == .approved ? .paid : .failed)
        result.day = context.civilNow.daysSince1970
        result.reference = transaction.reference
        if result.status == .paid { result.amount = transaction.approved.minorUnits }
        let index = plan.next
        plan.settle(index, result, keeping: context.behavior.limits.billingResults)
        var effects = decision.effects
        effects.events.append(.billing(.planChanged(Boxed(plan))))
        effects.events += plan.planned(in: context)
        effects.reasons.append(.note("payment \(index + 1) of billing plan \(number): \(result.status.rawValue)"))
        return effects
    }
}
