import Payments
import Testing

@testable import Processor

/// The account updater: who is enrolled, when updates come, and what is remembered.
@Suite struct UpdaterTests {
    private func world(_ limits: @escaping (inout LimitSettings) -> Void = { _ in }) -> World {
        Sample.world(
            Sample.behavior { parts in
                var site = parts.directory.sites[0]
                for index in site.merchants.indices { site.merchants[index].updatesAccounts = true }
                parts.directory = Directory(sites: [site] + parts.directory.sites.dropFirst())
                parts.updater.processors = ["AAA", "BBB"]
                parts.updater.expiries = ["20401231"]
                parts.updater.outcomes = AccountChangeTable(
                    AccountChange.allCases.enumerated().map { position, change in
                        AccountChangeTable.Row(lastFour: Self.lastFour(position), change: change, source: nil)
                    })
                limits(&parts.limits)
            })
    }

    private static func lastFour(_ position: Int) -> String { String(Self.card(position).suffix(4)) }

    /// Numbers that differ in their last four digits.
    private static func card(_ position: Int) -> String { Sample.card("48" + String(10_000_000_000 + position * 7)) }

    private func enrol(_ world: inout World, _ cards: [String]) throws -> [Result<CardToken, EnrolmentFault>] {
        let command = EnrolAccounts(
            service: "test", merchant: Sample.late,
            entries: cards.map { EnrolAccounts.Entry(account: AccountText($0), expiry: nil) })
        guard case .enrolled(let results) = try world.perform(command, at: Sample.real).outcome else {
            Issue.record("it is not enabled")
            return []
        }
        return results
    }

    private func report(_ world: inout World, days: Int = 30) throws -> InquireAccountUpdates.Report {
        let command = InquireAccountUpdates(
            service: "test", merchant: Sample.late, daysBack: days, positions: 0..<1000)
        guard case .report(let report) = try world.perform(command, at: Sample.real).outcome else {
            throw EnrolmentFault(.notTokenized)
        }
        return report
    }

    @Test func eachKindOfChange() throws {
        var world = world()
        let cards = AccountChange.allCases.indices.map(Self.card)
        let tokens = try enrol(&world, cards).map { try $0.get() }
        #expect(try report(&world).total == 0)
        try world.advance(.seconds(1799))
        #expect(try report(&world).total == 0)
        try world.advance(.seconds(1))
        let updates = try report(&world).updates
        #expect(updates.map(\.change) == AccountChange.allCases.filter { $0 != .nothing })
        #expect(updates.map(\.old) == tokens.prefix(updates.count).map { $0 })
        let fresh = try #require(updates.first?.new)
        #expect(fresh != tokens[0] && world.books.vault.account(fresh, in: Sample.scope) != nil)
        #expect(updates[1].new == tokens[1] && updates[1].expiry == "20401231")
        #expect(updates.dropFirst(2).allSatisfy { $0.new == nil && $0.expiry == nil })
    }

    @Test func comesDailyAndIsFoundByDay() throws {
        var world = world()
        _ = try enrol(&world, [Self.card(0)])
        try world.advance(.seconds(1800))
        for day in 1...5 {
            #expect(try report(&world).total == day)
            try world.advance(.seconds(86_400))
        }
        #expect(try report(&world, days: 2).total == 3)
        // A jump over many days brings each of them.
        try world.advance(.seconds(10 * 86_400))
        #expect(try report(&world).total == 16)
        let days = try report(&world).updates.map(\.day)
        #expect(days == days.sorted() && Set(days).count == 16)
    }

    @Test func enrolledTwiceIsEnrolledOnce() throws {
        var world = world()
        _ = try enrol(&world, [Self.card(0), Self.card(0)])
        try world.advance(.seconds(900))
        _ = try enrol(&world, [Self.card(0)])
        #expect(world.books.updater.count(of: Sample.late) == 1)
        try world.advance(.seconds(900))
        #expect(try report(&world).total == 1, "the first enrolment counts")
    }

    @Test func removalEndsIt() throws {
        var world = world()
        _ = try enrol(&world, [Self.card(0)])
        let work = ScheduledWork.accountUpdates(Sample.late)
        #expect(world.books.agenda.due(work) != nil)
        let command = RemoveAccounts(
            service: "test", merchant: Sample.late, accounts: [AccountText(Self.card(0)), AccountText("x")])
        guard case .removed(let results) = try world.perform(command, at: Sample.real).outcome else {
            Issue.record("nothing was removed")
            return
        }
        #expect(results == [true, false] && world.books.agenda.due(work) == nil)
        try world.advance(.seconds(86_400))
        #expect(try report(&world).total == 0)
    }

    @Test func hasBounds() throws {
        var world = world {
            $0.enrolledAccounts = 2
            $0.accountUpdates = 3
        }
        let results = try enrol(&world, (0..<3).map { _ in Self.card(1) } + [Self.card(0), Self.card(2)])
        #expect(results.map(\.isEnrolled) == [true, true, true, true, false])
        try world.advance(.seconds(10 * 86_400))
        #expect(try report(&world).total == 3, "the oldest are forgotten")
    }

    @Test func theSameSeedGivesTheSameUpdates() throws {
        func run() throws -> [AccountUpdate] {
            var world = world()
            // By chance: no row says anything of these.
            _ = try enrol(&world, (20..<60).map(Self.card))
            try world.advance(.seconds(2 * 86_400))
            return try report(&world).updates
        }
        let first = try run()
        #expect(try run() == first && Set(first.map(\.change)).count > 3)
    }
}

extension Result where Success == CardToken {
    fileprivate var isEnrolled: Bool {
        if case .success = self { return true }
        return false
    }
}
