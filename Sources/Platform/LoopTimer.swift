import Synchronization

/// One appointment on an event loop. It fires once, or is cancelled, never both.
package final class LoopTimer: Sendable {
    private enum State {
        static let waiting: UInt8 = 0
        static let fired: UInt8 = 1
        static let cancelled: UInt8 = 2
    }

    private let state = Atomic<UInt8>(State.waiting)
    private let work: @Sendable () -> Void
    private let whenAbandoned: (@Sendable () -> Void)?
    /// Counts timers that were cancelled while they were still in the heap.
    private let stale: StaleCount

    init(stale: StaleCount, whenAbandoned: (@Sendable () -> Void)?, _ work: @escaping @Sendable () -> Void) {
        self.stale = stale
        self.whenAbandoned = whenAbandoned
        self.work = work
    }

    /// Whether it is still going to fire.
    package var isWaiting: Bool { state.load(ordering: .relaxed) == State.waiting }

    /// May be called from any thread.
    ///
    /// - Returns: true when the work has not started and never will.
    @discardableResult
    package func cancel() -> Bool {
        guard claim(State.cancelled) else { return false }
        stale.value.add(1, ordering: .relaxed)
        return true
    }

    /// - Returns: false when it was cancelled before.
    func fire() -> Bool {
        guard claim(State.fired) else { return false }
        work()
        return true
    }

    /// The loop ends before the time has come.
    func abandon() {
        guard claim(State.cancelled) else { return }
        whenAbandoned?()
    }

    private func claim(_ next: UInt8) -> Bool {
        state.compareExchange(expected: State.waiting, desired: next, ordering: .acquiringAndReleasing).exchanged
    }
}

/// How many timers in a heap are cancelled.
final class StaleCount: Sendable {
    let value = Atomic<Int>(0)
}
