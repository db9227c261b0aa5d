import JSON
import PropertySupport
import Processor
import TestSupport
import Testing

/// Ten years of random subscriptions: no date is skipped and none is billed twice, however the clock moves.
@Suite struct RecurringPropertyTests {
    private static func plan(_ random: inout TestRandom) -> CalendarOracle {
        let first = CalendarDay(year: 2030, month: 1 + random.below(12), day: 1 + random.below(28))
        // The ends of months, and the day that only leap years have, come often.
        func day() -> Int { random.chance(1, of: 2) ? random.pick([0, 28, 29, 30, 31]) : 1 + random.below(28) }
        switch random.below(3) {
        case 0: return CalendarOracle(frequency: "monthly", interval: 1 + random.below(14), days: [day()], first: first)
        case 1:
            let one = day()
            var two = day()
            while two == one { two = day() }
            return CalendarOracle(
                frequency: "twice_monthly", interval: 1 + random.below(3), days: [one, two], first: first)
        default:
            return CalendarOracle(
                frequency: "daily", interval: 1 + random.below(3), days: [7 + random.below(60)], first: first)
        }
    }

    private func subscribe(_ oracle: CalendarOracle, _ bench: GatewayBench) throws -> String {
        let made = try bench.post(
            "/api/recurring/subscription",
            [
                "customer": ["id": "payer"], "amount": 100, "billing_frequency": .string(oracle.frequency),
                "billing_cycle_interval": JSONValue(oracle.interval),
                "billing_days": .string(oracle.days.map(String.init).joined(separator: ",")),
                "next_bill_date": .string(oracle.first.text),
            ])
        return try #require(made.json["data"]?["id"]?.stringValue, "\(oracle): \(made.raw.text)")
    }

    /// Four subscriptions of one customer each: their bills fall on the same days, and between each other.
    @Test(arguments: PropertySeeds.many.prefix(24))
    func everyDateOnce(seed: UInt64) throws {
        var random = TestRandom(seed: seed)
        let bench = try GatewayBench(clock: "2030-01-01T03:00:00Z")
        _ = try bench.post(
            "/api/vault/customer", ["id": "payer", "default_payment": GatewayBench.card("4111111111111111")])
        let subscribed = try (0..<4).map { _ in
            let oracle = Self.plan(&random)
            return (id: try subscribe(oracle, bench), oracle: oracle)
        }
        // 3652 days from the beginning of 2030 end with 2039, at noon.
        var left = 3651 * 24 + 9
        while left > 0 {
            let hours = min(left, 1 + random.below(random.pick([24, 24 * 40, 24 * 900])))
            try bench.session.advance(by: .seconds(hours * 3600))
            left -= hours
        }
        for (id, oracle) in subscribed {
            let bills = try bench.search([
                "subscription_id": ["operator": "=", "value": .string(id)], "created_at": GatewayBench.ever,
            ])
            let expected = oracle.days(through: CalendarDay(year: 2039, month: 12, day: 31))
            #expect(
                bills.reversed().map { $0.string("created_at") } == expected.map { $0.text + "T06:00:00Z" },
                "seed \(seed): \(oracle)")
            #expect(Set(bills.map { $0.string("id") }).count == bills.count, "seed \(seed)")
        }
    }
}
