import Payments

/// The payment terminals of an account. Source: reference of Fluid Pay, §14.1.
package struct FindTerminals: Command {
    package let account: GatewayAccount

    package init(of account: GatewayAccount) { self.account = account }

    package var operation: String { "listTerminals" }

    package func decide(in context: DecisionContext) -> Decision<GatewayAccount> { Decision(outcome: account) }
}

/// Settles what a terminal's payments are in: the open batch of the account's processor for cards.
package struct SettleTerminal: Command {
    package let account: GatewayAccount
    package let terminal: ObjectID

    package init(_ terminal: ObjectID, of account: GatewayAccount) {
        self.terminal = terminal
        self.account = account
    }

    package var operation: String { "settleTerminal" }

    /// The batches that the processor has answered; nil for a terminal of nobody.
    package func decide(in context: DecisionContext) -> Decision<[BatchID]?> {
        guard account.terminals.contains(where: { $0.id == terminal }) else { return Decision(outcome: nil) }
        guard let processor = account.defaultProcessor(for: .card) else { return Decision(outcome: []) }
        let merchant = processor.merchant(in: account.scope)
        var closing = BatchClosing(context)
        for open in context.ledger.merchant(merchant)?.open ?? [] {
            let batch = BatchID(merchant: merchant, number: open.number)
            closing.close(batch)
            closing.send(batch)
        }
        return Decision(events: closing.events, outcome: closing.settled, reasons: closing.reasons)
    }
}
