package import Payments

/// Closes the open batches of all merchants and lets the processor accept them.
package struct Settle: Command {
    /// The cut-off that has come; nil when somebody asked for a settlement now.
    package let cutOff: Instant?

    package init(cutOff: Instant?) { self.cutOff = cutOff }

    package var operation: String { "settlement" }

    package func decide(in context: DecisionContext) -> Decision<SettlementOutcome> {
        let open = context.books.ledger.openBatches
        var events = open.map { Event.ledger(.batchSettled($0, at: cutOff ?? context.now)) }
        // The next batch that is opened plans the next cut-off.
        if cutOff == nil, context.books.agenda.due(.settlement) != nil {
            events.append(.agenda(.cancelled(.settlement)))
        }
        return Decision(
            events: events, outcome: SettlementOutcome(batches: open), reasons: [.settled(batches: open.count)])
    }
}

package struct SettlementOutcome: Sendable {
    package let batches: [BatchID]
}
