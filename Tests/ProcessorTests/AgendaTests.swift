import Payments
import Testing

@testable import Processor

/// Work that the world's clock brings.
struct AgendaTests {
    private static let noon = Instant(seconds: 1_000_000)

    @Test func workStandsInItOnce() {
        var agenda = Agenda()
        #expect(agenda.first == nil && agenda.due(.settlement) == nil)
        agenda.apply(.planned(.settlement, at: Self.noon))
        agenda.apply(.planned(.settlement, at: Self.noon + .seconds(5)))
        #expect(agenda.count == 1 && agenda.due(.settlement) == Self.noon + .seconds(5))
        #expect(agenda.next(9) == [Agenda.Item(due: Self.noon + .seconds(5), work: .settlement)])
        agenda.apply(.cancelled(.settlement))
        #expect(agenda == Agenda() || agenda.count == 0)
        #expect(agenda.first == nil && agenda.due(.settlement) == nil)
        agenda.apply(.done(.settlement))
        #expect(agenda.count == 0)
    }

    @Test func nothingIsPlannedWhileNoBatchIsOpen() throws {
        var world = Sample.world()
        #expect(world.books.agenda.first == nil)
        _ = try world.authorize(100)
        #expect(world.books.agenda.first == nil)
        _ = try world.authorize(100, capture: true)
        let due = try #require(world.books.agenda.due(.settlement))
        #expect(due == world.nextSettlement(after: world.now(at: Sample.real)))
        _ = try world.settleNow(at: Sample.real)
        #expect(world.books.agenda.due(.settlement) == nil)
    }

    /// A clock that jumps over a due time lets the work happen at that time, not at the end of the jump.
    @Test func workHappensAtItsOwnTime() throws {
        var world = Sample.world()
        let sale = try world.authorize(100, capture: true)
        let due = try #require(world.books.agenda.due(.settlement))
        try world.advance(.seconds(3 * 86_400))
        let entry = try #require(world.journal.entry(world.lastSequence - 1))
        #expect(entry.operation == "settlement" && entry.at == due)
        #expect(entry.events.first == .agenda(.done(.settlement)))
        #expect(world.books.agenda.first == nil && world.status(sale) == .accepted)
    }

    /// What became due while nobody asked is there for the next request.
    @Test func aRequestFindsItDone() throws {
        var world = Sample.world(Sample.behavior { $0.clock.mode = .real })
        let sale = try world.authorize(100, capture: true)
        let later = Sample.real + .seconds(2 * 86_400)
        _ = try world.perform(Inquire(world.followUp(sale)), at: later)
        #expect(world.status(sale) == .accepted)
        #expect(world.lastSequence == 4, "authorization, settlement, payout, inquiry")
    }
}
