import CPosix
import Dispatch
import Glibc
import Synchronization

/// What `epoll` said about a descriptor.
package struct Readiness: Sendable {
    let bits: UInt32

    package init(bits: UInt32) { self.bits = bits }

    /// Nothing new from the kernel: the watcher asked to be called again.
    package static var again: Readiness { Readiness(bits: 0) }

    /// There is something to receive, be it bytes, the end, or an error.
    package var isReadable: Bool { bits & UInt32(POSIX_READABLE) != 0 }
    package var isWritable: Bool { bits & UInt32(POSIX_WRITABLE) != 0 }
    /// FIN has been received: what is left to receive ends with `.ended`.
    package var peerEnded: Bool { bits & UInt32(POSIX_PEER_ENDED) != 0 }
    /// The connection broke (RST).
    package var hasFailed: Bool { bits & UInt32(POSIX_FAILED) != 0 }
}

/// A descriptor registered with a loop. The generation tells it from an earlier owner of the same number.
package struct WatchID: Hashable, Sendable {
    let number: Int32
    let generation: UInt32

    var data: UInt64 { UInt64(generation) << 32 | UInt64(UInt32(bitPattern: number)) }
}

/// Where `epoll_wait` writes.
private struct EventBuffer: ~Copyable {
    let first: UnsafeMutablePointer<epoll_event>

    init(capacity: Int) { first = .allocate(capacity: capacity) }

    deinit { first.deallocate() }
}

/// Something that owns a descriptor on a loop: a listener, a connection. Lives on the loop and is not `Sendable`.
package protocol LoopWatcher: AnyObject {
    func ready(_ readiness: Readiness, on loop: isolated EventLoop)
    /// The others have had their events; only after ``EventLoop/callAfterEvents(_:)``.
    func eventsDelivered(on loop: isolated EventLoop)
    /// The others have done what they put off; only after ``EventLoop/callAtEndOfTurn(_:)``.
    func turnEnds(on loop: isolated EventLoop)
    /// A time given to ``EventLoop/setDeadline(_:for:)`` has come. Deadlines are not taken back: a watcher that has
    /// changed its mind sees by `time` that it is an old one.
    func deadlineReached(_ time: Int64, on loop: isolated EventLoop)
}

extension LoopWatcher {
    package func eventsDelivered(on loop: isolated EventLoop) {}
    package func turnEnds(on loop: isolated EventLoop) {}
}

/// One thread, one `epoll`, one inbox: everything that happens on a connection happens here, in order, without locks.
///
/// The thread is hosted by a `DispatchQueue` and is the executor of this actor, so plain non-Sendable connections may
/// live in it and `nonisolated(nonsending)` handlers stay on it.
package actor EventLoop {
    package nonisolated let executor: LoopExecutor
    package nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

    /// The monotonic time at which this turn began, in nanoseconds.
    package private(set) var now = MonotonicClock.now()

    private struct Slot {
        var watcher: (any LoopWatcher)?
        var generation: UInt32 = 0
    }

    /// So many watchers are told of their events before what they put off is done.
    private static let eventCapacity = 32
    /// Not a descriptor number: marks events of the wake-up descriptor.
    private static let wakeData = UInt64.max

    private let poller: Descriptor
    private let wake: Descriptor
    private let events = EventBuffer(capacity: EventLoop.eventCapacity)
    private var slots: [Slot] = []
    private var again: [WatchID] = []
    private var afterEvents: [WatchID] = []
    private var atEndOfTurn: [WatchID] = []
    /// Those of either that are being called.
    private var called: [WatchID] = []
    private var attachments: [ObjectIdentifier: AnyObject] = [:]
    private var timers = TimerHeap()
    private let stale = StaleCount()
    private nonisolated let isStopping = Atomic<Bool>(false)
    private nonisolated let ended = Gate()

    /// Starts the loop's thread.
    ///
    /// - Throws: ``SystemError`` when there is no descriptor left.
    package init(label: String) throws(SystemError) {
        let poller = Descriptor(try SystemCall.check("epoll_create1") { posix_epoll_create() })
        let wake = Descriptor(try SystemCall.check("eventfd") { posix_eventfd() })
        try SystemCall.check("epoll_ctl") { posix_epoll_add(poller.number, wake.number, Self.wakeData, 1) }
        self.poller = poller
        self.wake = wake
        executor = LoopExecutor(label: label, wake: wake)
        executor.queue.async { [self] in run() }
    }

    /// Runs `work` on the loop soon. May be called from any thread.
    ///
    /// - Returns: false when the loop has ended; `work` is then never run.
    @discardableResult
    package nonisolated func perform(_ work: @escaping @Sendable (isolated EventLoop) -> Void) -> Bool {
        executor.enqueue(work)
    }

    /// Asks the thread to end. Sleeping tasks wake with `CancellationError`, timers never fire, watchers are released.
    package nonisolated func stop() {
        isStopping.store(true, ordering: .releasing)
        executor.wakeUp()
    }

    /// Blocks until the thread has ended.
    package nonisolated func waitUntilEnded() { ended.wait() }

    // MARK: Watching descriptors

    /// Watches a descriptor. Connections are edge-triggered for both directions; listeners (`edge: false`)
    /// level-triggered for input.
    package func watch(_ descriptor: Descriptor, edge: Bool, _ watcher: any LoopWatcher) throws(SystemError) -> WatchID
    {
        let index = Int(descriptor.number)
        while slots.count <= index { slots.append(Slot()) }
        let id = WatchID(number: descriptor.number, generation: slots[index].generation)
        try SystemCall.check("epoll_ctl") {
            posix_epoll_add(poller.number, descriptor.number, id.data, edge ? 1 : 0)
        }
        slots[index].watcher = watcher
        return id
    }

    /// Forgets a watcher; what `epoll` already said about it in this turn is not delivered any more. To be called
    /// before the descriptor is closed.
    package func unwatch(_ id: WatchID) {
        guard watcher(id) != nil else { return }
        _ = posix_epoll_delete(poller.number, id.number)
        slots[Int(id.number)].watcher = nil
        slots[Int(id.number)].generation &+= 1
    }

    /// Says nothing more about a level-triggered descriptor until ``unmute(_:)``; its deadlines stay.
    package func mute(_ id: WatchID) { _ = posix_epoll_delete(poller.number, id.number) }

    package func unmute(_ id: WatchID) throws(SystemError) {
        try SystemCall.check("epoll_ctl") { posix_epoll_add(poller.number, id.number, id.data, 0) }
    }

    /// Calls ``LoopWatcher/ready(_:on:)`` once more in the next turn, after the others had theirs.
    package func callAgain(_ id: WatchID) { again.append(id) }

    /// Calls ``LoopWatcher/eventsDelivered(on:)`` in this turn, after all others have had their events: what several do
    /// one after the other is cheaper than what each does between other things.
    package func callAfterEvents(_ id: WatchID) { afterEvents.append(id) }

    /// Calls ``LoopWatcher/turnEnds(on:)`` at the end of this turn.
    package func callAtEndOfTurn(_ id: WatchID) { atEndOfTurn.append(id) }

    private func watcher(_ id: WatchID) -> (any LoopWatcher)? {
        let slot = slots[Int(id.number)]
        return slot.generation == id.generation ? slot.watcher : nil
    }

    // MARK: State of others

    /// What a server keeps on this loop, by the identity of the server. Released with the loop.
    package func attachment(_ key: ObjectIdentifier) -> AnyObject? { attachments[key] }
    package func attach(_ object: AnyObject?, _ key: ObjectIdentifier) { attachments[key] = object }

    // MARK: Timers

    /// Calls ``LoopWatcher/deadlineReached(_:on:)`` at this monotonic time, unless the watcher is gone by then.
    package func setDeadline(_ time: Int64, for id: WatchID) { timers.insert(at: time, .watcher(id)) }

    /// Runs `work` on the loop at this monotonic time. May be called from any thread.
    ///
    /// - Parameter whenAbandoned: run instead when the loop ends before.
    package nonisolated func schedule(
        at time: Int64, whenAbandoned: (@Sendable () -> Void)? = nil, _ work: @escaping @Sendable () -> Void
    ) -> LoopTimer {
        let timer = LoopTimer(stale: stale, whenAbandoned: whenAbandoned, work)
        if executor.isOnLoop {
            assumeIsolated { $0.insert(timer, at: time) }
        } else if !perform({ $0.insert(timer, at: time) }) {
            timer.abandon()
        }
        return timer
    }

    private func insert(_ timer: LoopTimer, at time: Int64) {
        timers.insert(at: time, .timer(timer))
        let cancelled = stale.value.load(ordering: .relaxed)
        // Cancelled timers stay in the heap until their time comes, unless they are many.
        guard cancelled > 256, cancelled > timers.count / 2 else { return }
        stale.value.subtract(cancelled, ordering: .relaxed)
        timers.compact {
            switch $0 {
            case .timer(let timer): timer.isWaiting
            case .watcher: true
            }
        }
    }

    // MARK: Running

    private nonisolated func run() {
        executor.bind()
        repeat {
            while assumeIsolated({ $0.turn() }) { executor.drain(self) }
            while executor.hasWork { executor.drain(self) }
            // Last: work may have made timers. Releasing may make work again (sleepers wake), then `end` says no.
            assumeIsolated { $0.release() }
        } while !executor.end()
        executor.unbind()
        ended.open()
    }

    /// Waits for events and deals with them.
    ///
    /// - Returns: false when the loop is to end.
    private func turn() -> Bool {
        guard !isStopping.load(ordering: .acquiring) else { return false }
        let timeout = isIdle ? millisecondsToFirstTimer() : 0
        let count = poll(timeout)
        let repeated = again
        if !repeated.isEmpty { again = [] }
        deliver(count)
        for id in repeated { watcher(id)?.ready(.again, on: self) }
        finishEvents()
        // Others have come meanwhile. They are heard before anything is sent: a peer that sleeps is woken once for all
        // that it gets, and to wake it may cost as much as to answer it.
        if atEndOfTurn.count > 1 {
            deliver(poll(0))
            finishEvents()
        }
        endTurn()
        fireTimers()
        return true
    }

    /// Nobody has to be called before something happens.
    private var isIdle: Bool {
        again.isEmpty && afterEvents.isEmpty && atEndOfTurn.isEmpty && !executor.hasWork
    }

    /// - Parameter timeout: in milliseconds; -1 waits as long as it takes.
    /// - Returns: how many events there are.
    private func poll(_ timeout: Int32) -> Int {
        do throws(SystemError) {
            let count = try SystemCall.check("epoll_wait") {
                epoll_wait(poller.number, events.first, Int32(Self.eventCapacity), timeout)
            }
            now = MonotonicClock.now()
            return Int(count)
        } catch {
            // Only EINVAL and EFAULT are left: both mean that the arguments above are wrong.
            preconditionFailure("\(error)")
        }
    }

    private func deliver(_ count: Int) {
        for index in 0..<count { deliver(events.first + index) }
    }

    private func finishEvents() {
        swap(&called, &afterEvents)
        for index in called.indices { watcher(called[index])?.eventsDelivered(on: self) }
        called.removeAll(keepingCapacity: true)
    }

    private func endTurn() {
        swap(&called, &atEndOfTurn)
        for index in called.indices { watcher(called[index])?.turnEnds(on: self) }
        called.removeAll(keepingCapacity: true)
    }

    private func deliver(_ event: UnsafePointer<epoll_event>) {
        let data = posix_event_data(event)
        guard data != Self.wakeData else {
            var counter: UInt64 = 0
            // Edge-triggered: reading only resets the counter; EAGAIN means that it was 0 already.
            _ = Glibc.read(wake.number, &counter, 8)
            return
        }
        let id = WatchID(number: Int32(truncatingIfNeeded: data), generation: UInt32(data >> 32))
        watcher(id)?.ready(Readiness(bits: posix_event_bits(event)), on: self)
    }

    private func fireTimers() {
        while let (time, action) = timers.takeDue(at: now) {
            switch action {
            case .timer(let timer):
                if !timer.fire() { stale.value.subtract(1, ordering: .relaxed) }
            case .watcher(let id): watcher(id)?.deadlineReached(time, on: self)
            }
        }
    }

    private func millisecondsToFirstTimer() -> Int32 {
        guard let first = timers.first else { return -1 }
        let left = first - MonotonicClock.now()
        guard left > 0 else { return 0 }
        // Rounded up, or the last fraction of a millisecond would be spent in a busy loop.
        return Int32(clamping: left / 1_000_000 + (left % 1_000_000 > 0 ? 1 : 0))
    }

    private func release() {
        attachments = [:]
        for index in slots.indices where slots[index].watcher != nil {
            slots[index].watcher = nil
            slots[index].generation &+= 1
        }
        for action in timers.removeAll() {
            switch action {
            case .timer(let timer): timer.abandon()
            case .watcher: break
            }
        }
    }
}
