import HashTreeCollections
package import Payments

/// What the world's clock will bring: pieces of work in the order of their due times, of equal ones the one that was
/// planned first. Each piece stands in it once; planning it again moves it.
package struct Agenda: Equatable, Sendable {
    package struct Item: Hashable, Sendable {
        package let due: Instant
        package let work: ScheduledWork
    }

    private struct Slot: Hashable, Comparable, Sendable {
        let due: Instant
        let number: Int

        static func < (a: Slot, b: Slot) -> Bool { a.due == b.due ? a.number < b.number : a.due < b.due }
    }

    private var works = PersistentSortedMap<Slot, ScheduledWork>()
    private var slots: TreeDictionary<ScheduledWork, Slot> = [:]
    private var planned = 0

    package init() {}

    package var count: Int { works.count }

    /// What is due next.
    package var first: Item? { works.first.map { Item(due: $0.key.due, work: $0.value) } }

    /// When a piece of work is due; nil when it is not planned.
    package func due(_ work: ScheduledWork) -> Instant? { slots[work]?.due }

    /// The next items, in order.
    package func next(_ limit: Int) -> [Item] {
        var items: [Item] = []
        works.visit { slot, work in
            guard items.count < limit else { return false }
            items.append(Item(due: slot.due, work: work))
            return true
        }
        return items
    }

    mutating func apply(_ event: AgendaEvent) {
        switch event {
        case .planned(let work, let due):
            remove(work)
            planned += 1
            let slot = Slot(due: due, number: planned)
            slots[work] = slot
            works[slot] = work
        case .cancelled(let work), .done(let work):
            remove(work)
        }
    }

    private mutating func remove(_ work: ScheduledWork) {
        guard let slot = slots.removeValue(forKey: work) else { return }
        works[slot] = nil
    }
}

/// What can happen in an agenda.
package enum AgendaEvent: Hashable, Sendable {
    /// Due at an instant from now on, whatever was planned for the same work before.
    case planned(ScheduledWork, at: Instant)
    /// It will not happen any more.
    case cancelled(ScheduledWork)
    /// Its time came. The events of what it did stand behind this one.
    case done(ScheduledWork)
}
