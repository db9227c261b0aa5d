import HashTreeCollections
package import Payments

/// Transactions, batches and counters of all merchants, with the indexes that inquiries need.
package struct Ledger: Equatable, Sendable {
    fileprivate struct Parts: Equatable, Sendable {
        /// At most so many transactions, batches and agreements are kept; the oldest are forgotten first.
        let limits: LimitSettings
        /// By the number of the transaction.
        var transactions = PersistentArray<Boxed<Transaction>>()
        var byReference: PositionIndex
        var byOrder: PositionIndex
        var merchants = MerchantShelf()
        /// Each behind a reference, for the tree takes out what is changed and puts it back.
        var batches: TreeDictionary<BatchID, Shared<SettlementBatch>> = [:]
        var settlement: SettlementIndex
        /// Cards whose holders agreed to scheduled payments.
        var agreements: TreeSet<Vault.TokenKey> = []
        var agreementOrder = ForgettingOrder<Vault.TokenKey>()
        var signatures: SignatureShelf
        var purchases: PurchaseShelf

        mutating func agree(_ card: Vault.TokenKey) {
            if agreements.insert(card).inserted { agreementOrder.append(card) }
            while agreements.count > limits.tokens, let oldest = agreementOrder.takeOldest() {
                agreements.remove(oldest)
            }
        }
    }

    /// Shared, because whoever reads a ledger has a copy.
    private var parts: Shared<Parts>

    package init(_ limits: LimitSettings) {
        parts = Shared(
            Parts(
                limits: limits, byReference: PositionIndex(limit: limits.transactions),
                byOrder: PositionIndex(limit: limits.transactions),
                settlement: SettlementIndex(limit: limits.batches),
                signatures: SignatureShelf(limit: limits.signatures),
                purchases: PurchaseShelf(limit: limits.purchaseData)))
    }

    // MARK: - Reading

    package var settlement: SettlementIndex { _read { yield parts.value.settlement } }

    package var oldest: TransactionID { TransactionID(parts.value.transactions.start) }
    package var next: TransactionID { TransactionID(parts.value.transactions.end) }

    package subscript(id: TransactionID) -> Transaction? { parts.value.transactions[id.number]?.value }

    package func transaction(_ reference: RetrievalReferenceNumber, of merchant: MerchantKey) -> Transaction? {
        boxed(reference, of: merchant)?.value
    }

    func boxed(_ reference: RetrievalReferenceNumber, of merchant: MerchantKey) -> Boxed<Transaction>? {
        let hash = Self.hash(reference, of: merchant)
        return parts.value.byReference.newest(hash: hash) { parts.value.transactions[$0].is(reference, of: merchant) }
            .flatMap { parts.value.transactions[$0] }
    }

    /// All transactions with this order id in a scope, oldest first.
    package func transactions(order: OrderID, in scope: SiteScope) -> [Transaction] {
        var found: [Transaction] = []
        var id = newest(order: order, in: scope)
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
        newest(OrderKey(order: order, scope: scope, hash: Self.hash(order, in: scope)))
    }

    /// What an order id is found by; made once where it is needed more often.
    struct OrderKey {
        fileprivate let order: OrderID
        fileprivate let scope: SiteScope
        fileprivate let hash: Int
    }

    /// A key that will soon be looked up, and under which a transaction will be recorded.
    func expect(_ order: OrderID, in scope: SiteScope) -> OrderKey {
        let key = OrderKey(order: order, scope: scope, hash: Self.hash(order, in: scope))
        parts.value.byOrder.expect(hash: key.hash)
        return key
    }

    /// A transaction will soon be recorded under this number.
    func expect(_ reference: RetrievalReferenceNumber, of merchant: MerchantKey) {
        parts.value.byReference.expectAppending(hash: Self.hash(reference, of: merchant))
    }

    func newest(_ key: OrderKey) -> TransactionID? {
        parts.value.byOrder.newest(hash: key.hash) { parts.value.transactions[$0].is(key.order, in: key.scope) }
            .map { TransactionID($0) }
    }

    /// The cardholder has started a series of scheduled payments with this card.
    package func hasAgreement(_ token: CardToken, in scope: SiteScope) -> Bool {
        parts.value.agreements.contains(Vault.TokenKey(scope: scope, token: token))
    }

    package func merchant(_ key: MerchantKey) -> MerchantBooks? { parts.value.merchants[key] }

    func references(of merchant: MerchantKey) -> ReferenceSequence? { parts.value.merchants.references(of: merchant) }

    package subscript(batch: BatchID) -> SettlementBatch? { parts.value.batches[batch]?.value }

    /// The same without a copy.
    func shared(_ batch: BatchID) -> Shared<SettlementBatch>? { parts.value.batches[batch] }

    /// The open batches of all merchants, in a fixed order.
    package var openBatches: [BatchID] {
        parts.value.merchants.all.flatMap { merchant, books in
            books.open.map { BatchID(merchant: merchant, number: $0.number) }
        }.sorted()
    }

    /// Every transaction that is kept, oldest first.
    package var all: [Transaction] { parts.value.transactions.all.map(\.value) }

    /// Every batch, by merchant and number.
    package var allBatches: [SettlementBatch] {
        parts.value.batches.values.map(\.value).sorted { $0.id < $1.id }
    }

    package var count: Int { parts.value.transactions.count }

    package func signature(of id: TransactionID) -> SignatureImage? { parts.value.signatures[id] }

    package func purchase(of id: TransactionID) -> PurchaseData? { parts.value.purchases[id] }

    /// Any payment said what was bought.
    var holdsPurchases: Bool { !parts.value.purchases.isEmpty }

    package var batchCount: Int { parts.value.batches.count }

    /// What only ledgers have that are as old as this one, when another begins with a transaction.
    func forgotten(before id: TransactionID) -> [[Boxed<Transaction>]] {
        parts.value.transactions.chunks(before: id.number)
    }

    // MARK: - Changing

    mutating func apply(_ event: LedgerEvent) {
        switch event {
        case .recorded(let boxed, let references):
            parts.value.record(boxed, references)
        case .batchOpened(let id, let source, let instant):
            parts.value.batches[id] = Shared(SettlementBatch(id: id, source: source, openedAt: instant))
            parts.value.merchants.change(id.merchant) { $0.open(id.number, source) }
        case .captured(let id, let amount, let batch, let instant):
            update(id) { $0.capture(amount, into: batch, at: instant) }
            let oldest = oldest
            let isPINDebit = parts.value.transactions[id.number]?.value.details.isPINDebit == true
            parts.value.batches[batch]?.value.take(id, isPINDebit: isPINDebit, oldestKept: oldest)
        case .reduced(let id, let amount):
            update(id) { $0.approved = amount }
        case .voided(let id, let instant):
            update(id) { $0.void(at: instant) }
        case .refunded(let id, let minorUnits):
            update(id) { $0.refunded += minorUnits }
        case .feeChanged(let id, let fee):
            update(id) { $0.fee = fee }
        case .signed(let id, let image):
            if self[id] != nil { parts.value.signatures.keep(image, of: id) }
        case .supplemented(let id, let supplement):
            keep(supplement.value, of: id)
        case .batchClosed(let id, let day):
            close(id, on: day)
        case .batchSent(let id, let number):
            parts.value.batches[id]?.value.send(as: number)
            parts.value.settlement.send(id)
            parts.value.merchants.change(id.merchant) { $0.lastHostNumber = number }
        case .batchSettled(let id, let answer, let exceptions, let instant):
            parts.value.batches[id]?.value.settle(answer, exceptions, at: instant)
            parts.value.settlement.send(id)
        case .fundingExpected(let pending, let merchant):
            parts.value.settlement.expect(pending, of: merchant)
        case .returned(let id, let batch, let code):
            parts.value.batches[batch]?.value.note(.returned(code), of: id)
        case .funded(let funding): parts.value.settlement.fund(funding)
        case .batchesReported(let merchant, let position): parts.value.settlement.report(merchant, through: position)
        case .adjusted(let id, let amount):
            update(id) { $0.adjust(to: amount) }
        case .amended(let id, let order):
            update(id) { $0.order = order }
        }
    }

    private mutating func close(_ id: BatchID, on day: Int) {
        parts.value.batches[id]?.value.close(on: day)
        parts.value.merchants.change(id.merchant) { $0.close(id.number) }
        guard let oldest = parts.value.settlement.close(id, source: parts.value.batches[id]?.value.source, on: day),
            let forgotten = parts.value.batches.removeValue(forKey: oldest)?.value
        else { return }
        parts.value.settlement.forget(forgotten)
    }

    private mutating func update(_ id: TransactionID, _ change: (inout Transaction) -> Void) {
        guard let boxed = parts.value.transactions[id.number] else { return }
        var transaction = boxed.value
        change(&transaction)
        parts.value.transactions.replace(at: id.number, with: Boxed(transaction))
    }

    private mutating func keep(_ supplement: Supplement, of id: TransactionID) {
        guard self[id] != nil else { return }
        if let purchase = supplement.purchase { parts.value.purchases.keep(purchase, of: id) }
        if !supplement.memos.isEmpty { update(id) { $0.details.replace(supplement.memos) } }
    }
}

extension Ledger.Parts {
    /// Transactions are numbered in the order in which they are recorded.
    fileprivate mutating func record(_ boxed: Boxed<Transaction>, _ references: ReferenceSequence) {
        precondition(boxed.value.id.number == transactions.end, "a transaction has the number that is next")
        transactions.append(boxed)
        index(boxed)
        merchants.change(boxed.value.booker.merchant) { $0.references = references }
        if boxed.value.details.initiation != nil { noteAgreement(boxed.value) }
        if transactions.count > limits.transactions { forgetOldest() }
    }

    private mutating func noteAgreement(_ transaction: Transaction) {
        guard transaction.isApproved, let token = transaction.account.token,
            transaction.details.initiation == Initiation(party: .cardholder, isScheduled: true)
        else { return }
        agree(Vault.TokenKey(scope: transaction.merchant.scope, token: token))
    }

    private mutating func index(_ boxed: Boxed<Transaction>) {
        let position = boxed.value.id.number
        let byMerchant = Ledger.hash(boxed.value.reference, of: boxed.value.booker.merchant)
        if !byReference.appendNew(position, hash: byMerchant) { indexAgain(boxed, hash: byMerchant) }
        guard let order = boxed.value.details.orderID else { return }
        let byScope = Ledger.hash(order, in: boxed.value.booker.merchant.scope)
        if !byOrder.appendNew(position, hash: byScope) { indexAgain(boxed, order, hash: byScope) }
    }

    /// Something with this hash is there already, most likely with the same reference.
    private mutating func indexAgain(_ boxed: Boxed<Transaction>, hash: Int) {
        let (transactions, oldest, merchant) = (transactions, transactions.start, boxed.value.merchant)
        byReference.append(boxed.value.id.number, hash: hash) { older in
            older < oldest || transactions[older].is(boxed.value.reference, of: merchant)
        }
    }

    private mutating func indexAgain(_ boxed: Boxed<Transaction>, _ order: OrderID, hash: Int) {
        let (transactions, oldest, scope) = (transactions, transactions.start, boxed.value.merchant.scope)
        byOrder.append(boxed.value.id.number, hash: hash) { older in
            older < oldest || transactions[older].is(order, in: scope)
        }
    }

    private mutating func forgetOldest() {
        let oldest = TransactionID(transactions.start)
        purchases.forget(oldest)
        signatures.forget(oldest)
        transactions.removeFirst()
        byReference.forget(before: transactions.start)
        byOrder.forget(before: transactions.start)
    }
}

extension Ledger {
    /// References are made here, and not by clients: a quick hash is good enough.
    fileprivate static func hash(_ reference: RetrievalReferenceNumber, of merchant: MerchantKey) -> Int {
        let hash = TextFingerprint.of(reference.text, after: merchant.fingerprint)
        return Int(truncatingIfNeeded: hash ^ hash >> 32)
    }

    fileprivate static func hash(_ order: OrderID, in scope: SiteScope) -> Int {
        var hasher = Hasher()
        hasher.combine(scope.fingerprint)
        hasher.combine(order.text)
        return hasher.finalize()
    }
}

extension Boxed<Transaction>? {
    fileprivate func `is`(_ reference: RetrievalReferenceNumber, of merchant: MerchantKey) -> Bool {
        guard let self else { return false }
        return self.value.reference == reference && self.value.merchant == merchant
    }

    fileprivate func `is`(_ order: OrderID, in scope: SiteScope) -> Bool {
        guard let self else { return false }
        return self.value.details.orderID == order && self.value.merchant.scope == scope
    }
}

/// The counters of one merchant.
package struct MerchantBooks: Hashable, Sendable {
    /// A batch that payments still go into.
    package struct OpenBatch: Hashable, Sendable {
        package let number: Int
        /// Of one that the merchant opened itself.
        package let source: BatchSource?
    }

    package var references: ReferenceSequence?
    /// By number.
    package private(set) var open: [OpenBatch] = []
    package private(set) var lastBatchNumber: Int?
    /// The processor's number of the batch that was sent last.
    package internal(set) var lastHostNumber: Int?

    package init() {}

    /// The number of the batch for payments with a source, or without one; of two with the same source, the later one.
    package func openBatch(_ source: BatchSource? = nil) -> Int? {
        open.last { $0.source == source }?.number
    }

    mutating func open(_ number: Int, _ source: BatchSource?) {
        open.append(OpenBatch(number: number, source: source))
        lastBatchNumber = number
    }

    mutating func close(_ number: Int) { open.removeAll { $0.number == number } }
}

/// What can happen in a ledger. What is large lies elsewhere in memory, as in ``Event``.
package enum LedgerEvent: Equatable, Sendable {
    /// A transaction came to be; the merchant's reference numbers go on from here.
    case recorded(Boxed<Transaction>, references: ReferenceSequence)
    indirect case batchOpened(BatchID, source: BatchSource?, at: Instant)
    /// All or part of an authorization went into a batch; its amount is now what was captured.
    indirect case captured(TransactionID, Money, in: BatchID, at: Instant)
    /// A partial void left this much.
    indirect case reduced(TransactionID, to: Money)
    case voided(TransactionID, at: Instant)
    /// So much more of a captured transaction was given back.
    case refunded(TransactionID, minorUnits: Int64)
    /// Nothing goes into it any more. The day is one of the gateway's calendar, counted from 1970.
    indirect case batchClosed(BatchID, on: Int)
    /// It went to the processor, which calls it so.
    indirect case batchSent(BatchID, as: Int)
    /// The processor answered, or nothing was in it.
    indirect case batchSettled(BatchID, BatchAnswer, [SettlementException], at: Instant)
    /// The merchant will be paid for it, or pays.
    indirect case fundingExpected(PendingFunding, of: MerchantKey)
    /// A bank sent a settled payment back.
    indirect case returned(TransactionID, of: BatchID, ReturnCode)
    indirect case funded(Funding)
    /// Closed batches up to a position have been told to whoever asks only for what is new.
    indirect case batchesReported(MerchantKey, through: Int)
    /// Its amount is another one, before it settles.
    indirect case adjusted(TransactionID, to: Money)
    /// What a gateway keeps of an order has changed.
    case amended(TransactionID, Boxed<PaymentOrder>)
    /// The surcharge of what is left or captured is now this one.
    indirect case feeChanged(TransactionID, TransactionFee)
    case signed(TransactionID, Boxed<SignatureImage>)
    /// What was bought, and what the client wants repeated.
    case supplemented(TransactionID, Boxed<Supplement>)
}
