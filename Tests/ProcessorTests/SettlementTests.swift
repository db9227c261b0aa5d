import Payments
import Processor
import Testing

@Suite struct SettlementTests {
    private static func world(
        zone: TimeZoneRule = .usEastern, secondOfDay: Int = 0, settles: Bool = true,
        _ adjust: (inout BehaviorParts) -> Void = { _ in }
    ) -> World {
        Sample.world(
            Sample.behavior { parts in
                parts.clock.zone = zone
                parts.clock.settlementSecondOfDay = secondOfDay
                parts.clock.settlesByItself = settles
                adjust(&parts)
            })
    }

    struct PlanRow: CustomTestStringConvertible, Sendable {
        let testDescription: String
        let now: CivilTime
        let secondOfDay: Int
        let next: CivilTime

        /// Both in UTC, cut-off in New York.
        init(_ name: String, _ now: CivilTime, at secondOfDay: Int, _ next: CivilTime) {
            testDescription = name
            self.now = now
            self.secondOfDay = secondOfDay
            self.next = next
        }
    }

    private static func utc(_ month: Int, _ day: Int, _ hour: Int, _ minute: Int = 0, _ second: Int = 0) -> CivilTime {
        CivilTime(year: 2024, month: month, day: day, hour: hour, minute: minute, second: second)
    }

    @Test func openBatchesByHandAreCounted() throws {
        var world = Self.world { $0.settlement.manualBatchLimit = 2 }
        func open(_ source: BatchSource) throws -> BatchID? {
            try world.run(OpenBatch(service: "test", merchant: Sample.late, source: source))
        }
        #expect(try open("one") != nil)
        #expect(try open("two") != nil)
        #expect(try open("three") == nil)
        _ = try world.run(CloseBatch(service: "test", merchant: Sample.late, number: nil))
        #expect(try open("three") != nil, "one that is closed makes room")
    }

    @Test(arguments: [
        PlanRow("in the afternoon", utc(1, 15, 20), at: 0, utc(1, 16, 5)),
        PlanRow("a second before", utc(1, 16, 4, 59, 59), at: 0, utc(1, 16, 5)),
        PlanRow("at the cut-off itself", utc(1, 16, 5), at: 0, utc(1, 17, 5)),
        PlanRow("in summer", utc(7, 15, 20), at: 0, utc(7, 16, 4)),
        PlanRow("later the same day", utc(1, 15, 20), at: 23 * 3600, utc(1, 16, 4)),
        PlanRow("into the day of the spring switch", utc(3, 9, 20), at: 0, utc(3, 10, 5)),
        PlanRow("out of the day of the spring switch", utc(3, 10, 5), at: 0, utc(3, 11, 4)),
        PlanRow("an hour that does not exist", utc(3, 10, 5), at: 9000, utc(3, 10, 7, 30)),
        PlanRow("after an hour that did not exist", utc(3, 10, 7, 30), at: 9000, utc(3, 11, 6, 30)),
        PlanRow("out of the day of the autumn switch", utc(11, 3, 4), at: 0, utc(11, 4, 5)),
        PlanRow("an hour that exists twice strikes once", utc(11, 3, 4), at: 5400, utc(11, 3, 6, 30)),
        PlanRow("after an hour that existed twice", utc(11, 3, 6, 30), at: 5400, utc(11, 4, 6, 30)),
    ])
    func theNextCutOff(_ row: PlanRow) {
        var settings = ClockSettings()
        settings.settlementSecondOfDay = row.secondOfDay
        #expect(SettlementPlan.next(after: row.now.instant, settings) == row.next.instant)
        settings.settlesByItself = false
        #expect(SettlementPlan.next(after: row.now.instant, settings) == nil)
    }

    @Test(arguments: TimeZoneRule.allCases)
    func oneCutOffForEachDayOfAYear(_ zone: TimeZoneRule) throws {
        for secondOfDay in [0, 5400, 9000, 86_399] {
            var settings = ClockSettings()
            settings.zone = zone
            settings.settlementSecondOfDay = secondOfDay
            var now = CivilTime(year: 2024, month: 1, day: 1).instant
            var days: [Int] = []
            for _ in 0..<366 {
                now = try #require(SettlementPlan.next(after: now, settings))
                days.append(zone.civilTime(now).daysSince1970)
            }
            #expect(zip(days, days.dropFirst()).allSatisfy { $0 + 1 == $1 }, "\(zone) \(secondOfDay)")
        }
    }

    @Test func theClockSettlesDayByDay() throws {
        var world = Self.world()
        var sales: [Transaction] = []
        for day in 0..<5 {
            sales.append(try world.authorize(Int64(100 + day), capture: true))
            #expect(try world.status(#require(sales.last)) == .queued)
            try world.advance(.seconds(86_400))
            #expect(try world.status(#require(sales.last)) == .accepted, "refundable the next day")
        }
        let batches = world.books.ledger.allBatches
        #expect(batches.map(\.id.number) == [100, 101, 102, 103, 104])
        for (batch, sale) in zip(batches, sales) {
            #expect(batch.members.all == [sale.id])
            #expect(world.books.ledger.totals(of: batch.id).captured == sale.approved.minorUnits)
            let settledAt = try #require(batch.settledAt)
            let civil = TimeZoneRule.usEastern.civilTime(settledAt)
            #expect(civil.secondOfDay == 0, "settled at the cut-off, not when somebody looked")
        }
    }

    @Test func manyDaysAtOnceCloseOneBatch() throws {
        var world = Self.world()
        let sale = try world.authorize(100, capture: true)
        let first = try #require(world.books.agenda.due(.settlement))
        try world.advance(.seconds(10 * 86_400))
        let batch = try #require(world.books.ledger.allBatches.first)
        #expect(world.books.ledger.allBatches.count == 1 && batch.settledAt == first)
        #expect(world.status(sale) == .accepted)
        let now = world.now(at: Sample.real)
        let next = try #require(world.nextSettlement(after: now))
        #expect(next > now && next - now <= .seconds(86_400))
    }

    /// A clock that is set back meets the days in between once more.
    @Test func aClockThatIsSetBackSettlesTheNextDay() throws {
        var world = Self.world()
        let start = world.now(at: Sample.real)
        try world.setClock(
            world.books.clock.showing(start + .seconds(-40 * 86_400), at: Sample.real), at: Sample.real)
        let sale = try world.authorize(100, capture: true)
        try world.advance(.seconds(86_400))
        #expect(world.status(sale) == .accepted)
    }

    @Test func nothingSettlesByItselfWhenItIsTurnedOff() throws {
        var world = Self.world(settles: false)
        let sale = try world.authorize(100, capture: true)
        try world.advance(.seconds(40 * 86_400))
        #expect(world.nextSettlement(after: world.now(at: Sample.real)) == nil && world.status(sale) == .queued)
        #expect(try world.settleNow(at: Sample.real).outcome.batches.count == 1)
        #expect(world.status(sale) == .accepted)
    }

    @Test func settlingNowLeavesThePlanAsItIs() throws {
        var world = Self.world()
        let planned = world.nextSettlement(after: world.now(at: Sample.real))
        let sale = try world.authorize(100, capture: true)
        let before = world.now(at: Sample.real)
        let outcome = try world.settleNow(at: Sample.real).outcome
        #expect(outcome.batches.map(\.number) == [100] && world.status(sale) == .accepted)
        #expect(world.books.ledger.allBatches.first?.settledAt == before)
        #expect(world.nextSettlement(after: world.now(at: Sample.real)) == planned)
        #expect(try world.settleNow(at: Sample.real).outcome.batches == [], "there is nothing open")
        #expect(try world.run(Authorize(Sample.late, Sample.plain, 1, capture: true)).batch?.number == 101)
    }

    @Test func allMerchantsSettleTogetherInAFixedOrder() throws {
        var world = Self.world()
        for merchant in [Sample.other, Sample.tipping, Sample.late, Sample.lateInProduction, Sample.early] {
            _ = try world.authorize(100, of: merchant, capture: true)
        }
        let batches = try world.settleNow(at: Sample.real).outcome.batches.map(\.merchant.description)
        #expect(
            batches == ["alpha/PROD/LATE", "alpha/UAT/EARLY", "alpha/UAT/LATE", "alpha/UAT/TIPS", "beta/UAT/OTHER"])
    }

    @Test func batchNumbersRiseByMerchantAndStep() throws {
        var world = Self.world { parts in
            parts.processors["AAA"]?.batchNumbers = BatchNumbering(first: 1_900_941_444, step: 3)
        }
        var numbers: [Int?] = []
        for _ in 0..<3 {
            numbers.append(try world.run(Authorize(Sample.late, Sample.plain, 1, capture: true)).batch?.number)
            numbers.append(try world.run(Authorize(Sample.late, Sample.plain, 1, capture: true)).batch?.number)
            _ = try world.settleNow(at: Sample.real)
        }
        #expect(numbers == [1_900_941_444, 1_900_941_444, 1_900_941_447, 1_900_941_447, 1_900_941_450, 1_900_941_450])
        #expect(try world.run(Authorize(Sample.early, Sample.plain, 1, capture: true)).batch?.number == 100)
        #expect(try world.run(Authorize(Sample.tipping, Sample.plain, 1, capture: true)).batch?.number == 1_900_941_444)
    }

    @Test func aLateCaptureGoesIntoTheBatchOfItsDay() throws {
        var world = Self.world()
        let first = try world.authorize(100)
        let second = try world.authorize(200, capture: true)
        try world.advance(.seconds(86_400))
        let outcome = try world.run(Capture(world.followUp(first), amount: nil))
        #expect(outcome.view?.batch?.number == 101)
        #expect(world.status(second) == .accepted && world.status(first) == .queued)
    }

    // MARK: - Retention

    @Test func theOldestTransactionsAreForgotten() throws {
        var world = Self.world { $0.limits.transactions = 10 }
        var made: [Transaction] = []
        for number in 0..<35 {
            made.append(
                try world.authorize(Int64(number + 1), capture: true) { $0.orderID = OrderID("o\(number % 3)") })
        }
        let ledger = world.books.ledger
        #expect(ledger.count == 10 && ledger.all.map(\.id) == made.suffix(10).map(\.id))
        for transaction in made.dropLast(10) {
            #expect(ledger[transaction.id] == nil)
            #expect(ledger.transaction(transaction.reference, of: Sample.late) == nil)
            #expect(try world.run(Inquire(world.followUp(transaction))).refusal == .transactionNotFound)
        }
        for number in 0..<3 {
            let expected = made.suffix(10).filter { $0.details.orderID?.text == "o\(number)" }.map(\.id)
            #expect(ledger.transactions(order: OrderID("o\(number)"), in: Sample.scope).map(\.id) == expected)
        }
        let batch = try #require(ledger.allBatches.first)
        #expect(ledger.totals(of: batch.id).captureCount == 10)
        #expect(try world.settleNow(at: Sample.real).outcome.batches == [batch.id])
    }

    @Test func anOrderWhoseTransactionsAreAllForgottenIsForgotten() throws {
        var world = Self.world { $0.limits.transactions = 3 }
        for _ in 0..<3 { _ = try world.authorize(1) { $0.orderID = "old" } }
        for _ in 0..<3 { _ = try world.authorize(1) }
        let ledger = world.books.ledger
        #expect(ledger.transactions(order: "old", in: Sample.scope).isEmpty)
        #expect(ledger.newest(order: "old", in: Sample.scope) == nil)
        let again = try world.authorize(1) { $0.orderID = "old" }
        #expect(again.previousWithSameOrder == nil)
        #expect(world.books.ledger.transactions(order: "old", in: Sample.scope).map(\.id) == [again.id])
    }

    @Test func aRefundOutlivesItsOriginal() throws {
        var world = Self.world { $0.limits.transactions = 2 }
        let sale = try world.transaction(in: .accepted)
        let refund = try #require(try world.run(Refund(world.followUp(sale), amount: nil)).view).transaction
        _ = try world.authorize(1)
        #expect(world.current(sale) == nil)
        #expect(try world.run(VoidTransaction(world.followUp(refund), amount: nil)).refusal == nil)
        #expect(world.status(refund) == .voided)
    }

    @Test func aLimitOfOneKeepsTheNewest() throws {
        var world = Self.world { $0.limits.transactions = 1 }
        _ = try world.authorize(1, capture: true)
        let last = try world.authorize(2, capture: true)
        #expect(world.books.ledger.all.map(\.id) == [last.id] && world.status(last) == .queued)
    }
}
