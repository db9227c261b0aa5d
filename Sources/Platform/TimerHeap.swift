/// Appointments of one loop, the earliest first; those of the same moment in the order they were made.
struct TimerHeap {
    enum Action {
        case timer(LoopTimer)
        /// Tell this watcher that its deadline has come.
        case watcher(WatchID)
    }

    private struct Entry {
        var time: Int64
        var order: UInt64
        var action: Action

        static func < (a: Entry, b: Entry) -> Bool { a.time != b.time ? a.time < b.time : a.order < b.order }
    }

    private var entries: [Entry] = []
    private var nextOrder: UInt64 = 0

    /// The monotonic time of the first appointment.
    var first: Int64? { entries.first?.time }
    var count: Int { entries.count }

    mutating func insert(at time: Int64, _ action: Action) {
        entries.append(Entry(time: time, order: nextOrder, action: action))
        nextOrder &+= 1  // wraps after 2^64 timers; the order then only matters between neighbours
        siftUp(entries.count - 1)
    }

    /// Takes the first appointment if its time has come.
    mutating func takeDue(at now: Int64) -> (time: Int64, action: Action)? {
        guard let first = entries.first, first.time <= now else { return nil }
        let last = entries.removeLast()
        if !entries.isEmpty {
            entries[0] = last
            siftDown(0)
        }
        return (first.time, first.action)
    }

    /// Drops the entries that `keep` does not want.
    mutating func compact(_ keep: (Action) -> Bool) {
        entries.removeAll { !keep($0.action) }
        guard entries.count > 1 else { return }
        for index in stride(from: entries.count / 2 - 1, through: 0, by: -1) { siftDown(index) }
    }

    mutating func removeAll() -> [Action] {
        defer { entries = [] }
        return entries.map(\.action)
    }

    private mutating func siftUp(_ start: Int) {
        var index = start
        while index > 0 {
            let parent = (index - 1) / 2
            guard entries[index] < entries[parent] else { return }
            entries.swapAt(index, parent)
            index = parent
        }
    }

    private mutating func siftDown(_ start: Int) {
        var index = start
        while true {
            var least = index
            for child in [2 * index + 1, 2 * index + 2] where child < entries.count && entries[child] < entries[least] {
                least = child
            }
            guard least != index else { return }
            entries.swapAt(index, least)
            index = least
        }
    }
}
