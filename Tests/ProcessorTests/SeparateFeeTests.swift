import Payments
import Processor
import Testing

/// Fees that are transactions of their own, and fees that are part of the payment.
@Suite struct SeparateFeeTests {
    private func fee(_ payment: Transaction, _ world: World) -> Transaction? {
        payment.fee?.separate.flatMap { world.books.ledger[$0.value.transaction] }
    }

    private func world(
        _ fee: MerchantFee?, rules: [Rule] = [], of id: MerchantID = "LATE"
    ) -> World {
        Sample.world(
            Sample.behavior(rules: rules) { parts in
                parts.directory = Directory(
                    sites: parts.directory.sites.map { site in
                        var site = site
                        for place in site.merchants.indices where site.merchants[place].id == id {
                            site.merchants[place].fee = fee
                        }
                        return site
                    })
            })
    }

    struct Row: CustomTestStringConvertible, Sendable {
        let testDescription: String
        let rate: MerchantFee.Rate
        let amount: Int64
        let fee: Int64?

        init(_ name: String, _ rate: MerchantFee.Rate, of amount: Int64, _ fee: Int64?) {
            testDescription = name
            self.rate = rate
            self.amount = amount
            self.fee = fee
        }
    }

    @Test(arguments: [
        Row("a share", .percent(basisPoints: 250), of: 10_000, 250),
        Row("half a cent is rounded up", .percent(basisPoints: 250), of: 20, 1),
        Row("less than half a cent is nothing", .percent(basisPoints: 250), of: 19, nil),
        Row("a flat fee", .flat(minorUnits: 99), of: 1, 99),
        Row("a fee of nothing", .flat(minorUnits: 0), of: 1000, nil),
        Row("a verification", .flat(minorUnits: 99), of: 0, nil),
        Row("a payment that is declined by its amount", .flat(minorUnits: 99), of: 705_100, nil),
    ])
    func whatIsCharged(_ row: Row) throws {
        var world = world(MerchantFee(kind: .service, rate: row.rate, merchant: "EARLY"))
        let payment = try world.authorize(row.amount, capture: true)
        #expect(fee(payment, world)?.approved.minorUnits == row.fee)
        #expect(fee(payment, world)?.merchant == (row.fee == nil ? nil : Sample.early))
        #expect(world.books.ledger.count == (row.fee == nil ? 1 : 2))
        #expect(payment.approved.minorUnits == (payment.isApproved ? row.amount : 0))
        #expect(world.current(payment) == payment)
        if let own = fee(payment, world) { #expect(world.status(own) == .queued) }
    }

    @Test func aPartOrACreditBearsNone() throws {
        var world = world(MerchantFee(kind: .service, rate: .flat(minorUnits: 99)), of: "CREDIT")
        let part = try world.authorize(1000, Sample.partial, of: Sample.crediting)
        let credit = try world.authorize(-1000, of: Sample.crediting)
        #expect(part.approved.minorUnits == 500 && part.fee == nil && credit.isApproved && credit.fee == nil)
    }

    @Test func underTheOwnMerchantIDItHasAReferenceOfItsOwn() throws {
        var world = world(MerchantFee(kind: .service, rate: .flat(minorUnits: 99)))
        let payment = try world.authorize(1000) { $0.orderID = "order" }
        let own = try #require(fee(payment, world))
        #expect(own.merchant == Sample.late && own.reference != payment.reference && own.details.orderID == nil)
        let found = try world.run(
            InquireByOrder(service: "test", merchant: Sample.late, order: "order", onlyThisMerchant: true)
        ).found
        #expect(found.map(\.transaction.id) == [payment.id])
        // The next payment goes on behind the fee.
        let next = try world.authorize(1000)
        #expect(![payment.reference, own.reference].contains(next.reference))
    }

    @Test func aDeclinedFeeDeclinesThePayment() throws {
        // 7051.00 is declined by its amount; it is half of the payment.
        var world = world(
            MerchantFee(kind: .service, rate: .percent(basisPoints: 5000), merchant: "EARLY"))
        let outcome = try world.run(Authorize(Sample.late, Sample.plain, 1_410_200, capture: true))
        #expect(outcome.told.code == "serviceFeeDeclined" && outcome.batch == nil)
        let all = world.books.ledger.all
        #expect(all.map(\.merchant) == [Sample.late, Sample.early] && all.allSatisfy { $0.stage == .declined })
        #expect(world.books.ledger.batchCount == 0, "nothing was captured")
    }

    @Test func rulesDecideAboutFeesApart() throws {
        var conditions = RuleConditions()
        conditions.operations = ["fee"]
        let rule = Rule(
            name: "no fees", conditions: conditions, action: RuleAction(answer: .respond(code: "51", text: nil)))
        var world = world(MerchantFee(kind: .service, rate: .flat(minorUnits: 99)), rules: [rule])
        #expect(try world.run(Authorize(Sample.late, Sample.plain, 1000)).told.code == "serviceFeeDeclined")
        #expect(try world.authorize(1000, of: Sample.early).isApproved, "it has no fee")
    }

    @Test func aMerchantThatNobodyKnowsBooksNothing() throws {
        var world = world(MerchantFee(kind: .service, rate: .flat(minorUnits: 99), merchant: "NOBODY"))
        let outcome = try world.run(Authorize(Sample.late, Sample.plain, 1000))
        #expect(outcome.told.code == "serviceFeeDeclined" && world.books.ledger.count == 1)
    }

    @Test func whatIsOnlyToldIsNotCharged() throws {
        var told = MerchantFee(kind: .service, rate: .flat(minorUnits: 99))
        told.isCharged = false
        var world = world(told)
        #expect(try world.authorize(1000).fee == nil)
        #expect(world.books.ledger.count == 1)
    }

    @Test func aServiceFeeCanBePartOfThePayment() throws {
        var world = world(MerchantFee(kind: .service, rate: .flat(minorUnits: 99), isSeparate: false))
        let payment = try world.authorize(1000)
        #expect(payment.approved.minorUnits == 1099 && payment.fee?.minorUnits == 99)
        #expect(world.books.ledger.count == 1)
    }

    /// What refunds of parts give back is, in the end, the whole fee.
    @Test(arguments: [[1000], [333, 333, 334], [1, 998, 1], [500, 499, 1]])
    func refundsOfPartsGiveTheWholeFeeBack(_ parts: [Int64]) throws {
        var world = world(MerchantFee(kind: .service, rate: .percent(basisPoints: 333), merchant: "EARLY"))
        let payment = try world.authorize(1000, capture: true)
        _ = try world.settleNow(at: Sample.real)
        for part in parts {
            #expect(try world.run(Refund(world.followUp(payment), amount: .minorUnits(part))).told.status == .approved)
        }
        let own = try #require(fee(payment, world))
        #expect(own.approved.minorUnits == 33 && own.refunded == 33)
        #expect(try world.run(Refund(world.followUp(payment), amount: nil)).refusal == .refundExceedsCapture)
    }

    @Test func aVoidedRefundTakesTheFeeBackAgain() throws {
        var world = world(MerchantFee(kind: .service, rate: .percent(basisPoints: 1000), merchant: "EARLY"))
        let payment = try world.authorize(1000, capture: true)
        _ = try world.settleNow(at: Sample.real)
        let refund = try #require(try world.run(Refund(world.followUp(payment), amount: nil)).view?.transaction)
        #expect(fee(payment, world)?.refunded == 100)
        #expect(try world.run(VoidTransaction(world.followUp(refund), amount: nil)).told.status == .approved)
        #expect(fee(payment, world)?.refunded == 0 && world.current(payment)?.refunded == 0)
    }

    @Test func withoutItsFeeAPaymentStays() throws {
        var world = world(MerchantFee(kind: .service, rate: .flat(minorUnits: 99), merchant: "EARLY"))
        let payment = try world.authorize(1000)
        let own = try #require(fee(payment, world))
        _ = try world.run(VoidTransaction(world.followUp(own), amount: nil))
        let before = world.books
        #expect(try world.run(Capture(world.followUp(payment), amount: nil)).refusal == .serviceFeeNotFound)
        #expect(try world.run(VoidTransaction(world.followUp(payment), amount: nil)).refusal == .serviceFeeNotFound)
        #expect(world.books == before)
    }

    /// A processor that seems silent, while everything has happened: the fee, too.
    @Test func aLostAnswerHasChargedTheFee() throws {
        var conditions = RuleConditions()
        conditions.operations = ["authorization"]
        let rule = Rule(
            name: "lost", conditions: conditions,
            action: RuleAction(answer: .timeout(after: nil), delivery: Delivery(strikes: .after)))
        var world = world(MerchantFee(kind: .service, rate: .flat(minorUnits: 99), merchant: "EARLY"), rules: [rule])
        let outcome = try world.run(Authorize(Sample.late, Sample.plain, 1000, capture: true))
        #expect(outcome.told.code == "timedOut" && outcome.transaction.isApproved)
        #expect(fee(outcome.transaction, world).map { world.status($0) } == .queued)
    }
}
