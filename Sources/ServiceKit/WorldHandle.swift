package import Payments
import Platform
package import Processor

/// A world that requests share. The lock is held for deciding, appending and applying, and for nothing else.
package final class WorldHandle: Sendable {
    package let name: String
    private let world: Lock<World>
    private let realTime: @Sendable () -> Instant
    /// Called after the clock was set, so that answers that wait for it are looked at again.
    private let clockChanged: @Sendable (String) -> Void

    package init(
        _ world: World, realTime: @escaping @Sendable () -> Instant,
        clockChanged: @escaping @Sendable (String) -> Void = { _ in }
    ) {
        name = world.name
        self.world = Lock(world)
        self.realTime = realTime
        self.clockChanged = clockChanged
    }

    /// The scenario as it is now; a request keeps the one that it began with.
    package var behavior: Behavior { world.withLock { $0.behavior } }

    /// A copy; it costs nothing, because copies share structure.
    package var snapshot: World { world.withLock { $0 } }

    /// World time.
    package var now: Instant {
        let real = realTime()
        return world.withLock { $0.now(at: real) }
    }

    package func perform<C: Command>(_ command: C) throws(JournalFault) -> Performed<C.Outcome> {
        let real = realTime()
        return try world.withLock { world throws(JournalFault) in try world.perform(command, at: real) }
    }

    package func note(_ exchange: Exchange, operation: String, reasons: [Reason]) throws(JournalFault) {
        let real = realTime()
        try world.withLock { world throws(JournalFault) in
            try world.note(exchange, operation: operation, reasons: reasons, at: real)
        }
    }

    package func attach(_ exchange: Exchange, to sequence: Int) {
        world.withLock { $0.attach(exchange, to: sequence) }
    }

    package func settleNow() throws(JournalFault) -> Performed<SettlementOutcome> {
        let real = realTime()
        return try world.withLock { world throws(JournalFault) in try world.settleNow(at: real) }
    }

    /// Sets the clock from its present state.
    package func setClock(_ change: (WorldClock, _ real: Instant) -> WorldClock) throws(JournalFault) -> Instant {
        let real = realTime()
        let now = try world.withLock { world throws(JournalFault) in
            try world.setClock(change(world.books.clock, real), at: real)
            return world.now(at: real)
        }
        clockChanged(name)
        return now
    }

    package func rewind(to sequence: Int) throws(World.RewindFault) {
        try world.withLock { world throws(World.RewindFault) in try world.rewind(to: sequence) }
        clockChanged(name)
    }

    /// Real time until a moment of this world; nil while the clock stands still before it.
    package func realTime(until due: Instant) -> Duration? {
        let real = realTime()
        return world.withLock { $0.books.clock.realTime(until: due, from: real) }
    }
}
