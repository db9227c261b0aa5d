package import Payments

/// Closes the open batches of all merchants and sends them to the processor, with those that wait for it.
package struct Settle: Command {
    /// The cut-off that has come; nil when somebody asked for a settlement now.
    package let cutOff: Instant?

    package init(cutOff: Instant?) { self.cutOff = cutOff }

    package var operation: String { "settlement" }

    package func decide(in context: DecisionContext) -> Decision<SettlementOutcome> {
        let ledger = context.ledger
        let leavesManual = cutOff != nil && context.behavior.settlement.manualBatches == .untilClosed
        let open = ledger.openBatches.filter { !leavesManual || ledger[$0]?.source == nil }
        var closing = BatchClosing(context)
        for batch in ledger.settlement.waiting { closing.send(batch) }
        for batch in open {
            closing.close(batch)
            closing.send(batch)
        }
        var events = closing.events
        // The next batch that is opened plans the next cut-off.
        if cutOff == nil, context.books.agenda.due(.settlement) != nil {
            events.append(.agenda(.cancelled(.settlement)))
        }
        return Decision(
            events: events, outcome: SettlementOutcome(batches: closing.settled),
            reasons: [.settled(batches: open.count)] + closing.reasons)
    }
}

package struct SettlementOutcome: Sendable {
    /// What the processor has answered.
    package let batches: [BatchID]
}
