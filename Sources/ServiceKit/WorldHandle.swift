package import Payments
import Platform
package import Processor

/// A world that requests share. The lock is held for deciding, appending and applying, and for nothing else.
package final class WorldHandle: Sendable {
    package let name: String
    /// What the world's identifiers and shuffles are drawn from.
    package let seed: UInt64
    private let world: Lock<World>
    private let retired = Lock(false)
    private let realTime: @Sendable () -> Instant
    /// Called after the clock was set, so that answers that wait for it are looked at again.
    private let clockChanged: @Sendable (String) -> Void

    package init(
        _ world: World, realTime: @escaping @Sendable () -> Instant,
        clockChanged: @escaping @Sendable (String) -> Void = { _ in }
    ) {
        name = world.name
        seed = world.seed
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

    /// Decides a command and records it.
    ///
    /// Specialized for commands that come often: to look up their types at run time would cost as much as to record
    /// what they decide.
    @specialized(where C == Inquire)
    @specialized(where C == Tokenize)
    package func perform<C: Command>(_ command: consuming C) throws(JournalFault) -> Performed<C.Outcome> {
        try decide(command)
    }

    /// The same for the command that comes most often, without looking at its type at all.
    package func perform(_ command: consuming Authorize) throws(JournalFault) -> Performed<Authorize.Outcome> {
        try decide(command)
    }

    @inline(__always)
    private func decide<C: Command>(_ command: consuming C) throws(JournalFault) -> Performed<C.Outcome> {
        var outcome: C.Outcome?
        let operation = command.operation
        var waiting: C? = command
        let recorded = try record(operation) { context in
            guard let decision = waiting.take()?.decide(in: context) else {
                preconditionFailure("a command is decided once")
            }
            outcome = decision.outcome
            return decision.effects
        }
        guard let outcome else { preconditionFailure("a command that was recorded has been decided") }
        return Performed(recorded, outcome)
    }

    private func record(
        _ operation: String, _ decide: (DecisionContext) -> Effects
    ) throws(JournalFault) -> Recorded {
        let real = realTime()
        return try world.withLock { world throws(JournalFault) in
            try world.record(operation, at: real, decide)
        }
    }

    /// Keeps a request that asked for no command, without what looks like a card number.
    package func note(
        _ exchange: consuming Exchange, operation: String, reasons: [Reason]
    ) throws(JournalFault) {
        let real = realTime()
        exchange.maskCardNumbers()
        let masked = exchange
        try world.withLock { world throws(JournalFault) in
            try world.note(masked, operation: operation, reasons: reasons, at: real)
        }
    }

    /// Completes the entry of a command, without what looks like a card number.
    ///
    /// - Parameter era: of the command. After a rewind its entry is gone, and its number may be that of another one.
    package func attach(_ exchange: consuming Exchange, to sequence: Int, era: Int) {
        exchange.maskCardNumbers()
        let masked = exchange
        world.withLock { $0.attach(masked, to: sequence, era: era) }
    }

    package func settleNow() throws(JournalFault) -> Performed<SettlementOutcome> {
        let real = realTime()
        return try world.withLock { world throws(JournalFault) in try world.settleNow(at: real) }
    }

    /// Something has happened that answers may have waited for.
    package func wakeWaiting() { clockChanged(name) }

    /// Sets the clock from its present state.
    package func setClock(_ change: (WorldClock, _ real: Instant) -> WorldClock) throws(JournalFault) -> Instant {
        guard let settled = try moveClock({ change($0, $1) }) else { return now }
        return settled.view.now
    }

    // MARK: - For those who watch

    /// Tells somebody what the rules look at, from the next request on.
    package func observeRules(_ observer: RuleObserver?) {
        world.withLock { $0.ruleObserver = observer }
    }

    /// A world as it was, and what its clock showed then.
    package struct View: Sendable {
        package let world: World
        package let now: Instant
    }

    /// The batches that something settled, and the world after it.
    package struct Settled: Sendable {
        package let batches: [BatchID]
        package let view: View
    }

    package var view: View {
        let real = realTime()
        return world.withLock { View(world: $0, now: $0.now(at: real)) }
    }

    /// The world after what its clock has brought due was done.
    package func settledView() throws(JournalFault) -> View {
        try watched { world, real throws(JournalFault) in try world.catchUp(at: real) }.view
    }

    /// Settles what is due and then what is open.
    package func settle() throws(JournalFault) -> Settled {
        try watched { world, real throws(JournalFault) in
            try world.catchUp(at: real) + world.settleNow(at: real).outcome.batches
        }
    }

    /// Sets the clock from its present state, and settles what that makes due.
    ///
    /// - Parameter change: nil leaves everything as it is, and is returned.
    package func moveClock(
        _ change: (WorldClock, _ real: Instant) -> WorldClock?
    ) throws(JournalFault) -> Settled? {
        var isLeft = false
        let settled = try watched { world, real throws(JournalFault) in
            guard let clock = change(world.books.clock, real) else {
                isLeft = true
                return []
            }
            return try world.setClock(clock, at: real)
        }
        if isLeft { return nil }
        clockChanged(name)
        return settled
    }

    private func watched(
        _ change: (inout World, _ real: Instant) throws(JournalFault) -> [BatchID]
    ) throws(JournalFault) -> Settled {
        let real = realTime()
        return try world.withLock { world throws(JournalFault) in
            let batches = try change(&world, real)
            return Settled(batches: batches, view: View(world: world, now: world.now(at: real)))
        }
    }

    // MARK: - Time travel

    package func rewind(to sequence: Int) throws(World.RewindFault) {
        try world.withLock { world throws(World.RewindFault) in try world.rewind(to: sequence) }
        clockChanged(name)
    }

    /// Real time until a moment of this world; nil while the clock stands still before it.
    ///
    /// Nothing waits for a world that is gone: nobody can move its clock any more.
    package func realTime(until due: Instant) -> Duration? {
        if retired.withLock({ $0 }) { return .zero }
        let real = realTime()
        return world.withLock { $0.books.clock.realTime(until: due, from: real) }
    }

    /// Whether another world, or none, has taken its place.
    package var isRetired: Bool { retired.withLock { $0 } }

    /// Another world has taken the place of this one, or none: answers that wait for its clock are sent now.
    package func retire() {
        retired.withLock { $0 = true }
        clockChanged(name)
    }
}
