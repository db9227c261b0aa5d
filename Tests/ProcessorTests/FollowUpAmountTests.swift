import Payments
import Processor
import Testing

@Suite struct FollowUpAmountTests {
    /// An authorization of 10.00, and one command with an amount.
    struct Row: CustomTestStringConvertible, Sendable {
        let testDescription: String
        let amount: Authorize.AmountEntry?
        let merchant: MerchantKey
        let start: SettlementStatus
        /// What is left or captured or given back; nil when it is refused.
        let result: Int64?
        let refusal: Refusal?

        init(
            _ name: String, _ amount: Authorize.AmountEntry?, of merchant: MerchantKey = Sample.late,
            from start: SettlementStatus = .authorized, _ result: Int64
        ) {
            testDescription = name
            self.amount = amount
            self.merchant = merchant
            self.start = start
            self.result = result
            refusal = nil
        }

        init(
            _ name: String, _ amount: Authorize.AmountEntry?, of merchant: MerchantKey = Sample.late,
            from start: SettlementStatus = .authorized, refused refusal: Refusal
        ) {
            testDescription = name
            self.amount = amount
            self.merchant = merchant
            self.start = start
            result = nil
            self.refusal = refusal
        }
    }

    private func perform(_ row: Row, _ command: FollowUpKind) throws -> (World, Transaction, FollowUpOutcome) {
        var world = Sample.world()
        let transaction = try world.transaction(in: row.start, of: row.merchant)
        let before = world.books
        let outcome = try command.perform(world.followUp(transaction), row.amount, in: &world).outcome
        #expect(outcome.refusal == row.refusal)
        if row.refusal != nil { #expect(world.books == before) }
        return (world, transaction, outcome)
    }

    @Test(arguments: [
        Row("all of it", nil, 1000), Row("an amount that is missing", .missing, 1000),
        Row("the same amount", .minorUnits(1000), 1000), Row("a part", .minorUnits(500), 500),
        Row("a cent", .minorUnits(1), 1),
        Row("a cent too much", .minorUnits(1001), refused: .captureExceedsAuthorization),
        Row("the largest amount", .minorUnits(.max), refused: .captureExceedsAuthorization),
        Row("a tip", .minorUnits(1250), of: Sample.tipping, 1250),
        Row(
            "a tip that is a cent too large", .minorUnits(1251), of: Sample.tipping,
            refused: .captureExceedsAuthorization),
        Row("zero", .minorUnits(0), refused: .invalidAmount), Row("negative", .minorUnits(-1), refused: .invalidAmount),
        Row("the smallest amount", .minorUnits(.min), refused: .invalidAmount),
        Row("no amount at all", .unreadable(.notADecimal), refused: .invalidAmount),
    ])
    func capturing(_ row: Row) throws {
        let (world, transaction, outcome) = try perform(row, .capture)
        guard let result = row.result else { return }
        let batch = try #require(outcome.view?.batch)
        #expect(world.current(transaction)?.approved.minorUnits == result)
        #expect(world.current(transaction)?.capturedAt == world.now(at: Sample.real))
        #expect(world.books.ledger.totals(of: batch).captured == result)
    }

    @Test(arguments: [
        Row("all of a credit", nil, -1000), Row("a part of a credit", .minorUnits(-400), -400),
        Row("more than the credit", .minorUnits(-1001), refused: .captureExceedsAuthorization),
        Row("a positive amount of a credit", .minorUnits(400), refused: .invalidAmount),
    ])
    func capturingCredits(_ row: Row) throws {
        var world = Sample.world()
        let credit = try world.authorize(-1000, of: Sample.crediting)
        let outcome = try world.run(Capture(world.followUp(credit), amount: row.amount))
        #expect(outcome.refusal == row.refusal)
        #expect(world.current(credit)?.approved.minorUnits == row.result ?? -1000)
    }

    @Test(arguments: [
        Row("all of it", nil, 0), Row("zero means all", .minorUnits(0), 0), Row("missing means all", .missing, 0),
        Row("the whole amount", .minorUnits(1000), 0), Row("a part", .minorUnits(400), 600),
        Row("all but a cent", .minorUnits(999), 1), Row("too much", .minorUnits(1001), refused: .invalidAmount),
        Row("negative", .minorUnits(-400), refused: .invalidAmount),
        Row("no amount at all", .unreadable(.tooManyDecimals), refused: .invalidAmount),
        Row("all of a capture", nil, from: .queued, 0),
        Row("the whole amount of a capture", .minorUnits(1000), from: .queued, 0),
        Row("a part of a capture", .minorUnits(400), from: .queued, refused: .invalidAmount),
    ])
    func voiding(_ row: Row) throws {
        let (world, transaction, outcome) = try perform(row, .void)
        guard let result = row.result else { return }
        #expect(outcome.told.code == "00" && outcome.authorizationCode == "REVERS")
        #expect(outcome.view?.transaction.approved.minorUnits == result)
        #expect(world.current(transaction)?.approved.minorUnits == result)
        #expect(world.status(transaction) == (result == 0 ? .voided : .authorized))
        #expect((world.current(transaction)?.voidedAt != nil) == (result == 0))
        if row.start == .queued {
            let batch = try #require(world.books.ledger.allBatches.first)
            #expect(world.books.ledger.totals(of: batch.id).captureCount == 0)
        }
    }

    @Test func whatAPartialVoidLeftIsCaptured() throws {
        var world = Sample.world()
        let transaction = try world.authorize(2000)
        let target = world.followUp(transaction)
        #expect(try world.run(VoidTransaction(target, amount: .minorUnits(500))).refusal == nil)
        #expect(try world.run(Capture(target, amount: .minorUnits(1501))).refusal == .captureExceedsAuthorization)
        #expect(try world.run(Capture(target, amount: nil)).view?.transaction.approved.minorUnits == 1500)
    }

    @Test(arguments: [
        Row("all of it", nil, from: .accepted, 1000), Row("missing means all", .missing, from: .accepted, 1000),
        Row("the whole amount", .minorUnits(1000), from: .accepted, 1000),
        Row("a part", .minorUnits(1), from: .accepted, 1),
        Row("a cent too much", .minorUnits(1001), from: .accepted, refused: .refundExceedsCapture),
        Row("zero", .minorUnits(0), from: .accepted, refused: .invalidAmount),
        Row("negative", .minorUnits(-1), from: .accepted, refused: .invalidAmount),
        Row("no amount at all", .unreadable(.empty), from: .accepted, refused: .invalidAmount),
        Row(
            "a part where only all is allowed", .minorUnits(999), of: Sample.other, from: .accepted,
            refused: .partialRefundsNotSupported),
        Row("all where only all is allowed", .minorUnits(1000), of: Sample.other, from: .accepted, 1000),
    ])
    func refunding(_ row: Row) throws {
        let (world, transaction, outcome) = try perform(row, .refund)
        guard let result = row.result else { return }
        let refund = try #require(outcome.view).transaction
        #expect(refund.reference != transaction.reference)
        #expect(refund.requested.minorUnits == result && refund.approved.minorUnits == result)
        #expect(refund.account == transaction.account)
        #expect(refund.avs == nil && refund.cvv == nil && refund.refunded == 0)
        #expect(world.current(transaction)?.refunded == result)
        #expect(world.current(transaction)?.approved.minorUnits == 1000)
        let batch = try #require(outcome.view?.batch)
        #expect(world.books.ledger.totals(of: batch).refunded == result)
    }

    @Test func partialRefundsAddUpToTheCapture() throws {
        var world = Sample.world()
        let sale = try world.transaction(in: .accepted)
        for part: Int64 in [300, 300, 399] {
            #expect(try world.run(Refund(world.followUp(sale), amount: .minorUnits(part))).refusal == nil)
        }
        let target = world.followUp(sale)
        #expect(try world.run(Refund(target, amount: .minorUnits(2))).refusal == .refundExceedsCapture)
        #expect(try world.run(Refund(target, amount: nil)).view?.transaction.approved.minorUnits == 1)
        #expect(try world.run(Refund(target, amount: nil)).refusal == .refundExceedsCapture)
        #expect(try world.run(Refund(target, amount: .minorUnits(1))).refusal == .refundExceedsCapture)
    }

    @Test func aVoidedRefundGivesTheMoneyBackToTheOriginal() throws {
        var world = Sample.world()
        let sale = try world.transaction(in: .accepted)
        let refund = try #require(try world.run(Refund(world.followUp(sale), amount: .minorUnits(400))).view)
            .transaction
        #expect(try world.run(VoidTransaction(world.followUp(refund), amount: nil)).refusal == nil)
        #expect(world.current(sale)?.refunded == 0)
        #expect(world.status(refund) == .voided)
        #expect(try world.run(Refund(world.followUp(sale), amount: nil)).view?.transaction.approved.minorUnits == 1000)
    }

    @Test func whatIsRefundedBeforeSettlementCannotBeVoided() throws {
        var world = Sample.world()
        let sale = try world.transaction(in: .queued, of: Sample.early)
        _ = try world.run(Refund(world.followUp(sale), amount: .minorUnits(1)))
        #expect(try world.run(VoidTransaction(world.followUp(sale), amount: nil)).refusal == .noMatchingAuthorization)
    }

    struct AgeRow: CustomTestStringConvertible, Sendable {
        let testDescription: String
        let age: Duration
        let refusal: Refusal?
    }

    @Test(arguments: [
        AgeRow(testDescription: "after thirty days", age: .seconds(30 * 86_400), refusal: nil),
        AgeRow(
            testDescription: "a nanosecond later", age: .seconds(30 * 86_400) + .nanoseconds(1), refusal: .voidTooLate),
    ])
    func voidsHaveTime(_ row: AgeRow) throws {
        var world = Sample.world()
        let transaction = try world.authorize(1000)
        try world.advance(row.age)
        #expect(try world.run(VoidTransaction(world.followUp(transaction), amount: nil)).refusal == row.refusal)
    }

    @Test(arguments: [GatewaySettings.SecondVoid.approveAgain, .refuse])
    func secondVoids(_ setting: GatewaySettings.SecondVoid) throws {
        var world = Sample.world(Sample.behavior { $0.gateway.secondVoid = setting })
        let transaction = try world.transaction(in: .voided)
        let before = world.books
        let outcome = try world.run(VoidTransaction(world.followUp(transaction), amount: nil))
        #expect(outcome.refusal == (setting == .refuse ? .noMatchingAuthorization : nil))
        #expect(world.books == before)
    }

    // MARK: - Refunds online and by amount

    struct RefundRow: CustomTestStringConvertible, Sendable {
        let testDescription: String
        let merchant: MerchantKey
        let sale: Int64
        let refund: Int64
        let processor: ProcessorName
        let code: String
        let isApproved: Bool

        init(
            _ name: String, of merchant: MerchantKey, _ refund: Int64, of sale: Int64, _ processor: ProcessorName,
            _ code: String, isApproved: Bool = true
        ) {
            testDescription = name
            self.merchant = merchant
            self.sale = sale
            self.refund = refund
            self.processor = processor
            self.code = code
            self.isApproved = isApproved
        }
    }

    @Test(arguments: [
        RefundRow("online", of: Sample.late, 100, of: 1000, "AAA", "00"),
        RefundRow("offline", of: Sample.early, 100, of: 1000, "GATE", "offlineApproval"),
        RefundRow("declined by its amount", of: Sample.late, 705_100, of: 900_000, "AAA", "51", isApproved: false),
        RefundRow(
            "declined by its amount, offline", of: Sample.early, 705_100, of: 900_000, "BBB", "51", isApproved: false),
        RefundRow("of a sale just large enough", of: Sample.late, 705_100, of: 800_000, "AAA", "51", isApproved: false),
        RefundRow("of a sale just too small", of: Sample.late, 705_100, of: 799_999, "AAA", "00"),
        RefundRow("of a code that is not in the table", of: Sample.late, 703_300, of: 900_000, "AAA", "00"),
        RefundRow("in production", of: Sample.lateInProduction, 705_100, of: 900_000, "AAA", "00"),
    ])
    func onlineOfflineAndByAmount(_ row: RefundRow) throws {
        // The sale of 7999.99 would be read as a code of two digits that is too long: it approves.
        var world = Sample.world()
        let sale = try world.authorize(row.sale, of: row.merchant, capture: true)
        _ = try world.settleNow(at: Sample.real)
        let outcome = try world.run(Refund(world.followUp(sale), amount: .minorUnits(row.refund)))
        #expect(outcome.refusal == nil)
        #expect(outcome.told.processor == row.processor && outcome.told.code == row.code)
        let refund = try #require(outcome.view).transaction
        #expect(world.current(refund) == refund)
        #expect(world.status(refund) == (row.isApproved ? .queued : .declined))
        #expect(world.current(sale)?.refunded == (row.isApproved ? row.refund : 0))
        if row.processor == "GATE" { #expect(outcome.authorizationCode == "REFUND") }
        if row.processor == "AAA", row.isApproved { #expect(outcome.authorizationCode?.hasPrefix("T") == true) }
        if !row.isApproved { #expect(outcome.authorizationCode == nil && refund.approved.minorUnits == 0) }
    }

    @Test func refundsInheritTheOrderUnlessTheyHaveOne() throws {
        var world = Sample.world()
        let sale = try world.authorize(1000, capture: true) { $0.orderID = "first" }
        _ = try world.settleNow(at: Sample.real)
        let inherited = try world.run(Refund(world.followUp(sale), amount: .minorUnits(1)))
        #expect(inherited.view?.transaction.details.orderID == "first")
        let own = try world.run(Refund(world.followUp(sale), amount: .minorUnits(1), orderID: "second"))
        #expect(own.view?.transaction.details.orderID == "second")
        let masked = try world.run(Refund(world.followUp(sale), amount: .minorUnits(1), orderID: OrderID(Sample.plain)))
        #expect(masked.view?.transaction.details.orderID?.text.hasPrefix("****") == true)
    }
}
