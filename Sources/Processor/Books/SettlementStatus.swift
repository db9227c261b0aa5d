package import Payments

/// Where a transaction stands towards settlement, its batch taken into account.
package enum SettlementStatus: Hashable, Sendable, CaseIterable {
    case declined, authorized, queued, voided, zeroAmount, accepted
}

/// A transaction with what follows from the books around it.
package struct TransactionView: Sendable {
    package let transaction: Transaction
    package let status: SettlementStatus
    package let batch: BatchID?
    package let settledAt: Instant?
    package let isVoidable: Bool
    package let isRefundable: Bool
}

extension Ledger {
    package func status(of transaction: Transaction) -> SettlementStatus {
        switch transaction.stage {
        case .declined: .declined
        case .authorized: .authorized
        case .zeroAmount: .zeroAmount
        case .voided: .voided
        case .queued(let batch): isSettled(batch) ? .accepted : .queued
        }
    }

    /// A batch that was forgotten was settled; one that a decision is about to open is not there yet.
    private func isSettled(_ id: BatchID) -> Bool {
        if let batch = self[id] { return !batch.isOpen }
        guard let last = merchant(id.merchant)?.lastBatchNumber else { return false }
        return id.number <= last
    }

    package func view(of transaction: Transaction, merchant: Merchant?) -> TransactionView {
        let status = status(of: transaction)
        var batch: BatchID?
        if case .queued(let id) = transaction.stage { batch = id }
        let isOpen = status == .authorized || status == .queued
        let mayRefundQueued = status == .queued && merchant?.refundsUnsettled == true
        let isSale = transaction.kind == .authorization
        return TransactionView(
            transaction: transaction, status: status, batch: batch, settledAt: batch.flatMap { self[$0]?.settledAt },
            isVoidable: isOpen, isRefundable: isSale && (status == .accepted || mayRefundQueued))
    }
}
