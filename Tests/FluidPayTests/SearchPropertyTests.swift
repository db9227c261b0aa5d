import JSON
import PropertySupport
import TestSupport
import Testing

/// A search finds what looking at all payments finds, in the same order, page by page.
@Suite struct SearchPropertyTests {
    private static let orders = ["", "o-1", "o-2"]
    private static let customers = ["cust-1", "cust-2"]
    private static let statuses = ["authorized", "pending_settlement", "settled", "declined", "voided"]

    /// Most of the time goes into the payments: fewer worlds with more searches in each compare as much.
    @Test(arguments: PropertySeeds.many.prefix(40))
    func isAFilterOfAll(seed: UInt64) throws {
        var random = TestRandom(seed: seed)
        let bench = try GatewayBench()
        for id in Self.customers {
            _ = try bench.post(
                "/api/vault/customer", ["id": .string(id), "default_payment": GatewayBench.card("4111111111111111")])
        }
        for _ in 0..<24 { try pay(&random, bench) }
        let all = try bench.search(["created_at": GatewayBench.ever])
        for _ in 0..<24 {
            let filter = Filter(&random, among: all)
            let expected = all.filter(filter.isMeant).map { $0.string("id") }
            let found = try bench.search(filter.body).map { $0.string("id") }
            #expect(found == expected, "seed \(seed): \(JSONValue.object(filter.body).serializedText())")
            let page = try bench.post("/api/transaction/search", filter.page(limit: 3, offset: 2))
            #expect(page.json.number("total_count") == expected.count, "seed \(seed)")
            #expect(
                page.json["data"]?.array?.map { $0.string("id") } == Array(expected.dropFirst(2).prefix(3)),
                "seed \(seed): \(JSONValue.object(filter.body).serializedText())")
        }
    }

    private func pay(_ random: inout TestRandom, _ bench: GatewayBench) throws {
        let method: JSONValue =
            random.chance(1, of: 2)
            ? ["customer": ["id": .string(random.pick(Self.customers))]]
            : GatewayBench.card(random.pick(["4111111111111111", "4000000000000002"]))
        let answer = try bench.post(
            "/api/transaction",
            [
                "type": .string(random.pick(["sale", "authorize"])), "amount": JSONValue(1 + random.below(9)),
                "order_id": .string(random.pick(Self.orders)), "payment_method": method,
            ])
        #expect(answer.status == 200, "\(answer.raw.text)")
        if random.chance(1, of: 6), let id = answer.json["data"]?["id"]?.stringValue {
            _ = try bench.post("/api/transaction/\(id)/void")
        }
        try bench.session.advance(by: .seconds(random.pick([0, 1, 3600, 86_400])))
    }

    /// A search and what it should find.
    private struct Filter {
        var body: JSONObject = ["created_at": GatewayBench.ever]
        var isMeant: (JSONValue) -> Bool = { _ in true }

        init(_ random: inout TestRandom, among all: [JSONValue]) {
            let names: [(name: String, values: [String])] = [
                ("order_id", orders), ("customer_id", customers + [""]), ("status", statuses),
                ("type", ["sale", "authorize"]), ("transaction_id", all.prefix(3).map { $0.string("id") }),
            ]
            for (name, values) in names where random.chance(1, of: 3) {
                let value = random.pick(values)
                let isEqual = random.chance(2, of: 3)
                body[name] = ["operator": .string(isEqual ? "=" : "!="), "value": .string(value)]
                let member = name == "transaction_id" ? "id" : name
                add { ($0.string(member) == value) == isEqual }
            }
            if random.chance(1, of: 3) {
                let bound = 1 + random.below(9)
                body["amount"] = ["operator": "<", "value": JSONValue(bound)]
                add { $0.number("amount") < bound }
            }
            if random.chance(1, of: 2) {
                let ends = [random.pick(all), random.pick(all)].map { $0.string("created_at") }.sorted()
                body["created_at"] = ["start_date": .string(ends[0]), "end_date": .string(ends[1])]
                add { (ends[0]...ends[1]).contains($0.string("created_at")) }
            }
        }

        private mutating func add(_ condition: @escaping (JSONValue) -> Bool) {
            let before = isMeant
            isMeant = { before($0) && condition($0) }
        }

        func page(limit: Int, offset: Int) -> JSONValue {
            var body = body
            body["limit"] = JSONValue(limit)
            body["offset"] = JSONValue(offset)
            return .object(body)
        }
    }
}
