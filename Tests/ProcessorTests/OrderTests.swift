import Payments
import Processor
import Testing

@Suite struct OrderTests {
    private func inquire(
        _ order: OrderID, _ merchant: MerchantKey = Sample.late, only: Bool = false, in world: inout World
    ) throws -> [TransactionID] {
        try world.run(InquireByOrder(service: "test", merchant: merchant, order: order, onlyThisMerchant: only))
            .found.map(\.transaction.id)
    }

    private func void(
        _ order: OrderID, _ merchant: MerchantKey = Sample.late, _ amount: Authorize.AmountEntry? = nil,
        in world: inout World
    ) throws -> FollowUpOutcome {
        try world.run(VoidByOrder(service: "test", merchant: merchant, order: order, amount: amount))
    }

    @Test func inquiriesFindTheSiteOrOneMerchantOldestFirst() throws {
        var world = Sample.world()
        var found: [MerchantKey: [TransactionID]] = [:]
        for (number, merchant) in [
            Sample.late, .init(scope: Sample.scope, id: "EARLY"), Sample.late, Sample.other,
            Sample.lateInProduction, Sample.late,
        ].enumerated() {
            let declines = number == 2
            let transaction = try world.authorize(declines ? 705_100 : 100, of: merchant) { $0.orderID = "o" }
            found[merchant, default: []].append(transaction.id)
            _ = try world.authorize(100, of: merchant) { $0.orderID = "another" }
            _ = try world.authorize(100, of: merchant)
        }
        let late = try #require(found[Sample.late])
        let site = try #require(found[Sample.early]) + late
        #expect(try inquire("o", in: &world) == site.sorted())
        #expect(try inquire("o", only: true, in: &world) == late)
        #expect(try inquire("o", Sample.early, only: true, in: &world) == found[Sample.early])
        #expect(try inquire("o", Sample.other, in: &world) == found[Sample.other])
        #expect(try inquire("o", Sample.lateInProduction, in: &world) == found[Sample.lateInProduction])
        #expect(try inquire("none", in: &world) == [])
        #expect(try inquire("O", in: &world) == [], "order ids are compared as they are")
    }

    @Test func aVoidTakesTheNewestThatWasNotDeclined() throws {
        var world = Sample.world()
        let first = try world.authorize(100) { $0.orderID = "o" }
        let second = try world.authorize(200, capture: true) { $0.orderID = "o" }
        let declined = try world.authorize(705_100) { $0.orderID = "o" }
        let stranger = try world.authorize(300, of: Sample.early) { $0.orderID = "o" }
        // Meant to be sent three times after a lost answer (reference §6): the second and third change nothing.
        #expect(try void("o", in: &world).view?.transaction.id == second.id)
        let after = world.books
        for _ in 0..<2 {
            let again = try void("o", in: &world)
            #expect(again.told.status == .approved && again.view?.transaction.id == second.id)
            #expect(world.books == after)
        }
        #expect(world.status(first) == .authorized)
        #expect(world.status(second) == .voided)
        #expect(world.status(declined) == .declined)
        #expect(world.status(stranger) == .authorized)
        #expect(try void("o", Sample.early, in: &world).view?.transaction.id == stranger.id)
    }

    @Test func aVoidByOrderTakesAnAmount() throws {
        var world = Sample.world()
        let transaction = try world.authorize(1000) { $0.orderID = "o" }
        #expect(try void("o", Sample.late, .minorUnits(400), in: &world).view?.transaction.approved.minorUnits == 600)
        #expect(world.status(transaction) == .authorized)
    }

    struct Row: CustomTestStringConvertible, Sendable {
        let testDescription: String
        let order: OrderID
        let merchant: MerchantKey
    }

    @Test(arguments: [
        Row(testDescription: "an unknown order", order: "none", merchant: Sample.late),
        Row(testDescription: "an empty order", order: "", merchant: Sample.late),
        Row(testDescription: "another merchant", order: "o", merchant: Sample.early),
        Row(testDescription: "another site", order: "o", merchant: Sample.other),
        Row(testDescription: "only declined ones", order: "declined", merchant: Sample.late),
    ])
    func whatIsNotFoundIsNotVoided(_ row: Row) throws {
        var world = Sample.world()
        _ = try world.authorize(1000) { $0.orderID = "o" }
        _ = try world.authorize(705_100) { $0.orderID = "declined" }
        _ = try world.authorize(1000)
        let before = world.books
        #expect(try void(row.order, row.merchant, in: &world).refusal == .transactionNotFound)
        #expect(world.books == before)
    }
}
