import Payments

extension Charge {
    /// Through which a second part goes: the next one of the same kind; nil when there is no second part.
    func secondProcessor(beside first: GatewayProcessor) throws(ChargeFault) -> GatewayProcessor? {
        guard let minorUnits = request.splitAmount, minorUnits > 0 else { return nil }
        guard request.kind == .sale || request.kind == .authorize else { throw .noSecondProcessor }
        let others = account.processors.filter { $0.tender == first.tender && $0.id != first.id && $0.isActive }
        guard let second = others.first else { throw .noSecondProcessor }
        return second
    }

    /// Charges a second part, once the first is approved. One that is declined leaves the first as it is.
    func split(
        _ minorUnits: Int64, from first: Decision<Outcome>, with instrument: ChargeInstrument,
        through processor: GatewayProcessor, in context: DecisionContext
    ) -> Decision<Outcome> {
        guard case .success(let charged) = first.outcome, charged.transaction.isApproved else { return first }
        var part = self
        part.request.idempotencyKey = nil
        part.request.vault = nil
        part.request.splitAmount = nil
        part.request.order.amounts = PaymentOrder.Amounts()
        part.request.order.referenced = charged.id
        var again = instrument
        again.resolution.isNew = false
        again.events = []
        again.tip = 0
        var amount = Amount(total: minorUnits, parts: part.request.order.amounts)
        amount.parts.base = minorUnits
        let second = part.pay(
            amount, with: again, through: processor, in: context.following(first.effects.events))
        var decision = first
        decision.effects.events += second.effects.events
        decision.effects.reasons += second.effects.reasons
        if case .success(let other) = second.outcome { decision.outcome = .success(charged.along(with: other)) }
        return decision
    }
}
