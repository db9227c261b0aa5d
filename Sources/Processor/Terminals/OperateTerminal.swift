import Payments

/// Somebody who runs a test stands at a terminal: does what a cardholder does, or changes the device.
package struct OperateTerminal: Command {
    package enum Action: Sendable {
        /// What the cardholder does about the question that is asked.
        case act(CardholderAction)
        case change(TerminalCondition)
    }

    package enum Fault: Error, Hashable, Sendable {
        case unknownTerminal
        /// Nothing is asked at the moment.
        case nothingAsked
        /// Something else is asked.
        case doesNotSuit(CardholderQuestion)
    }

    package typealias Outcome = Result<Terminal, Fault>

    package var terminal: TerminalKey
    package var action: Action

    package init(terminal: TerminalKey, action: Action) {
        self.terminal = terminal
        self.action = action
    }

    package var operation: String { "terminalOperation" }

    package func decide(in context: DecisionContext) -> Decision<Outcome> {
        guard let known = context.terminal(terminal) else { return Decision(outcome: .failure(.unknownTerminal)) }
        switch action {
        case .act(let action): return act(action, known, context)
        case .change(let condition): return change(condition, known, context)
        }
    }

    private func waiting(_ known: Terminal, _ context: DecisionContext) -> TerminalRun? {
        context.books.terminals[terminal].request.flatMap { context.books.terminals.request($0) }
            .map { TerminalRun($0, at: known, in: context, isKnown: true) }
    }

    private func act(
        _ action: CardholderAction, _ known: Terminal, _ context: DecisionContext
    ) -> Decision<Outcome> {
        guard var run = waiting(known, context), let question = run.request.question else {
            return Decision(outcome: .failure(.nothingAsked))
        }
        guard run.answer(action, question) else { return Decision(outcome: .failure(.doesNotSuit(question))) }
        return Decision(events: run.events, outcome: .success(known), reasons: run.reasons)
    }

    /// A terminal that drops out takes the request along that it is busy with.
    private func change(
        _ condition: TerminalCondition, _ known: Terminal, _ context: DecisionContext
    ) -> Decision<Outcome> {
        let before = context.books.terminals[terminal].condition ?? TerminalCondition()
        let after = condition.completed(by: before)
        let changed = Event.terminal(.conditionChanged(terminal, after))
        var decision = Decision<Outcome>(events: [changed], outcome: .success(after.applied(to: known)))
        if after.applied(to: known).connection != .online, var run = waiting(known, context) {
            run.drop()
            decision.effects.events = run.events + [changed]
            decision.effects.reasons = run.reasons
        }
        return decision
    }
}

/// How a device is, other than its scenario says; nil: as it says.
package struct TerminalCondition: Hashable, Sendable {
    package var connection: Terminal.Connection?
    package var isInMerchantMode: Bool?
    package var isHeldElsewhere: Bool?
    package var isOnLowPower: Bool?
    /// The script is not followed: questions wait for somebody to act.
    package var isOperated: Bool?

    package init() {}

    func completed(by other: TerminalCondition) -> TerminalCondition {
        var result = TerminalCondition()
        result.connection = connection ?? other.connection
        result.isInMerchantMode = isInMerchantMode ?? other.isInMerchantMode
        result.isHeldElsewhere = isHeldElsewhere ?? other.isHeldElsewhere
        result.isOnLowPower = isOnLowPower ?? other.isOnLowPower
        result.isOperated = isOperated ?? other.isOperated
        return result
    }

    func applied(to terminal: Terminal) -> Terminal {
        var terminal = terminal
        terminal.connection = connection ?? terminal.connection
        terminal.isInMerchantMode = isInMerchantMode ?? terminal.isInMerchantMode
        terminal.isHeldElsewhere = isHeldElsewhere ?? terminal.isHeldElsewhere
        terminal.isOnLowPower = isOnLowPower ?? terminal.isOnLowPower
        terminal.isOperated = isOperated ?? terminal.isOperated
        return terminal
    }
}
