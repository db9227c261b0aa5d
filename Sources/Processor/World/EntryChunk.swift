import Payments

/// Journal entries in a row, and what went over the wire in one piece: a journal forgets an entry for each that comes,
/// and each piece of memory that it would give back then is one that no cache holds any more.
struct EntryChunk: Sendable {
    /// An entry but for its number, which is its position.
    private struct Row: Sendable {
        let at: Instant
        let operation: String
        let events: [Event]
        let reasons: [Reason]
        let places: EntryPlaces
        var exchange: Exchange.Kept?
    }

    private static let mostRows = 64
    /// So many bytes, and no more exchanges are begun. There is room for the last one where it is not unusually long.
    private static let mostBytes = 32_768
    private static let roomForOne = 8_192

    /// The sequence of its first entry.
    let first: Int
    private var rows: [Row] = []
    private var bytes: [UInt8] = []

    init(first: Int) { self.first = first }

    /// The sequence that the next entry has to have.
    var next: Int { first + rows.count }
    var isFull: Bool { rows.count >= Self.mostRows || bytes.count >= Self.mostBytes }

    func entry(_ sequence: Int) -> JournalEntry {
        let row = rows[sequence - first]
        return JournalEntry(
            sequence: sequence, at: row.at, operation: row.operation, events: row.events, reasons: row.reasons,
            exchange: row.exchange.map { Exchange($0, in: bytes) })
    }

    mutating func append(_ entry: consuming JournalEntry) {
        // A world in which nothing has happened needs no room.
        if rows.isEmpty {
            rows.reserveCapacity(Self.mostRows)
            bytes.reserveCapacity(Self.mostBytes + Self.roomForOne)
        }
        let kept = entry.exchange.map { $0.keep(in: &bytes) }
        rows.append(
            Row(
                at: entry.at, operation: entry.operation, events: entry.events, reasons: entry.reasons,
                places: EntryPlaces(entry.events, entry.reasons), exchange: kept))
    }

    mutating func attach(_ exchange: Exchange, to sequence: Int) {
        rows[sequence - first].exchange = exchange.keep(in: &bytes)
        expectAnother()
    }

    /// Forgets all entries behind one of them, or all of them.
    mutating func truncate(after sequence: Int) {
        rows.removeLast(next - 1 - sequence)
        if rows.isEmpty { bytes.removeAll(keepingCapacity: true) }
    }

    // MARK: - Memory

    /// The next exchange will be written behind the last one.
    private func expectAnother() {
        let room = min(1_024, bytes.capacity - bytes.count)
        bytes.withUnsafeBytes { ExpectedMemory.write($0.baseAddress.map { $0 + bytes.count }, bytes: room) }
    }

    /// It will be released soon: what its entries refer to.
    func expectRelease() {
        rows.withUnsafeBufferPointer { rows in
            for row in rows.indices { rows[row].places.expect() }
        }
    }
}

/// Where the parts of an entry lie.
private struct EntryPlaces: Sendable {
    private let events: ExpectedPlace
    private let reasons: ExpectedPlace
    private let transaction: ExpectedPlace
    private let eventBytes: UInt32
    private let reasonBytes: UInt32

    init(_ events: [Event], _ reasons: [Reason]) {
        (self.events, eventBytes) = Self.place(of: events)
        (self.reasons, reasonBytes) = Self.place(of: reasons)
        transaction = events.first?.transactionPlace ?? ExpectedPlace()
    }

    private static func place<Element>(of elements: [Element]) -> (ExpectedPlace, UInt32) {
        elements.withUnsafeBytes { (ExpectedPlace($0.baseAddress), UInt32(clamping: $0.count)) }
    }

    func expect() {
        Self.expect(events, eventBytes)
        Self.expect(reasons, reasonBytes)
        transaction.expect(0)
    }

    /// The elements of an array, and what stands before them: who counts its owners.
    private static func expect(_ elements: ExpectedPlace, _ count: UInt32) {
        guard count > 0 else { return }
        let head = 32
        elements.expect(-head, bytes: min(Int(count), 1_024) + head)
    }
}

extension Event {
    /// Where the transaction lies that an event recorded.
    fileprivate var transactionPlace: ExpectedPlace? {
        guard case .ledger(.recorded(let transaction, _)) = self else { return nil }
        return ExpectedPlace(Unmanaged.passUnretained(transaction).toOpaque())
    }
}
