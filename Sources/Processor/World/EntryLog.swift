/// Journal entries in a row, newest last, sharing structure between copies. What stores keep entries in.
package struct EntryLog: Sendable {
    /// Position n holds the entry with sequence n + 1.
    private var entries = PersistentArray<Boxed<Stored>>()

    /// Compared by sequence: two entries of one journal with the same sequence are the same entry.
    private struct Stored: Equatable, Sendable {
        var entry: JournalEntry

        static func == (a: Stored, b: Stored) -> Bool { a.entry.sequence == b.entry.sequence }
    }

    package init() {}

    package var count: Int { entries.count }

    package var kept: ClosedRange<Int>? { entries.isEmpty ? nil : (entries.start + 1)...entries.end }

    /// The sequence that the next entry has to have.
    package var next: Int { entries.end + 1 }

    package func entry(_ sequence: Int) -> JournalEntry? { entries[sequence - 1]?.value.entry }

    package mutating func append(_ entry: JournalEntry) {
        precondition(entry.sequence == next, "the caller has compared the sequence with `next`")
        entries.append(Boxed(Stored(entry: entry)))
    }

    package mutating func attach(_ exchange: Exchange, to sequence: Int) {
        guard var stored = entries[sequence - 1]?.value else { return }
        stored.entry.exchange = exchange
        entries.replace(at: sequence - 1, with: Boxed(stored))
    }

    package mutating func removeFirst() { entries.removeFirst() }

    /// Forgets everything behind an entry that is kept.
    package mutating func truncate(after sequence: Int) { entries.truncate(to: sequence) }
}
