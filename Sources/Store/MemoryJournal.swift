package import Processor

/// Entries in memory, the newest ones up to a limit. Copies share structure.
package struct MemoryJournal: Journal {
    private let limit: Int
    private var log = EntryLog()

    /// - Parameter limit: how many entries are kept, at least one.
    package init(limit: Int) {
        precondition(limit > 0, "a journal keeps at least one entry")
        self.limit = limit
    }

    package var kept: ClosedRange<Int>? { log.kept }

    package mutating func append(_ entry: consuming JournalEntry) throws(JournalFault) {
        guard entry.sequence == log.next else {
            throw JournalFault(reason: "entry \(entry.sequence) does not follow entry \(log.next - 1)")
        }
        log.append(entry)
        if log.count > limit { log.removeFirst() }
    }

    package mutating func attach(_ exchange: Exchange, to sequence: Int) {
        log.attach(exchange, to: sequence)
    }

    package func entry(_ sequence: Int) -> JournalEntry? { log.entry(sequence) }

    package mutating func truncate(after sequence: Int) throws(JournalFault) {
        guard sequence < log.next, sequence >= (log.kept?.lowerBound ?? log.next) - 1 else {
            throw JournalFault(reason: "entry \(sequence) is not kept")
        }
        log.truncate(after: sequence)
    }

    package func forked() throws(JournalFault) -> any Journal { self }
}
