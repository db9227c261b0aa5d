package import Payments

/// Where a transaction stands towards settlement, its batch taken into account.
package enum SettlementStatus: Hashable, Sendable, CaseIterable {
    case declined, authorized, queued
    /// Its batch is closed, and the processor has not said anything yet.
    case batched
    case voided, zeroAmount, accepted
    /// By the processor, or by a bank that sent the payment back.
    case rejected
    case formatError, underReview, tokenDecryptFailed, pinDebit

    init(_ result: SettlementResult) {
        switch result {
        case .accepted: self = .accepted
        case .rejected, .returned: self = .rejected
        case .formatError: self = .formatError
        case .pinDebit: self = .pinDebit
        case .tokenDecryptFailed: self = .tokenDecryptFailed
        case .underReview: self = .underReview
        }
    }
}

/// A transaction with what follows from the books around it.
package struct TransactionView: Sendable {
    package let boxed: Boxed<Transaction>
    package let status: SettlementStatus
    package let batch: BatchID?
    /// When the processor accepted it.
    package let settledAt: Instant?
    package let isVoidable: Bool
    package let isRefundable: Bool
    package let signature: SignatureImage?

    /// Lent, not copied.
    package var transaction: Transaction { _read { yield boxed.value } }
}

extension Ledger {
    package func status(of transaction: Transaction) -> SettlementStatus {
        switch transaction.stage {
        case .declined: return .declined
        case .authorized: return .authorized
        case .zeroAmount: return .zeroAmount
        case .voided: return .voided
        case .queued(let number):
            guard let batch = transaction.batch.flatMap(shared) else {
                // Either it is about to be opened, or it was forgotten, which happens only to closed ones.
                return number > merchant(transaction.books)?.lastBatchNumber ?? .min ? .queued : .accepted
            }
            if batch.value.isOpen { return .queued }
            return batch.value.result(of: transaction.id).map { SettlementStatus($0) } ?? .batched
        }
    }

    package func view(of transaction: Transaction, merchant: Boxed<Merchant>?) -> TransactionView {
        view(of: Boxed(transaction), merchant: merchant)
    }

    func view(of boxed: Boxed<Transaction>, merchant: Boxed<Merchant>?) -> TransactionView {
        let status = status(of: boxed.value)
        let batch = boxed.value.batch
        let isOpen = status == .authorized || status == .queued
        let isSettled = status == .accepted || status == .pinDebit
        let mayRefundQueued = status == .queued && merchant?.value.refundsUnsettled == true
        let isSale = boxed.value.kind == .authorization
        return TransactionView(
            boxed: boxed, status: status, batch: batch,
            settledAt: isSettled ? batch.flatMap { shared($0)?.value.settledAt } : nil,
            isVoidable: isOpen && boxed.value.refunded == 0, isRefundable: isSale && (isSettled || mayRefundQueued),
            signature: signature(of: boxed.value.id))
    }
}
