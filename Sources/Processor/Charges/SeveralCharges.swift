import Payments

/// Does the same to several payments, one after the other; one that is refused does not keep the others from it.
package struct SeveralCharges<Part: Command>: Command where Part.Outcome == Result<Charged, ChargeFault> {
    package var parts: [Part]

    package init(_ parts: [Part]) { self.parts = parts }

    package var operation: String { "several" }

    package func decide(in context: DecisionContext) -> Decision<[Part.Outcome]> {
        var decision = Decision<[Part.Outcome]>(outcome: [])
        var moment = context
        for part in parts {
            let done = part.decide(in: moment)
            decision.effects.events += done.effects.events
            decision.effects.reasons += done.effects.reasons
            decision.outcome.append(done.outcome)
            if !done.effects.events.isEmpty { moment = moment.following(done.effects.events) }
        }
        return decision
    }
}
