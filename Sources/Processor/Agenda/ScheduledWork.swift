/// A kind of work that the clock brings, and which one: ids only, everything else is in the books.
///
/// A new kind is a case here, with a `decide` in its feature's folder that looks the ids up in the books. What it
/// decides is recorded as a journal entry of its own, at the time at which it was due; it may plan itself again, at a
/// later time.
package enum ScheduledWork: Hashable, Sendable {
    /// The cut-off: open batches are closed.
    case settlement
    /// A request of a terminal goes on: its cardholder does something, or its time is over.
    case terminal(TerminalRequestID)

    /// Named in the journal.
    package var operation: String {
        switch self {
        case .settlement: "settlement"
        case .terminal: "terminal"
        }
    }

    /// For people, within a sentence.
    package var text: String {
        switch self {
        case .settlement: "the settlement"
        case .terminal(let id): "request \(id.number) of a terminal"
        }
    }

    /// Pure, like the decision of a command.
    ///
    /// - Parameter context: `now` is the time at which the work was due, even when the clock has gone further.
    func decide(in context: DecisionContext) -> Effects {
        switch self {
        case .settlement: Settle(cutOff: context.now).decide(in: context).effects
        case .terminal(let id): Self.goOn(id, in: context)
        }
    }
}
