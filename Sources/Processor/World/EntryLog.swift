import DequeModule

/// Journal entries in a row, newest last, sharing structure between copies. What stores keep entries in.
package struct EntryLog: Sendable {
    /// Those that are full, oldest first.
    private var sealed: Deque<EntryChunk> = []
    private var open = EntryChunk(first: 1)
    /// The sequence of the oldest entry that is kept; older ones of its chunk go when all of it is forgotten.
    private var oldest = 1

    package init() {}

    package var count: Int { next - oldest }

    package var kept: ClosedRange<Int>? { count == 0 ? nil : oldest...(next - 1) }

    /// The sequence that the next entry has to have.
    package var next: Int { open.next }

    package func entry(_ sequence: Int) -> JournalEntry? {
        guard sequence >= oldest, sequence < next else { return nil }
        return sequence >= open.first ? open.entry(sequence) : sealed[place(of: sequence)].entry(sequence)
    }

    package mutating func append(_ entry: consuming JournalEntry) {
        precondition(entry.sequence == next, "the caller has compared the sequence with `next`")
        if open.isFull {
            sealed.append(open)
            open = EntryChunk(first: next, after: open)
        }
        open.append(entry)
    }

    package mutating func attach(_ exchange: Exchange, to sequence: Int) {
        guard sequence >= oldest, sequence < next else { return }
        if sequence >= open.first {
            open.attach(exchange, to: sequence)
        } else {
            sealed[place(of: sequence)].attach(exchange, to: sequence)
        }
    }

    package mutating func removeFirst() {
        precondition(count > 0, "nothing to remove")
        oldest += 1
        guard let first = sealed.first else { return }
        switch first.next - oldest {
        // The memory comes while another request is answered.
        case 1: first.expectRelease()
        case ...0: sealed.removeFirst()
        default: break
        }
    }

    /// Forgets everything behind an entry that is kept.
    package mutating func truncate(after sequence: Int) {
        while sequence < open.first, let last = sealed.popLast() { open = last }
        open.truncate(after: sequence)
    }

    /// Where the chunk stands that has a sequence, among those that are full.
    private func place(of sequence: Int) -> Int {
        var (lower, upper) = (0, sealed.count)
        while lower < upper {
            let middle = (lower + upper) / 2
            if sealed[middle].next <= sequence { lower = middle + 1 } else { upper = middle }
        }
        return lower
    }
}
