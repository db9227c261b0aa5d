import HashTreeCollections
package import Payments

/// Transactions, batches and counters of all merchants, with the indexes that inquiries need.
package struct Ledger: Equatable, Sendable {
    package struct ReferenceKey: Hashable, Sendable {
        let merchant: MerchantKey
        let reference: RetrievalReferenceNumber
    }

    package struct OrderKey: Hashable, Sendable {
        let scope: SiteScope
        let order: OrderID
    }

    /// At most this many transactions are kept; the oldest are forgotten first.
    private let limit: Int
    /// By the number of the transaction.
    private var transactions = PersistentArray<Boxed<Transaction>>()
    private var byReference: TreeDictionary<ReferenceKey, TransactionID> = [:]
    private var newestByOrder: TreeDictionary<OrderKey, TransactionID> = [:]
    private var merchants: TreeDictionary<MerchantKey, MerchantBooks> = [:]
    private var batches: TreeDictionary<BatchID, SettlementBatch> = [:]
    /// Cards whose holders agreed to scheduled payments.
    private var agreements: TreeSet<Vault.TokenKey> = []

    package init(limit: Int) { self.limit = limit }

    // MARK: - Reading

    package var oldest: TransactionID { TransactionID(transactions.start) }
    package var next: TransactionID { TransactionID(transactions.end) }

    package subscript(id: TransactionID) -> Transaction? { transactions[id.number]?.value }

    package func transaction(_ reference: RetrievalReferenceNumber, of merchant: MerchantKey) -> Transaction? {
        byReference[ReferenceKey(merchant: merchant, reference: reference)].flatMap { self[$0] }
    }

    /// All transactions with this order id in a scope, oldest first.
    package func transactions(order: OrderID, in scope: SiteScope) -> [Transaction] {
        var found: [Transaction] = []
        var id = newestByOrder[OrderKey(scope: scope, order: order)]
        while let current = id, let transaction = self[current] {
            found.append(transaction)
            id = transaction.previousWithSameOrder
        }
        return found.reversed()
    }

    /// The newest transaction with this order id in a scope of which something is true.
    package func newest(
        order: OrderID, in scope: SiteScope, where isMeant: (Transaction) -> Bool
    ) -> Transaction? {
        var id = newest(order: order, in: scope)
        while let current = id, let transaction = self[current] {
            if isMeant(transaction) { return transaction }
            id = transaction.previousWithSameOrder
        }
        return nil
    }

    package func newest(order: OrderID, in scope: SiteScope) -> TransactionID? {
        newestByOrder[OrderKey(scope: scope, order: order)]
    }

    /// The cardholder has started a series of scheduled payments with this card.
    package func hasAgreement(_ token: CardToken, in scope: SiteScope) -> Bool {
        agreements.contains(Vault.TokenKey(scope: scope, token: token))
    }

    package func merchant(_ key: MerchantKey) -> MerchantBooks? { merchants[key] }

    package subscript(batch: BatchID) -> SettlementBatch? { batches[batch] }

    /// The open batches of all merchants, in a fixed order.
    package var openBatches: [BatchID] {
        merchants.compactMap { $0.value.openBatch }.sorted()
    }

    /// Every transaction that is kept, oldest first.
    package var all: [Transaction] { transactions.all.map(\.value) }

    /// Every batch, by merchant and number.
    package var allBatches: [SettlementBatch] {
        batches.values.sorted { $0.id < $1.id }
    }

    package var count: Int { transactions.count }

    package var batchCount: Int { batches.count }

    // MARK: - Changing

    mutating func apply(_ event: LedgerEvent) {
        switch event {
        case .recorded(let boxed, let references):
            record(boxed, references)
        case .batchOpened(let id, let instant):
            batches[id] = SettlementBatch(id: id, openedAt: instant)
            merchants[id.merchant, default: MerchantBooks()].open(id)
        case .captured(let id, let amount, let batch, let instant):
            update(id) { $0.capture(amount, into: batch, at: instant) }
            batches[batch]?.members.append(id)
        case .reduced(let id, let amount):
            update(id) { $0.approved = amount }
        case .voided(let id, let instant):
            update(id) { $0.void(at: instant) }
        case .refunded(let id, let minorUnits):
            update(id) { $0.refunded += minorUnits }
        case .batchSettled(let id, let instant):
            batches[id]?.settledAt = instant
            merchants[id.merchant]?.close(id)
        }
    }

    private mutating func record(_ boxed: Boxed<Transaction>, _ references: ReferenceSequence) {
        let transaction = boxed.value
        precondition(transaction.id == next, "transactions are numbered in the order in which they are recorded")
        transactions.append(boxed)
        byReference[ReferenceKey(merchant: transaction.merchant, reference: transaction.reference)] = transaction.id
        if let order = transaction.details.orderID {
            newestByOrder[OrderKey(scope: transaction.merchant.scope, order: order)] = transaction.id
        }
        merchants[transaction.merchant, default: MerchantBooks()].references = references
        if transaction.isApproved, let token = transaction.account.token,
            transaction.details.initiation == Initiation(party: .cardholder, isScheduled: true)
        {
            agreements.insert(Vault.TokenKey(scope: transaction.merchant.scope, token: token))
        }
        if transactions.count > limit { forgetOldest() }
    }

    private mutating func update(_ id: TransactionID, _ change: (inout Transaction) -> Void) {
        guard var transaction = self[id] else { return }
        change(&transaction)
        transactions.replace(at: id.number, with: Boxed(transaction))
    }

    private mutating func forgetOldest() {
        guard let transaction = self[oldest] else { return }
        let reference = ReferenceKey(merchant: transaction.merchant, reference: transaction.reference)
        if byReference[reference] == oldest { byReference[reference] = nil }
        if let order = transaction.details.orderID {
            let key = OrderKey(scope: transaction.merchant.scope, order: order)
            if newestByOrder[key] == oldest { newestByOrder[key] = nil }
        }
        transactions.removeFirst()
    }
}

/// The counters of one merchant.
package struct MerchantBooks: Hashable, Sendable {
    package var references: ReferenceSequence?
    package private(set) var openBatch: BatchID?
    package private(set) var lastBatchNumber: Int?

    package init() {}

    mutating func open(_ batch: BatchID) {
        openBatch = batch
        lastBatchNumber = batch.number
    }

    mutating func close(_ batch: BatchID) {
        if openBatch == batch { openBatch = nil }
    }
}

/// What can happen in a ledger.
package enum LedgerEvent: Equatable, Sendable {
    /// A transaction came to be; the merchant's reference numbers go on from here.
    case recorded(Boxed<Transaction>, references: ReferenceSequence)
    case batchOpened(BatchID, at: Instant)
    /// All or part of an authorization went into a batch; its amount is now what was captured.
    case captured(TransactionID, Money, in: BatchID, at: Instant)
    /// A partial void left this much.
    case reduced(TransactionID, to: Money)
    case voided(TransactionID, at: Instant)
    /// So much more of a captured transaction was given back.
    case refunded(TransactionID, minorUnits: Int64)
    case batchSettled(BatchID, at: Instant)
}
