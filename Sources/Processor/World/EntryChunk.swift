import Payments

/// Journal entries in a row. What they are made of lies in a row too, and not each where there was room for it: a
/// journal forgets an entry for each that comes, and each piece of memory that it would give back then is one that no
/// cache holds any more.
struct EntryChunk: Sendable {
    /// An entry but for its number, which is its position.
    private struct Row: Sendable {
        let at: Instant
        let operation: String
        /// Where its events and reasons end; they begin where those of the one before end.
        let end: Parts
        /// The transaction that it recorded.
        let transaction: ExpectedPlace
        var exchange: Exchange.Kept?
    }

    /// How many parts there are of each kind.
    private struct Parts: Sendable {
        var events: UInt32 = 0
        var reasons: UInt32 = 0
    }

    private static let mostRows = 64
    /// So many bytes, and no more exchanges are begun. There is room for the last one where it is not unusually long.
    private static let mostBytes = 32_768
    private static let roomForOne = 8_192

    /// The sequence of its first entry.
    let first: Int
    private var rows: [Row] = []
    private var events: [Event] = []
    private var reasons: [Reason] = []
    private var bytes: [UInt8] = []
    /// How many parts there will be, if it becomes like the one before.
    private let expected: Parts

    /// - Parameter last: the chunk before it.
    init(first: Int, after last: EntryChunk? = nil) {
        self.first = first
        expected = last?.end ?? Parts()
    }

    /// The sequence that the next entry has to have.
    var next: Int { first + rows.count }
    var isFull: Bool { rows.count >= Self.mostRows || bytes.count >= Self.mostBytes }

    private var end: Parts { rows.last?.end ?? Parts() }

    func entry(_ sequence: Int) -> JournalEntry {
        let place = sequence - first
        let row = rows[place]
        let start = place > 0 ? rows[place - 1].end : Parts()
        return JournalEntry(
            sequence: sequence, at: row.at, operation: row.operation,
            events: Array(events[Int(start.events)..<Int(row.end.events)]),
            reasons: Array(reasons[Int(start.reasons)..<Int(row.end.reasons)]),
            exchange: row.exchange.map { Exchange($0, in: bytes) })
    }

    mutating func append(_ entry: consuming JournalEntry) {
        if rows.isEmpty { makeRoom() }
        let kept = entry.exchange.map { $0.keep(in: &bytes) }
        events.append(contentsOf: entry.events)
        reasons.append(contentsOf: entry.reasons)
        rows.append(
            Row(
                at: entry.at, operation: entry.operation,
                end: Parts(events: UInt32(events.count), reasons: UInt32(reasons.count)),
                transaction: entry.events.first?.transactionPlace ?? ExpectedPlace(), exchange: kept))
    }

    /// A world in which nothing has happened needs no room.
    private mutating func makeRoom() {
        rows.reserveCapacity(Self.mostRows)
        bytes.reserveCapacity(Self.mostBytes + Self.roomForOne)
        events.reserveCapacity(Int(expected.events))
        reasons.reserveCapacity(Int(expected.reasons))
    }

    mutating func attach(_ exchange: Exchange, to sequence: Int) {
        rows[sequence - first].exchange = exchange.keep(in: &bytes)
        expectAnother()
    }

    /// Forgets all entries behind one of them, or all of them.
    mutating func truncate(after sequence: Int) {
        rows.removeLast(next - 1 - sequence)
        events.removeLast(events.count - Int(end.events))
        reasons.removeLast(reasons.count - Int(end.reasons))
        if rows.isEmpty { bytes.removeAll(keepingCapacity: true) }
    }

    // MARK: - Memory

    /// The next exchange will be written behind the last one.
    private func expectAnother() {
        let room = min(1_024, bytes.capacity - bytes.count)
        bytes.withUnsafeBytes { ExpectedMemory.write($0.baseAddress.map { $0 + bytes.count }, bytes: room) }
    }

    /// It will be released soon: the transactions that its entries refer to. What lies in a row the processor expects
    /// by itself.
    func expectRelease() {
        rows.withUnsafeBufferPointer { rows in
            for row in rows.indices { rows[row].transaction.expect(0) }
        }
    }
}

extension Event {
    /// Where the transaction lies that an event recorded.
    fileprivate var transactionPlace: ExpectedPlace? {
        guard case .ledger(.recorded(let transaction, _)) = self else { return nil }
        return ExpectedPlace(Unmanaged.passUnretained(transaction).toOpaque())
    }
}
