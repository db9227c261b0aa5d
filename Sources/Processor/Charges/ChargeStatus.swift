package import Payments

/// Where a payment of a gateway stands. Source: reference of Fluid Pay, §6.1.
package enum ChargeStatus: String, Hashable, Sendable, CaseIterable {
    case unknown, pending, declined, authorized, pendingSettlement, settled, voided, refunded, partiallyRefunded
    case returned, lateReturn
}

/// A payment with what follows from the books around it. A class, so that handing it on costs nothing.
package final class Charged: Sendable {
    package let transaction: Transaction
    package let order: PaymentOrder
    package let status: ChargeStatus
    package let batch: BatchID?
    package let settledAt: Instant?
    package let processor: GatewayProcessor?
    package let accountName: String
    /// What was charged along with it, through another processor.
    package let second: [Charged]

    init(
        transaction: Transaction, order: PaymentOrder, status: ChargeStatus, batch: BatchID?, settledAt: Instant?,
        processor: GatewayProcessor?, accountName: String, second: [Charged] = []
    ) {
        self.transaction = transaction
        self.order = order
        self.status = status
        self.batch = batch
        self.settledAt = settledAt
        self.processor = processor
        self.accountName = accountName
        self.second = second
    }

    /// The same payment, with another one that was charged along with it.
    func along(with other: Charged) -> Charged {
        Charged(
            transaction: transaction, order: order, status: status, batch: batch, settledAt: settledAt,
            processor: processor, accountName: accountName, second: [other])
    }

    package var id: ObjectID { ObjectID(transaction.reference.text) }
    /// Minor units that were paid out; a credit's amount is negative in the ledger.
    package var settledAmount: Int64 { settledAt == nil ? 0 : Int64(transaction.captured.magnitude) }
    package var updatedAt: Instant { max(order.updatedAt, settledAt ?? .earliest, transaction.createdAt) }
}

extension DecisionContext {
    /// A transaction as its gateway shows it; nil for one of another gateway.
    package func charged(_ transaction: Transaction) -> Charged? {
        guard let order = transaction.order?.value else { return nil }
        let batch = transaction.batch
        let account = account(order.account)
        let status = books.ledger.status(of: transaction)
        return Charged(
            transaction: transaction, order: order, status: self.status(status, of: transaction, order), batch: batch,
            settledAt: wasPaid(status, order) ? batch.flatMap { books.ledger[$0]?.settledAt } : nil,
            processor: account?.processor(ObjectID(transaction.merchant.id.text)),
            accountName: account?.name ?? "")
    }

    /// The processor accepted it; whether a bank sent it back afterwards does not matter.
    private func wasPaid(_ status: SettlementStatus, _ order: PaymentOrder) -> Bool {
        switch status {
        case .accepted, .pinDebit: true
        case .rejected: order.returned != nil
        case .declined, .authorized, .queued, .batched, .voided, .zeroAmount, .formatError, .underReview,
            .tokenDecryptFailed:
            false
        }
    }

    private func status(
        _ status: SettlementStatus, of transaction: Transaction, _ order: PaymentOrder
    ) -> ChargeStatus {
        switch order.returned {
        case .returned: return .returned
        case .late: return .lateReturn
        case nil: break
        }
        switch status {
        case .declined: return transaction.response.status == .retry ? .pending : .declined
        case .authorized, .zeroAmount: return .authorized
        case .voided: return .voided
        case .queued, .batched: return .pendingSettlement
        case .rejected: return transaction.account.tender == .ach ? .returned : .declined
        case .formatError, .tokenDecryptFailed, .underReview: return .unknown
        case .accepted, .pinDebit:
            guard transaction.refunded > 0 else { return .settled }
            return transaction.refunded >= transaction.captured ? .refunded : .partiallyRefunded
        }
    }

    /// A payment of an account by its id.
    package func charged(_ id: ObjectID, of account: GatewayAccount) -> Charged? {
        let reference = RetrievalReferenceNumber(id.text)
        for processor in account.processors {
            let merchant = processor.merchant(in: account.scope)
            if let found = books.ledger.transaction(reference, of: merchant) { return charged(found) }
        }
        return nil
    }

    /// The payments of an account that came to be within a time, newest first.
    package func charges(
        of account: ObjectID, within range: ClosedRange<Instant>, party: ChargeParty? = nil
    ) -> some Sequence<Charged> {
        books.gateway.charges.transactions(of: account, within: range, party: party).lazy.compactMap { id in
            self.books.ledger[id].flatMap { self.charged($0) }
        }
    }
}
