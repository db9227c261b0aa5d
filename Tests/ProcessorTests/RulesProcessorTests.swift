import Payments
import Processor
import Testing

/// A rule with `processor` applies to every command about a merchant of that processor, and to no other merchant.
@Suite struct RulesProcessorTests {
    struct Row: CustomTestStringConvertible, Sendable {
        let testDescription: String
        /// Delay of the answer, once the command was performed for a merchant.
        let delay: @Sendable (inout World, MerchantKey) throws -> Duration

        init<C: Command>(_ name: String, _ command: @escaping @Sendable (MerchantKey) -> C) {
            testDescription = name
            delay = { world, merchant in try world.perform(command(merchant), at: Sample.real).delivery.delay }
        }
    }

    private static let rows = [
        Row("settlement by day") {
            InquireSettlement(
                service: "test", merchant: $0, filter: .closed(on: RecentDay(year: nil, month: 1, day: 2)))
        },
        Row("settlement, what is new") { InquireSettlement(service: "test", merchant: $0, filter: .new) },
        Row("funding") {
            InquireFunding(service: "test", merchant: $0, day: RecentDay(year: nil, month: 1, day: 2))
        },
        Row("deposits") {
            InquireDeposits(service: "test", merchant: $0, day: RecentDay(year: nil, month: 1, day: 2))
        },
        Row("openbatch") { OpenBatch(service: "test", merchant: $0, source: "till") },
        Row("closebatch") { CloseBatch(service: "test", merchant: $0, number: nil) },
        Row("billing") { BillingCommand(service: "test", merchant: $0, action: .cancel(plan: 1)) },
        Row("inquiry by order id") {
            InquireByOrder(service: "test", merchant: $0, order: "o", onlyThisMerchant: false)
        },
    ]

    @Test(arguments: rows)
    func aRuleWithAProcessor(_ row: Row) throws {
        var conditions = RuleConditions()
        conditions.processors = ["AAA"]
        let slow = Rule(
            name: "slow", conditions: conditions, action: RuleAction(delivery: Delivery(delay: .seconds(5))))
        var world = Sample.world(Sample.behavior(rules: [slow]))
        #expect(try row.delay(&world, Sample.late) == .seconds(5))
        #expect(try row.delay(&world, Sample.early) == .zero, "its processor is BBB")
    }
}
