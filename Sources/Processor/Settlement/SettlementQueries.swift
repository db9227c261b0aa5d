package import Payments

/// A closed batch with what is in it.
package struct BatchView: Sendable {
    package let batch: SettlementBatch
    package let processor: ProcessorName
    /// Without what was voided.
    package let members: [Transaction]
    package let totals: BatchTotals
}

/// Reads closed batches of a merchant. Asking for what is new moves a mark, so that later calls tell only newer ones.
package struct InquireSettlement: Command {
    package enum Filter: Hashable, Sendable {
        /// What was answered by the processor and not told before.
        case new
        case closed(on: RecentDay)
        case batch(Int)
        case source(BatchSource)
    }

    package var service: String
    package var merchant: MerchantKey
    package var filter: Filter
    package var wire: any WireFacts

    package init(service: String, merchant: MerchantKey, filter: Filter, wire: any WireFacts = NoWireFacts()) {
        self.service = service
        self.merchant = merchant
        self.filter = filter
        self.wire = wire
    }

    package var operation: String { "settlementStatus" }

    package func decide(in context: DecisionContext) -> Decision<[BatchView]> {
        let ledger = context.ledger
        let log = ledger.settlement[merchant]
        var events: [Event] = []
        let found: [BatchID]
        switch filter {
        case .new:
            let new = log.unreported.prefix { ledger[$0.batch]?.answer != nil }
            found = new.map(\.batch)
            if let end = new.last?.end { events.append(.ledger(.batchesReported(merchant, through: end))) }
        case .closed(let day): found = day.resolved(from: context.civilNow).map(log.batches(closedOn:)) ?? []
        case .batch(let number): found = [BatchID(merchant: merchant, number: number)]
        case .source(let source): found = log.batches(from: BatchSource(context.keepable(source.text)))
        }
        let subject = context.subject(operation, service: service, of: merchant, wire)
        let decision = Decision(events: events, outcome: found.compactMap { view(of: $0, in: context) })
        return context.ruling(for: subject).applied(to: decision)
    }

    private func view(of id: BatchID, in context: DecisionContext) -> BatchView? {
        let ledger = context.ledger
        guard let batch = ledger[id], !batch.isOpen,
            let known = context.merchant(id.merchant)
        else { return nil }
        return BatchView(
            batch: batch, processor: known.processor, members: ledger.members(of: id), totals: ledger.totals(of: id))
    }
}

/// A payout with what stands in it.
package struct FundingReport: Sendable {
    package let funding: Funding
    package let lines: [FundingLine]
    /// Names the payout.
    package let master: String
    /// Names the record of the bank transfer.
    package let record: String
    /// Names each line.
    package let lineNames: [String]
    /// The last seven digits of the transfer's trace number.
    package let trace: String
}

/// Reads what a merchant was paid on one day.
package struct InquireFunding: Command {
    package var service: String
    package var merchant: MerchantKey
    package var day: RecentDay
    package var wire: any WireFacts

    package init(service: String, merchant: MerchantKey, day: RecentDay, wire: any WireFacts = NoWireFacts()) {
        self.service = service
        self.merchant = merchant
        self.day = day
        self.wire = wire
    }

    package var operation: String { "funding" }

    /// Nil when there was no payout.
    package func decide(in context: DecisionContext) -> Decision<FundingReport?> {
        let subject = context.subject(operation, service: service, of: merchant, wire)
        return context.ruling(for: subject).applied(to: Decision(outcome: outcome(context)))
    }

    private func outcome(_ context: DecisionContext) -> FundingReport? {
        let ledger = context.ledger
        guard let day = day.resolved(from: context.civilNow), let funding = ledger.settlement[merchant].funding(on: day)
        else { return nil }
        let lines = ledger.lines(of: funding)
        var names = IdentifierSource(seed: context.seed, merchant: merchant, counter: -2 - day)
        return FundingReport(
            funding: funding, lines: lines, master: names.digits(Self.nameLength),
            record: names.digits(Self.nameLength), lineNames: lines.map { _ in names.digits(Self.nameLength) },
            trace: names.digits(7))
    }

    /// Shorter than any card number.
    private static let nameLength = 11
}

/// Reads what was settled on one day, as deposits of one card brand each.
package struct InquireDeposits: Command {
    package struct Deposit: Sendable {
        package let brand: CardBrand?
        package let number: Int
        /// On the gateway's calendar, counted from 1970.
        package let settledOn: Int
        package let postedOn: Int
        package let processor: ProcessorName
        package let lines: [FundingLine]
    }

    package var service: String
    package var merchant: MerchantKey
    package var day: RecentDay
    package var wire: any WireFacts

    package init(service: String, merchant: MerchantKey, day: RecentDay, wire: any WireFacts = NoWireFacts()) {
        self.service = service
        self.merchant = merchant
        self.day = day
        self.wire = wire
    }

    package var operation: String { "deposit" }

    package func decide(in context: DecisionContext) -> Decision<[Deposit]> {
        let subject = context.subject(operation, service: service, of: merchant, wire)
        return context.ruling(for: subject).applied(to: Decision(outcome: deposits(context)))
    }

    private func deposits(_ context: DecisionContext) -> [Deposit] {
        let ledger = context.ledger
        guard context.behavior.settlement.funds, let day = day.resolved(from: context.civilNow),
            let known = context.merchant(merchant)
        else { return [] }
        let settled = ledger.settlement[merchant].batches(closedOn: day)
        let lines = ledger.lines(of: Funding(merchant: merchant, day: day, batches: settled, returns: []))
        var brands: [CardBrand?] = []
        for line in lines where !brands.contains(line.transaction.account.brand) {
            brands.append(line.transaction.account.brand)
        }
        return brands.enumerated().map { position, brand in
            Deposit(
                brand: brand, number: day % 10_000 + position, settledOn: day,
                postedOn: day + context.behavior.settlement.fundsAfterDays, processor: known.processor,
                lines: lines.filter { $0.transaction.account.brand == brand })
        }
    }
}
