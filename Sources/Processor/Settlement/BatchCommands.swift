import Payments

/// Opens a batch beside a merchant's usual one; payments name it by its source.
package struct OpenBatch: Command {
    package var service: String
    package var merchant: MerchantKey
    package var source: BatchSource
    package var wire: any WireFacts

    package init(service: String, merchant: MerchantKey, source: BatchSource, wire: any WireFacts = NoWireFacts()) {
        self.service = service
        self.merchant = merchant
        self.source = source
        self.wire = wire
    }

    package var operation: String { "openBatch" }

    /// Nil when the merchant has too many open ones.
    package func decide(in context: DecisionContext) -> Decision<BatchID?> {
        let decision = ordinary(context)
        let subject = context.subject(operation, service: service, of: merchant, wire)
        return context.ruling(for: subject).applied(to: decision)
    }

    private func ordinary(_ context: DecisionContext) -> Decision<BatchID?> {
        let open = context.ledger.merchant(merchant)?.open.count { $0.source != nil } ?? 0
        guard !source.text.isEmpty, open < context.behavior.settlement.manualBatchLimit,
            let known = context.merchant(merchant),
            let profile = context.behavior.processors[known.processor]
        else { return Decision(outcome: nil) }
        let kept = BatchSource(context.keepable(source.text))
        let opened = context.opening(for: merchant, profile, source: kept)
        return Decision(events: opened.events, outcome: opened.batch)
    }
}

/// Closes one batch of a merchant, by number or the lowest.
package struct CloseBatch: Command {
    package var service: String
    package var merchant: MerchantKey
    /// Nil: the lowest.
    package var number: Int?
    package var wire: any WireFacts

    package init(service: String, merchant: MerchantKey, number: Int?, wire: any WireFacts = NoWireFacts()) {
        self.service = service
        self.merchant = merchant
        self.number = number
        self.wire = wire
    }

    package var operation: String { "closeBatch" }

    /// Nil when there is no such open batch.
    package func decide(in context: DecisionContext) -> Decision<BatchID?> {
        let decision = ordinary(context)
        let subject = context.subject(operation, service: service, of: merchant, wire)
        return context.ruling(for: subject).applied(to: decision)
    }

    private func ordinary(_ context: DecisionContext) -> Decision<BatchID?> {
        let open = context.ledger.merchant(merchant)?.open ?? []
        guard let chosen = number.map({ number in open.first { $0.number == number } }) ?? open.first else {
            return Decision(outcome: nil)
        }
        let batch = BatchID(merchant: merchant, number: chosen.number)
        var closing = BatchClosing(context)
        closing.close(batch)
        if context.behavior.settlement.closedBatches == .immediately { closing.send(batch) }
        return Decision(events: closing.events + context.cutOffPlan, outcome: batch, reasons: closing.reasons)
    }
}

extension DecisionContext {
    /// The batch that a payment of a merchant goes into, with the events that open it when there is none.
    func openBatch(
        of merchant: MerchantKey, _ profile: ProcessorProfile, source: BatchSource? = nil
    ) -> (batch: BatchID, events: [Event]) {
        let books = books.ledger.merchant(merchant)
        if let source, let number = books?.openBatch(source) {
            return (BatchID(merchant: merchant, number: number), [])
        }
        if let source, behavior.settlement.unknownBatchSource == .newBatch {
            return opening(for: merchant, profile, source: source)
        }
        if let number = books?.openBatch() { return (BatchID(merchant: merchant, number: number), []) }
        return opening(for: merchant, profile, source: nil)
    }

    /// A new batch, whatever is open.
    func opening(
        for merchant: MerchantKey, _ profile: ProcessorProfile, source: BatchSource?
    ) -> (batch: BatchID, events: [Event]) {
        let last = books.ledger.merchant(merchant)?.lastBatchNumber
        let number = last.map { $0 + profile.batchNumbers.step } ?? profile.batchNumbers.first
        let batch = BatchID(merchant: merchant, number: number)
        return (batch, [.ledger(.batchOpened(batch, source: source, at: now))] + cutOffPlan)
    }

    /// Plans the next cut-off, unless it is planned: while nothing waits for one there is none.
    var cutOffPlan: [Event] {
        guard books.agenda.due(.settlement) == nil, let cutOff = SettlementPlan.next(after: now, behavior.clock)
        else { return [] }
        return [.agenda(.planned(.settlement, at: cutOff))]
    }
}
