package import Payments

/// The settled batches of an account. Source: reference of Fluid Pay, §10.
package struct SearchBatches: Command {
    package var account: GatewayAccount
    package var settled: ClosedRange<Instant>?
    package var range: PageRange
    package var isMeant: @Sendable (BatchID) -> Bool

    package init(
        of account: GatewayAccount, settled: ClosedRange<Instant>?, _ range: PageRange,
        where isMeant: @escaping @Sendable (BatchID) -> Bool
    ) {
        self.account = account
        self.settled = settled
        self.range = range
        self.isMeant = isMeant
    }

    package struct Found: Sendable {
        package let id: BatchID
        package let settledAt: Instant
        package let processor: GatewayProcessor
        package let totals: BatchTotals
        /// Nothing of it is paid.
        package let isRejected: Bool
    }

    /// All that were found, for sums, and those of the page.
    package struct Outcome: Sendable {
        package let all: [Found]
        package let page: Page<Found>
    }

    package var operation: String { "searchBatches" }

    package func decide(in context: DecisionContext) -> Decision<Outcome> {
        let ledger = context.ledger
        let found = ledger.allBatches.compactMap { batch -> Found? in
            guard batch.id.merchant.scope == account.scope, let settledAt = batch.settledAt,
                let processor = account.processor(ObjectID(batch.id.merchant.id.text)), isMeant(batch.id),
                settled.map({ $0.contains(settledAt) }) ?? true
            else { return nil }
            return Found(
                id: batch.id, settledAt: settledAt, processor: processor, totals: ledger.totals(of: batch.id),
                isRejected: batch.answer == .rejected || batch.answer == .allRejected)
        }
        let sorted = found.sorted { ($0.settledAt, $1.id) > ($1.settledAt, $0.id) }
        return Decision(outcome: Outcome(all: sorted, page: range.page(of: sorted) { _ in true }))
    }
}
