import JSON
import PropertySupport
import TestSupport
import Testing

/// Random payments, captures, voids, refunds and nights: what goes back is never more than what settled.
@Suite struct RefundPropertyTests {
    @Test(arguments: PropertySeeds.many)
    func neverMoreThanSettled(seed: UInt64) throws {
        var random = TestRandom(seed: seed)
        let bench = try GatewayBench()
        var ids: [String] = []
        for _ in 0..<40 { try step(&random, bench, &ids, seed) }
        try audit(bench, seed)
    }

    private func step(
        _ random: inout TestRandom, _ bench: GatewayBench, _ ids: inout [String], _ seed: UInt64
    ) throws {
        switch random.below(ids.isEmpty ? 2 : 8) {
        case 0, 1:
            let card = random.pick(["4111111111111111", "4000000000000051", "4000000000000010", "4000000000000002"])
            let answer = try bench.post(
                "/api/transaction",
                [
                    "type": .string(random.pick(["sale", "authorize", "credit"])),
                    "amount": JSONValue(1 + random.below(10_000)), "payment_method": GatewayBench.card(card),
                ])
            #expect(answer.status == 200, "seed \(seed): \(answer.raw.text)")
            if let id = answer.json["data"]?["id"]?.stringValue { ids.append(id) }
        case 2:
            _ = try bench.post(
                "/api/transaction/\(random.pick(ids))/capture", ["amount": JSONValue(1 + random.below(10_000))])
        case 3: _ = try bench.post("/api/transaction/\(random.pick(ids))/void")
        case 4, 5, 6:
            let body: JSONValue = random.chance(1, of: 3) ? [:] : ["amount": JSONValue(1 + random.below(8_000))]
            let answer = try bench.post("/api/transaction/\(random.pick(ids))/refund", body)
            if answer.status == 200, let id = answer.json["data"]?["id"]?.stringValue { ids.append(id) }
        default: try bench.session.advance(by: .seconds((1 + random.below(40)) * 3600))
        }
    }

    private func audit(_ bench: GatewayBench, _ seed: UInt64) throws {
        let all = try bench.search(["created_at": GatewayBench.ever])
        let refunds = all.filter { $0.string("type") == "refund" }
        for payment in all where payment.string("type") != "refund" {
            let id = payment.string("id")
            let settled = payment.number("amount_settled")
            #expect(payment.number("amount_refunded") <= settled, "seed \(seed): \(id)")
            let given =
                refunds.filter { $0.string("referenced_transaction_id") == id && $0.string("status") != "voided" }
                .reduce(0) { $0 + $1.number("amount_captured") }
            #expect(given == payment.number("amount_refunded"), "seed \(seed): \(id)")
            #expect(settled <= payment.number("amount_authorized"), "seed \(seed): \(id)")
        }
    }
}
