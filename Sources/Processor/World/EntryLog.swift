/// Journal entries in a row, newest last, sharing structure between copies. What stores keep entries in.
package struct EntryLog: Sendable {
    /// Position n holds the entry with sequence n + 1.
    private var entries = PersistentArray<JournalEntry>()

    package init() {}

    package var count: Int { entries.count }

    package var kept: ClosedRange<Int>? { entries.isEmpty ? nil : (entries.start + 1)...entries.end }

    /// The sequence that the next entry has to have.
    package var next: Int { entries.end + 1 }

    package func entry(_ sequence: Int) -> JournalEntry? { entries[sequence - 1] }

    package mutating func append(_ entry: consuming JournalEntry) {
        precondition(entry.sequence == next, "the caller has compared the sequence with `next`")
        entries.append(entry)
    }

    package mutating func attach(_ exchange: consuming Exchange, to sequence: Int) {
        guard entries.positions.contains(sequence - 1) else { return }
        var attached: Exchange? = exchange
        entries.change(at: sequence - 1) { $0.exchange = attached.take() }
    }

    package mutating func removeFirst() { entries.removeFirst() }

    /// Forgets everything behind an entry that is kept.
    package mutating func truncate(after sequence: Int) { entries.truncate(to: sequence) }
}
