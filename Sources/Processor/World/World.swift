package import Payments

/// One isolated copy of everything: scenario, books, clock, seed, journal. A value: it can be forked, rewound,
/// compared.
package struct World: Sendable {
    package let name: String
    package private(set) var behavior: Behavior
    package private(set) var books: Books
    package private(set) var journal: any Journal
    package private(set) var lastSequence = 0
    /// How often the world was rewound: sequence numbers are given again after that.
    package private(set) var era = 0
    package let seed: UInt64
    /// The world it was forked from, and the entry at which.
    package private(set) var origin: Origin?
    private var checkpoints: [Checkpoint]
    /// The transactions that only a dropped checkpoint had.
    private var forgotten = ForgottenTransactions()
    /// Told what the rules look at; nobody listens to an ordinary world.
    package var ruleObserver: RuleObserver?

    package struct Origin: Hashable, Sendable {
        package let world: String
        package let sequence: Int
    }

    /// Books at an entry, so that going back does not start at the beginning. They share structure with the current
    /// ones.
    private struct Checkpoint: Sendable {
        let sequence: Int
        let books: Books
    }

    private static let longestCheckpointDistance = 1_250
    /// Several within what the journal keeps, so that there is always one from which to go on.
    private var checkpointDistance: Int {
        max(1, min(Self.longestCheckpointDistance, behavior.limits.journalEntries / 8))
    }

    /// - Parameters:
    ///   - clock: takes the place of what the scenario says about mode and start.
    ///   - real: the machine's time, from which the world's clock starts.
    package init(
        name: String, behavior: Behavior, seed: UInt64? = nil, clock start: ClockStart = ClockStart(),
        journal: any Journal, at real: Instant
    ) {
        self.name = name
        self.behavior = behavior
        self.seed = seed ?? behavior.seed
        self.journal = journal
        let clock = WorldClock(
            mode: start.mode ?? behavior.clock.mode, showing: start.time ?? behavior.clock.start ?? real, at: real)
        books = Books(clock: clock, limits: behavior.limits)
        checkpoints = [Checkpoint(sequence: 0, books: books)]
    }

    package func now(at real: Instant) -> Instant { books.clock.now(at: real) }

    // MARK: - Changing

    /// Decides a command, writes it to the journal, and only then changes the books.
    package mutating func perform<C: Command>(
        _ command: consuming C, at real: Instant
    ) throws(JournalFault) -> Performed<C.Outcome> {
        var outcome: C.Outcome?
        let operation = command.operation
        var waiting: C? = command
        let recorded = try record(operation, at: real) { context in
            guard let decision = waiting.take()?.decide(in: context) else {
                preconditionFailure("a command is decided once")
            }
            outcome = decision.outcome
            return decision.effects
        }
        guard let outcome else { preconditionFailure("a command that was recorded has been decided") }
        return Performed(recorded, outcome)
    }

    /// Records whatever a decision comes to: the part of ``perform(_:at:)`` that knows no generics.
    package mutating func record(
        _ operation: String, at real: Instant, _ decide: (DecisionContext) -> Effects
    ) throws(JournalFault) -> Recorded {
        try catchUp(at: real)
        return try carryOut(operation, at: now(at: real), decide)
    }

    /// Keeps a request that asked for no command.
    package mutating func note(
        _ exchange: Exchange, operation: String, reasons: [Reason], at real: Instant
    ) throws(JournalFault) {
        try append(operation: operation, events: [], reasons: reasons, at: now(at: real), exchange: exchange)
    }

    package mutating func attach(_ exchange: Exchange, to sequence: Int, era: Int) {
        guard era == self.era else { return }
        journal.attach(exchange, to: sequence)
    }

    @discardableResult
    private mutating func carryOut(
        _ operation: String, at now: Instant, _ decide: (DecisionContext) -> Effects
    ) throws(JournalFault) -> Recorded {
        let effects = effects(of: decide, at: now)
        try append(operation: operation, events: effects.events, reasons: effects.reasons, at: now)
        return Recorded(
            sequence: lastSequence, era: era, delivery: effects.delivery, replacement: effects.replacement, at: now)
    }

    /// The context is gone when this returns, so that the books are nobody else's when the events are applied.
    private func effects(of decide: (DecisionContext) -> Effects, at now: Instant) -> Effects {
        let context = DecisionContext(
            behavior: behavior, books: books, now: now, seed: seed, ruleObserver: ruleObserver)
        var effects = decide(context)
        WebhookPlanner.tell(&effects, in: context)
        return effects
    }

    private mutating func append(
        operation: String, events: [Event], reasons: [Reason], at now: Instant, exchange: Exchange? = nil
    ) throws(JournalFault) {
        try journal.append(
            JournalEntry(
                sequence: lastSequence + 1, at: now, operation: operation, events: events, reasons: reasons,
                exchange: exchange))
        lastSequence += 1
        books.apply(events)
        forgotten.releaseOne()
        keepCheckpoint()
    }

    // MARK: - Clock

    /// How much work one request may find waiting; more than that waits for the next one.
    private static let longestCatchUp = 1_000_000

    /// Does what the agenda says was due by now, each piece at the time at which it was due.
    ///
    /// Every command does so first. Whoever only reads does it too, so that nobody sees a cut-off that has not struck.
    ///
    /// - Returns: the batches that were settled.
    @discardableResult
    package mutating func catchUp(at real: Instant) throws(JournalFault) -> [BatchID] {
        guard books.agenda.first != nil else { return [] }
        let now = now(at: real)
        var settled: [BatchID] = []
        var last = Instant.earliest
        for _ in 0..<Self.longestCatchUp {
            guard let item = books.agenda.first, item.due <= now else { break }
            // What is planned for a time that has passed happens after what has happened by then.
            last = max(last, item.due)
            try carryOut(item.work.operation, at: last) { context in
                var effects = item.work.decide(in: context)
                effects.events.insert(.agenda(.done(item.work)), at: 0)
                settled += effects.events.compactMap(\.settledBatch)
                return effects
            }
        }
        return settled
    }

    /// Sets the clock, and does what that makes due: a clock that goes back meets the cut-offs in between again.
    ///
    /// - Returns: the batches that were settled.
    @discardableResult
    package mutating func setClock(_ clock: WorldClock, at real: Instant) throws(JournalFault) -> [BatchID] {
        let settledBefore = try catchUp(at: real)
        let now = clock.now(at: real)
        var events = [Event.clockSet(clock)]
        if now < self.now(at: real), books.agenda.due(.settlement) != nil,
            let cutOff = SettlementPlan.next(after: now, behavior.clock)
        {
            events.append(.agenda(.planned(.settlement, at: cutOff)))
        }
        try append(operation: "clock", events: events, reasons: [], at: now)
        return try settledBefore + catchUp(at: real)
    }

    /// Settles the open batches now, whatever the plan says.
    package mutating func settleNow(at real: Instant) throws(JournalFault) -> Performed<SettlementOutcome> {
        try perform(Settle(cutOff: nil), at: real)
    }

    /// The cut-off at which what is open then will be settled; nil: not by itself.
    package func nextSettlement(after now: Instant) -> Instant? {
        books.agenda.due(.settlement) ?? SettlementPlan.next(after: now, behavior.clock)
    }

    // MARK: - Time travel

    /// Why a world cannot go back to an entry.
    package enum RewindFault: Error, Hashable, Sendable {
        case neverHappened(last: Int)
        /// The journal has forgotten so old an entry.
        case forgotten(earliest: Int)
        case journal(JournalFault)
    }

    /// The entries to which ``rewind(to:)`` can go back; 0 is the beginning.
    ///
    /// It begins at a checkpoint: between an older one and the oldest entry that is kept, events are missing.
    package var rewindable: ClosedRange<Int> { (usableCheckpoint?.sequence ?? lastSequence)...lastSequence }

    /// The earliest books behind which no entry is missing.
    private var usableCheckpoint: Checkpoint? {
        let lastMissing = (journal.kept?.lowerBound ?? lastSequence + 1) - 1
        return checkpoints.first { $0.sequence >= lastMissing }
    }

    /// Makes the world what it was after an entry; what came later is gone.
    package mutating func rewind(to sequence: Int) throws(RewindFault) {
        guard sequence <= lastSequence, sequence >= 0 else { throw .neverHappened(last: lastSequence) }
        guard sequence >= rewindable.lowerBound else { throw .forgotten(earliest: rewindable.lowerBound) }
        let past = books(after: sequence)
        do throws(JournalFault) { try journal.truncate(after: sequence) } catch { throw .journal(error) }
        books = past
        lastSequence = sequence
        era += 1
        checkpoints.removeAll { $0.sequence > sequence }
    }

    /// The books as they were after an entry: the fold of all events up to it.
    ///
    /// - Precondition: `sequence` is in ``rewindable``.
    package func books(after sequence: Int) -> Books {
        precondition(rewindable.contains(sequence), "the entries behind a checkpoint are still there")
        if sequence == lastSequence { return books }
        guard let checkpoint = checkpoints.last(where: { $0.sequence <= sequence }) else { return books }
        var past = checkpoint.books
        for position in checkpoint.sequence..<sequence {
            if let entry = journal.entry(position + 1) { past.apply(entry.events) }
        }
        return past
    }

    /// An independent copy under another name, sharing structure with this one.
    package func forked(as name: String, seed: UInt64? = nil) throws(JournalFault) -> World {
        var copy = World(copying: self, name: name, seed: seed ?? self.seed, journal: try journal.forked())
        copy.origin = Origin(world: self.name, sequence: lastSequence)
        return copy
    }

    /// The same world once more, with a journal of its own: what a reset of a fork goes back to.
    package func copied() throws(JournalFault) -> World {
        var copy = self
        copy.journal = try journal.forked()
        copy.forgotten = ForgottenTransactions()
        return copy
    }

    private init(copying world: World, name: String, seed: UInt64, journal: any Journal) {
        self.name = name
        behavior = world.behavior
        books = world.books
        self.journal = journal
        lastSequence = world.lastSequence
        self.seed = seed
        checkpoints = world.checkpoints
    }

    private mutating func keepCheckpoint() {
        guard lastSequence % checkpointDistance == 0 else { return }
        checkpoints.append(Checkpoint(sequence: lastSequence, books: books))
        guard let usable = usableCheckpoint else { return }
        guard let dropped = checkpoints.last(where: { $0.sequence < usable.sequence }) else { return }
        forgotten.replace(with: dropped.books.ledger.forgotten(before: usable.books.ledger.oldest))
        checkpoints.removeAll { $0.sequence < usable.sequence }
    }
}

extension Event {
    fileprivate var settledBatch: BatchID? {
        if case .ledger(.batchSettled(let batch, _, _, _)) = self { return batch }
        return nil
    }
}
