import HashTreeCollections
import Payments

/// Closed batches and payouts by merchant: what queries look up without going through all of them.
package struct SettlementIndex: Equatable, Sendable {
    /// At most this many closed batches, and as many payouts, are kept; the oldest are forgotten first.
    private let limit: Int
    private var logs: TreeDictionary<MerchantKey, SettlementLog> = [:]
    /// Closed batches of all merchants, the oldest first.
    private var closed = PersistentArray<BatchID>()
    private var payouts = PersistentArray<FundingKey>()
    /// Closed batches that nobody has sent yet.
    package private(set) var waiting: [BatchID] = []

    private struct FundingKey: Hashable, Sendable {
        let merchant: MerchantKey
        let day: Int
    }

    init(limit: Int) { self.limit = limit }

    package subscript(merchant: MerchantKey) -> SettlementLog { logs[merchant] ?? SettlementLog() }

    /// Of all merchants.
    package var closedCount: Int { closed.count }

    /// Every payout, by merchant and day.
    package var allFundings: [Funding] {
        logs.values.flatMap(\.allFundings).sorted {
            ($0.merchant.description, $0.day) < ($1.merchant.description, $1.day)
        }
    }

    // MARK: - Changing

    /// - Returns: a batch to forget, when there are too many.
    mutating func close(_ batch: BatchID, source: BatchSource?, on day: Int) -> BatchID? {
        logs[batch.merchant, default: SettlementLog()].close(batch, source: source, on: day)
        closed.append(batch)
        waiting.append(batch)
        guard closed.count > limit, let oldest = closed[closed.start] else { return nil }
        closed.removeFirst()
        return oldest
    }

    mutating func forget(_ batch: SettlementBatch) {
        logs[batch.id.merchant]?.forgetOldest(batch)
        waiting.removeAll { $0 == batch.id }
    }

    mutating func send(_ batch: BatchID) { waiting.removeAll { $0 == batch } }

    mutating func expect(_ funding: PendingFunding, of merchant: MerchantKey) {
        logs[merchant, default: SettlementLog()].pending.append(funding)
    }

    mutating func report(_ merchant: MerchantKey, through position: Int) {
        logs[merchant]?.reported = position
    }

    mutating func fund(_ funding: Funding) {
        let isNew = logs[funding.merchant, default: SettlementLog()].fund(funding)
        guard isNew else { return }
        payouts.append(FundingKey(merchant: funding.merchant, day: funding.day))
        guard payouts.count > limit, let oldest = payouts[payouts.start] else { return }
        payouts.removeFirst()
        logs[oldest.merchant]?.forgetFunding(on: oldest.day)
    }
}

/// Something that the merchant has not been paid for yet.
package enum PendingFunding: Hashable, Sendable {
    case batch(BatchID, settledOn: Int)
    case returned(Funding.Return, on: Int)

    package var day: Int {
        switch self {
        case .batch(_, let day), .returned(_, let day): day
        }
    }
}

/// Closed batches and payouts of one merchant.
package struct SettlementLog: Equatable, Sendable {
    private struct DaySlot: Comparable, Sendable {
        let day: Int
        let batch: Int

        static func < (a: DaySlot, b: DaySlot) -> Bool { (a.day, a.batch) < (b.day, b.batch) }
    }

    /// In the order of closing.
    private var batches = PersistentArray<BatchID>()
    private var byDay = PersistentSortedMap<DaySlot, BatchID>()
    private var bySource: TreeDictionary<BatchSource, PersistentArray<BatchID>> = [:]
    /// Batches before this position have been told to whoever asks only for what is new.
    package fileprivate(set) var reported = 0
    package fileprivate(set) var pending: [PendingFunding] = []
    private var fundings = PersistentSortedMap<Int, Funding>()

    package init() {}

    package func batches(closedOn day: Int) -> [BatchID] {
        byDay.elements(in: DaySlot(day: day, batch: .min)..<DaySlot(day: day + 1, batch: .min)).map(\.value)
    }

    /// Closed batches, the one that was closed last first.
    package var newestFirst: some Sequence<BatchID> {
        batches.positions.reversed().lazy.compactMap { batches[$0] }
    }

    package func batches(from source: BatchSource) -> [BatchID] { bySource[source]?.all ?? [] }

    /// Those that have not been told, with the position behind each.
    package var unreported: [(batch: BatchID, end: Int)] {
        (max(reported, batches.start)..<batches.end).compactMap { position in
            batches[position].map { ($0, position + 1) }
        }
    }

    package func funding(on day: Int) -> Funding? { fundings[day] }

    package var allFundings: [Funding] { fundings.all.map(\.value) }

    // MARK: - Changing

    fileprivate mutating func close(_ batch: BatchID, source: BatchSource?, on day: Int) {
        batches.append(batch)
        byDay[DaySlot(day: day, batch: batch.number)] = batch
        if let source { bySource[source, default: PersistentArray()].append(batch) }
    }

    fileprivate mutating func forgetOldest(_ batch: SettlementBatch) {
        if !batches.isEmpty { batches.removeFirst() }
        if let day = batch.closedOn { byDay[DaySlot(day: day, batch: batch.id.number)] = nil }
        guard let source = batch.source, var rest = bySource[source], !rest.isEmpty else { return }
        rest.removeFirst()
        bySource[source] = rest.isEmpty ? nil : rest
    }

    /// - Returns: whether there was none on that day before.
    fileprivate mutating func fund(_ funding: Funding) -> Bool {
        let paid = Set(funding.batches)
        let returned = Set(funding.returns)
        pending.removeAll { entry in
            switch entry {
            case .batch(let batch, _): paid.contains(batch)
            case .returned(let entry, _): returned.contains(entry)
            }
        }
        var sum = fundings[funding.day]
        let isNew = sum == nil
        sum?.add(funding)
        fundings[funding.day] = sum ?? funding
        return isNew
    }

    fileprivate mutating func forgetFunding(on day: Int) { fundings[day] = nil }
}
