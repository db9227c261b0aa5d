import Payments

/// What a batch comes to. Derived from its members whenever somebody asks.
package struct BatchTotals: Hashable, Sendable {
    package var captureCount = 0
    /// Minor units of captured sales.
    package var captured: Int64 = 0
    package var refundCount = 0
    /// Minor units given back: refunds, and credits without an original.
    package var refunded: Int64 = 0
}

extension Ledger {
    /// The members that are still in a batch: neither voided nor forgotten.
    package func members(of batch: BatchID) -> [Transaction] {
        guard let batch = self[batch] else { return [] }
        return batch.members.all.compactMap { self[$0] }.filter { $0.batch == batch.id }
    }

    package func totals(of batch: BatchID) -> BatchTotals {
        members(of: batch).reduce(into: BatchTotals()) { totals, member in
            switch member.kind {
            case .authorization, .verification:
                totals.captureCount += 1
                totals.captured += member.approved.minorUnits
            case .refund:
                totals.refundCount += 1
                totals.refunded += member.approved.minorUnits
            case .credit:
                totals.refundCount += 1
                totals.refunded -= member.approved.minorUnits
            }
        }
    }
}
