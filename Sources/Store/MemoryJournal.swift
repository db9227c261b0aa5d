package import Processor

/// Entries in memory, the newest ones up to a limit. Copies share structure.
package struct MemoryJournal: Journal {
    private let limit: Int
    /// Position n holds the entry with sequence n + 1.
    private var entries: PersistentArray<Boxed<StoredEntry>>

    /// Compared by sequence: two entries of one journal with the same sequence are the same entry.
    private struct StoredEntry: Equatable, Sendable {
        var entry: JournalEntry

        static func == (a: StoredEntry, b: StoredEntry) -> Bool { a.entry.sequence == b.entry.sequence }
    }

    /// - Parameter limit: how many entries are kept, at least one.
    package init(limit: Int) {
        precondition(limit > 0, "a journal keeps at least one entry")
        self.limit = limit
        entries = PersistentArray()
    }

    package var kept: ClosedRange<Int>? {
        entries.isEmpty ? nil : (entries.start + 1)...entries.end
    }

    package mutating func append(_ entry: JournalEntry) throws(JournalFault) {
        guard entry.sequence == entries.end + 1 else {
            throw JournalFault(reason: "entry \(entry.sequence) does not follow entry \(entries.end)")
        }
        entries.append(Boxed(StoredEntry(entry: entry)))
        if entries.count > limit { entries.removeFirst() }
    }

    package mutating func attach(_ exchange: Exchange, to sequence: Int) {
        guard var stored = entries[sequence - 1]?.value else { return }
        stored.entry.exchange = exchange
        entries.replace(at: sequence - 1, with: Boxed(stored))
    }

    package func entry(_ sequence: Int) -> JournalEntry? { entries[sequence - 1]?.value.entry }

    package mutating func truncate(after sequence: Int) throws(JournalFault) {
        guard sequence >= entries.start, sequence <= entries.end else {
            throw JournalFault(reason: "entry \(sequence) is not kept")
        }
        entries.truncate(to: sequence)
    }

    package func forked() throws(JournalFault) -> any Journal { self }
}
