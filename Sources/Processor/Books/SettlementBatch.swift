import HashTreeCollections
package import Payments

/// Names a batch: the merchant that books it and its rising number.
package struct BatchID: Prehashed, Comparable, Sendable {
    package let merchant: MerchantKey
    package let number: Int

    /// By merchant, then by number: an order that no hash decides.
    package static func < (a: BatchID, b: BatchID) -> Bool {
        (a.merchant.description, a.number) < (b.merchant.description, b.number)
    }

    package init(merchant: MerchantKey, number: Int) {
        self.merchant = merchant
        self.number = number
    }

    package var prehash: UInt64 { merchant.fingerprint ^ UInt64(bitPattern: Int64(number)) }
}

/// What a merchant captured between two closings. Totals are derived from the members, never stored.
///
/// What became of the members is told by the answer for all of them and, for those that fared otherwise, one by one:
/// settling a batch costs the same whatever is in it.
package struct SettlementBatch: Equatable, Sendable {
    package enum Stage: Hashable, Sendable {
        case open
        /// Waits to be sent.
        case closed
        /// The processor has not answered yet.
        case sent
        case answered(BatchAnswer, at: Instant)
    }

    package let id: BatchID
    /// Of a batch that the merchant opened itself.
    package let source: BatchSource?
    package let openedAt: Instant
    package fileprivate(set) var stage = Stage.open
    /// The day, on the gateway's calendar, on which it was closed; counted from 1970.
    package fileprivate(set) var closedOn: Int?
    /// The processor's own number of it.
    package fileprivate(set) var hostNumber: Int?
    package var members = PersistentArray<TransactionID>()
    /// Some of the members were paid with a PIN.
    package fileprivate(set) var hasPINDebits = false
    fileprivate var exceptions: TreeDictionary<TransactionID, SettlementResult> = [:]

    package init(id: BatchID, source: BatchSource? = nil, openedAt: Instant) {
        self.id = id
        self.source = source
        self.openedAt = openedAt
    }

    package var isOpen: Bool { stage == .open }

    package var answer: BatchAnswer? {
        if case .answered(let answer, _) = stage { return answer }
        return nil
    }

    /// When the processor answered; nil while it has not.
    package var settledAt: Instant? {
        if case .answered(_, let instant) = stage { return instant }
        return nil
    }

    /// What became of a member; nil while nobody knows.
    package func result(of transaction: TransactionID) -> SettlementResult? {
        guard let answer else { return nil }
        return exceptions[transaction] ?? answer.ordinaryResult
    }
}

/// Changes, made by the ledger alone.
extension SettlementBatch {
    /// Adds a member, and lets go of the first ones that the ledger has forgotten.
    mutating func take(_ id: TransactionID, isPINDebit: Bool, oldestKept: TransactionID) {
        members.append(id)
        if isPINDebit { hasPINDebits = true }
        while let first = members[members.start], first < oldestKept { members.removeFirst() }
    }

    mutating func close(on day: Int) {
        stage = .closed
        closedOn = day
    }

    mutating func send(as number: Int) {
        stage = .sent
        hostNumber = number
    }

    mutating func settle(_ answer: BatchAnswer, _ exceptions: [SettlementException], at instant: Instant) {
        stage = .answered(answer, at: instant)
        for exception in exceptions { note(exception.result, of: exception.transaction) }
    }

    mutating func note(_ result: SettlementResult, of transaction: TransactionID) {
        exceptions[transaction] = result
    }
}
