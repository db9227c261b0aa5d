import Cryptography
import Payments
import Processor
import PropertySupport
import Store
import Testing

@Suite struct WorldTests {
    private static func world(entries: Int, _ adjust: (inout BehaviorParts) -> Void = { _ in }) -> World {
        Sample.world(
            Sample.behavior { parts in
                parts.limits.journalEntries = entries
                adjust(&parts)
            }, entries: entries)
    }

    // MARK: - Going back

    struct LimitRow: CustomTestStringConvertible, Sendable {
        let entries: Int
        let requests: Int
        var testDescription: String { "\(entries) entries kept of \(requests)" }
    }

    /// Wherever a world says it can go, it gets to exactly the books that there were.
    @Test(arguments: [
        LimitRow(entries: 1, requests: 5), LimitRow(entries: 7, requests: 6), LimitRow(entries: 7, requests: 40),
        LimitRow(entries: 10, requests: 601), LimitRow(entries: 100, requests: 700),
        LimitRow(entries: 600, requests: 1300),
        LimitRow(entries: 5000, requests: 1100),
    ])
    func rewindingToEveryEntry(_ row: LimitRow) throws {
        var world = Self.world(entries: row.entries)
        var states = [world.books]
        for number in 0..<row.requests {
            _ = try world.authorize(Int64(number + 1), Sample.plain, capture: number.isMultiple(of: 3))
            states.append(world.books)
        }
        #expect(world.lastSequence == row.requests)
        let range = world.rewindable
        #expect(range.upperBound == row.requests)
        let earliest = max(0, row.requests - row.entries)
        #expect(range.lowerBound >= earliest)
        #expect(range.lowerBound <= earliest + max(1, min(512, row.entries / 8)), "most of what is kept can be reached")
        for sequence in range where sequence % max(1, range.count / 60) == 0 || sequence == range.lowerBound {
            #expect(world.books(after: sequence) == states[sequence])
            var past = world
            try past.rewind(to: sequence)
            #expect(past.books == states[sequence] && past.lastSequence == sequence)
            #expect(past.journal.kept?.upperBound == (sequence > earliest ? sequence : nil))
            // And life goes on from there, as it did.
            _ = try past.authorize(Int64(sequence + 1), Sample.plain, capture: sequence.isMultiple(of: 3))
            if sequence < row.requests { #expect(past.books == states[sequence + 1]) }
        }
    }

    struct FaultRow: CustomTestStringConvertible, Sendable {
        let testDescription: String
        let sequence: Int
        let fault: World.RewindFault?

        init(_ name: String, _ sequence: Int, _ fault: World.RewindFault?) {
            testDescription = name
            self.sequence = sequence
            self.fault = fault
        }
    }

    @Test(arguments: [
        FaultRow("where it is", 50, nil), FaultRow("one entry back", 49, nil), FaultRow("as far as it goes", 42, nil),
        FaultRow("what never happened", 51, .neverHappened(last: 50)),
        FaultRow("before the beginning", -1, .neverHappened(last: 50)),
        FaultRow("what is forgotten", 41, .forgotten(earliest: 42)),
        FaultRow("the beginning", 0, .forgotten(earliest: 42)),
    ])
    func limitsOfGoingBack(_ row: FaultRow) throws {
        var world = Self.world(entries: 8)
        for number in 1...50 { _ = try world.authorize(Int64(number)) }
        let before = world.books
        do throws(World.RewindFault) {
            try world.rewind(to: row.sequence)
            #expect(row.fault == nil)
        } catch {
            #expect(error == row.fault)
            #expect(world.books == before && world.lastSequence == 50 && world.journal.kept == 43...50)
        }
    }

    @Test func rewindingTwiceAndBranching() throws {
        var world = Self.world(entries: 100)
        for number in 1...20 { _ = try world.authorize(Int64(number)) }
        try world.rewind(to: 10)
        let tenth = world.books
        for number in 1...5 { _ = try world.authorize(Int64(1000 + number)) }
        #expect(world.journal.kept == 1...15)
        try world.rewind(to: 10)
        #expect(world.books == tenth)
        try world.rewind(to: 0)
        #expect(world.books == Self.world(entries: 100).books && world.journal.kept == nil)
    }

    @Test func goingBackBringsTheFrozenClockBack() throws {
        var world = Self.world(entries: 100)
        let start = world.now(at: Sample.real)
        _ = try world.authorize(1, capture: true)
        try world.advance(.seconds(5 * 86_400))
        try world.rewind(to: 1)
        #expect(world.now(at: Sample.real) == start)
        #expect(world.books.ledger.openBatches.count == 1)
    }

    // MARK: - The journal comes first

    /// A journal whose disk is full from some entry on.
    private struct FullJournal: Journal {
        var inner: any Journal = MemoryJournal(limit: 100)
        var refusesFrom: Int

        var kept: ClosedRange<Int>? { inner.kept }
        mutating func append(_ entry: JournalEntry) throws(JournalFault) {
            guard entry.sequence < refusesFrom else { throw JournalFault(reason: "no space left") }
            try inner.append(entry)
        }
        mutating func attach(_ exchange: Exchange, to sequence: Int) { inner.attach(exchange, to: sequence) }
        func entry(_ sequence: Int) -> JournalEntry? { inner.entry(sequence) }
        mutating func truncate(after sequence: Int) throws(JournalFault) {
            throw JournalFault(reason: "no space left")
        }
        func forked() throws(JournalFault) -> any Journal { throw JournalFault(reason: "no space left") }
    }

    @Test func whatCannotBeWrittenHasNotHappened() throws {
        var world = World(
            name: "main", behavior: Sample.behavior(), journal: FullJournal(refusesFrom: 3), at: Sample.real)
        for number in 1...2 { _ = try world.authorize(Int64(number), capture: true) }
        let before = world.books
        let fault = JournalFault(reason: "no space left")
        #expect(throws: fault) { try world.authorize(3) }
        #expect(throws: fault) { try world.settleNow(at: Sample.real) }
        #expect(throws: fault) { try world.advance(.seconds(86_400)) }
        #expect(throws: fault) {
            let exchange = Exchange(
                service: "s", method: "GET", target: "/", requestBody: [], status: 200, responseBody: [])
            try world.note(exchange, operation: "o", reasons: [], at: Sample.real)
        }
        #expect(throws: fault) { try world.forked(as: "fork") }
        #expect(throws: World.RewindFault.journal(fault)) { try world.rewind(to: 1) }
        #expect(world.books == before && world.lastSequence == 2)
    }

    @Test func everyCommandLeavesOneEntry() throws {
        var world = Self.world(entries: 100)
        let sale = try world.authorize(100, capture: true)
        _ = try world.run(Inquire(world.followUp(sale)))
        _ = try world.run(Tokenize(service: "test", scope: Sample.scope, account: AccountText(Sample.plain)))
        _ = try world.settleNow(at: Sample.real)
        _ = try world.run(Refund(world.followUp(sale), amount: nil))
        let operations = (1...world.lastSequence).compactMap { world.journal.entry($0)?.operation }
        #expect(operations == ["authorization", "inquiry", "tokenization", "settlement", "refund"])
        #expect(world.journal.entry(2)?.events == [], "reading changes nothing")
        #expect(world.journal.entry(1)?.at == world.now(at: Sample.real))
    }

    @Test func anExchangeIsAttachedToItsEntry() throws {
        var world = Self.world(entries: 3)
        let exchange = Exchange(
            service: "s", method: "GET", target: "/", requestBody: [1], status: 200, responseBody: [2])
        _ = try world.authorize(1)
        world.attach(exchange, to: 1, era: 0)
        #expect(world.journal.entry(1)?.exchange == exchange)
        for _ in 0..<3 { _ = try world.authorize(1) }
        world.attach(exchange, to: 1, era: 0)
        #expect(world.journal.entry(1) == nil, "what is forgotten stays forgotten")
        try world.note(exchange, operation: "credentialCheck", reasons: [.note("why")], at: Sample.real)
        let noted = try #require(world.journal.entry(5))
        #expect(noted.exchange == exchange && noted.events == [] && noted.reasons == [.note("why")])
    }

    @Test func aRewindKeepsLateExchangesFromTheEntriesThatFollow() throws {
        var world = Self.world(entries: 100)
        let exchange = Exchange(
            service: "s", method: "GET", target: "/", requestBody: [1], status: 200, responseBody: [2])
        let recorded = try world.perform(
            Authorize(Sample.late, Sample.plain, 100, capture: false) { _ in }, at: Sample.real
        ).recorded
        do throws(World.RewindFault) { try world.rewind(to: 0) } catch { Issue.record("\(error)") }
        let again = try world.perform(
            Authorize(Sample.late, Sample.plain, 200, capture: false) { _ in }, at: Sample.real
        ).recorded
        #expect(recorded.sequence == again.sequence)
        world.attach(exchange, to: recorded.sequence, era: recorded.era)
        #expect(world.journal.entry(1)?.exchange == nil, "it belongs to an entry that is gone")
        world.attach(exchange, to: again.sequence, era: again.era)
        #expect(world.journal.entry(1)?.exchange == exchange)
    }

    // MARK: - Forks

    @Test func aForkGoesItsOwnWay() throws {
        var world = Self.world(entries: 20)
        for number in 1...12 { _ = try world.authorize(Int64(number)) }
        var fork = try world.forked(as: "fork", seed: 99)
        #expect(fork.name == "fork" && fork.seed == 99)
        #expect(fork.origin?.world == "main" && fork.origin?.sequence == 12)
        #expect(world.origin == nil)
        let books = world.books
        try fork.rewind(to: 5)
        _ = try fork.authorize(7, capture: true)
        fork.attach(
            Exchange(service: "s", method: "GET", target: "/", requestBody: [], status: 200, responseBody: []), to: 6,
            era: fork.era)
        #expect(world.books == books && world.lastSequence == 12)
        #expect(world.journal.entry(6)?.exchange == nil && world.journal.entry(12) != nil)
        #expect(fork.lastSequence == 6 && fork.books.ledger.count == 6)
        _ = try world.authorize(1)
        #expect(fork.lastSequence == 6)
    }

    // MARK: - The same bytes everywhere

    /// Two worlds, their commands interleaved with those of a third: entry for entry the same.
    @Test(arguments: PropertySeeds.many.prefix(20))
    func sameSeedSameJournal(seed: UInt64) throws {
        var first = Simulation(seed: seed)
        var second = Simulation(seed: seed)
        var other = Simulation(seed: seed &+ 1)
        for _ in 0..<60 {
            try first.step()
            try other.step()
            try second.step()
        }
        #expect(first.world.lastSequence == second.world.lastSequence)
        for sequence in 1...first.world.lastSequence {
            let a = try #require(first.world.journal.entry(sequence))
            let b = try #require(second.world.journal.entry(sequence))
            #expect(a.at == b.at && a.operation == b.operation && a.events == b.events && a.reasons == b.reasons)
        }
    }
}
