import Payments

/// What the scenario's rules say about one request.
package struct Ruling: Sendable {
    /// The answer that a rule prescribes; nil leaves it to the emulator.
    package let answer: RuleAction.Answer?
    package let delivery: Delivery
    package let events: [Event]
    package let reasons: [Reason]

    static let none = Ruling(answer: nil, delivery: .ordinary, events: [], reasons: [])

    /// The answer is a row of the response table with this code.
    func prescribes(_ code: String) -> Bool {
        guard case .respond(let answered, _)? = answer else { return false }
        return answered == code
    }

    /// Finishes a decision: adds what the rules count and set, and how the answer travels.
    ///
    /// A rule that strikes before the commit point lets nothing happen in the books, but its own memory stays.
    package func applied<Outcome>(to decision: consuming Decision<Outcome>) -> Decision<Outcome> {
        if !events.isEmpty || !reasons.isEmpty || delivery != .ordinary || answer != nil {
            apply(to: &decision.effects)
        }
        return decision
    }

    private func apply(to effects: inout Effects) {
        if strikesBefore { effects.events = [] }
        effects.events += events
        effects.reasons = reasons + effects.reasons
        if delivery.delay > effects.delivery.delay { effects.delivery.delay = delivery.delay }
        effects.delivery.loss = delivery.loss
        effects.delivery.strikes = delivery.strikes
        if case .http(let status, let contentType, let body)? = answer {
            effects.replacement = ReplacementAnswer(status: status, contentType: contentType, body: body)
        }
    }

    private var strikesBefore: Bool {
        if case .http? = answer { return delivery.strikes != .after }
        return delivery.loss != nil && delivery.strikes == .before
    }
}

extension DecisionContext {
    /// The scenario has rules, or lets a request write down the outcome it wants.
    var hasRules: Bool { !behavior.rules.isEmpty || !behavior.triggers.areOff }

    /// Asks the rules; cheap when the scenario has none.
    package func ruling(for subject: @autoclosure () -> RuleSubject) -> Ruling {
        let rules = behavior.rules
        guard hasRules else { return .none }
        let subject = subject()
        ruleObserver?(RuleConsultation(rules: rules, subject: subject, state: books.ruleMemory, seed: seed))
        let match = rules.firstMatch(subject, state: books.ruleMemory, seed: seed)
        let counted = match.counted.map { Event.rule(.attempted(rule: $0.rule, key: $0.key)) }
        // Whoever writes the wanted outcome into a request means it: it goes before the rules.
        if let trigger = behavior.triggers.trigger(in: subject) {
            return Ruling(
                answer: trigger.action.answer, delivery: trigger.action.delivery ?? .ordinary, events: counted,
                reasons: [.trigger(trigger.words)])
        }
        guard let rule = match.winner else {
            return Ruling(answer: nil, delivery: .ordinary, events: counted, reasons: [])
        }
        let states = rule.action.states.map { Event.rule(.stateSet(name: $0.name, value: $0.value)) }
        return Ruling(
            answer: rule.action.answer, delivery: rule.action.delivery ?? .ordinary, events: counted + states,
            reasons: [.rule(name: rule.name, rule.source)])
    }
}
