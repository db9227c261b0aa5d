import Emulator
import HTTP
import JSON
import Processor
import ServiceKit
import TestSupport
import Testing

/// What accounts of a gateway may have: as many as a scenario says, and not one more.
@Suite struct LimitTests {
    private static func bench(_ limits: String, extending base: String = "uat-plain") throws -> GatewayBench {
        try GatewayBench(.inline("understudy: scenario/1\nname: small\nextends: \(base)\nlimits: { \(limits) }\n"))
    }

    private static func text(_ answer: Session.Answer) -> String { answer.json["msg"]?.text ?? answer.raw.text }

    /// Objects that are made one by one.
    struct Row: CustomTestStringConvertible, Sendable {
        let name: String
        let limit: String
        /// How many can be made, beside those that the scenario or the customer has.
        let room: Int
        let path: String
        let refusal: String
        let body: @Sendable (Int) -> JSONValue

        init(
            _ name: String, _ limit: String, room: Int, _ path: String, _ refusal: String,
            _ body: @escaping @Sendable (Int) -> JSONValue
        ) {
            self.name = name
            self.limit = limit
            self.room = room
            self.path = path
            self.refusal = "bad request error: \(refusal)"
            self.body = body
        }

        var testDescription: String { name }
    }

    static let cards = ["5555555555554444", "6011111111111117", "4012888888881881"]

    static let rows: [Row] = [
        // The account has two users in the scenario.
        Row("users", "users: 4", room: 2, "/api/user", "the limit of users is reached") { number in
            [
                "username": .string("newuser0\(number)"), "name": "New", "phone": "5555550101",
                "email": "new@example.com", "timezone": "UTC", "password": "T@est12345678", "status": "active",
                "role": "standard",
            ]
        },
        Row("add-ons", "catalog: 2", room: 2, "/api/recurring/addon", "the limit is reached") { _ in
            ["name": "a", "amount": 100, "duration": 0]
        },
        Row("discounts", "catalog: 2", room: 2, "/api/recurring/discount", "the limit is reached") { _ in
            ["name": "a", "amount": 100, "duration": 0]
        },
        Row("plans", "catalog: 2", room: 2, "/api/recurring/plan", "the limit is reached") { _ in
            [
                "name": "gold", "amount": 1000, "billing_cycle_interval": 1, "billing_frequency": "monthly",
                "billing_days": "0", "duration": 4,
            ]
        },
        Row("subscriptions", "subscriptions: 2", room: 2, "/api/recurring/subscription", "the limit is reached") { _ in
            [
                "amount": 1000, "billing_cycle_interval": 1, "billing_frequency": "monthly", "billing_days": "1",
                "duration": 0, "customer": ["id": "one"], "next_bill_date": "2030-02-01",
            ]
        },
        // The customer has one of each.
        Row(
            "addresses", "customerParts: 3", room: 2, "/api/vault/customer/one/address",
            "the limit of addresses is reached"
        ) { number in
            [
                "first_name": "Ada", "last_name": "Example", "line_1": .string("\(number) Far Rd"), "city": "Boise",
                "state": "ID", "postal_code": "83702", "country": "US",
            ]
        },
        Row(
            "payment methods", "customerParts: 3", room: 2, "/api/vault/customer/one/card",
            "the limit of payment methods is reached"
        ) { number in ["number": .string(cards[number]), "expiration_date": "12/31"] },
        Row("customers", "profiles: 3", room: 2, "/api/vault/customer", "the limit of customers is reached") { number in
            ["default_payment": ["card": ["number": .string(cards[number]), "expiration_date": "12/31"]]]
        },
    ]

    @Test(arguments: rows) func oneMoreIsRefused(_ row: Row) throws {
        let bench = try Self.bench(row.limit)
        let customer = try bench.post(
            "/api/vault/customer",
            [
                "id": "one", "default_payment": ["card": ["number": "4111111111111111", "expiration_date": "12/39"]],
                "default_billing_address": ["first_name": "Ada", "line_1": "1 Main St", "postal_code": "60187"],
            ])
        #expect(customer.status == 200, "\(customer.raw.text)")
        for number in 0..<row.room {
            let answer = try bench.post(row.path, row.body(number))
            #expect(answer.status == 200, "\(answer.raw.text)")
        }
        let refused = try bench.post(row.path, row.body(row.room))
        #expect(refused.status == 400)
        #expect(Self.text(refused) == row.refusal)
    }

    @Test func modifiersOfAPlan() throws {
        let bench = try Self.bench("modifiers: 2")
        let made = try bench.post("/api/recurring/addon", ["name": "a", "amount": 100, "duration": 0])
        let addOn: JSONValue = ["id": .string(made.json["data"]?["id"]?.text ?? "")]
        func plan(_ count: Int) throws -> Session.Answer {
            try bench.post(
                "/api/recurring/plan",
                [
                    "name": "gold", "amount": 1000, "billing_cycle_interval": 1, "billing_frequency": "monthly",
                    "billing_days": "0", "duration": 4, "add_ons": .array(Array(repeating: addOn, count: count)),
                ])
        }
        #expect(try plan(2).status == 200)
        let refused = try plan(3)
        #expect(refused.status == 400 && Self.text(refused) == "bad request error: the limit is reached")
    }

    @Test func severalPaymentsInOneRequest() throws {
        let bench = try Self.bench("severalPayments: 2")
        func pay(_ count: Int) throws -> Session.Answer {
            try bench.post(
                "/api/transaction/multi",
                [
                    "payment_method": GatewayBench.card("4111111111111111"),
                    "transactions": .array((1...count).map { ["type": "sale", "amount": JSONValue($0 * 100)] }),
                ])
        }
        #expect(try pay(2).json["total_count"]?.integer == 2)
        let refused = try pay(3)
        #expect(refused.status == 400)
        #expect(Self.text(refused) == "bad request error: invalid transactions: more than 2")
        #expect(try bench.search(["created_at": GatewayBench.ever]).count == 2, "nothing of it was paid")
    }

    @Test func theOldestSessionIsForgotten() throws {
        let bench = try Self.bench("sessions: 2")
        let tokens = try (0..<3).map { _ in
            let answer = try bench.session.send(
                .post, "/api/token-auth", json: ["username": "testmerchant", "password": "T@est12345678"])
            return try #require(answer.json["token"]?.text)
        }
        let statuses = try tokens.map { token in
            try bench.session.send(.get, "/api/user", headers: ["Authorization": "Bearer \(token)"]).status
        }
        #expect(statuses == [401, 200, 200])
    }

    /// Who has signed out takes no place, and nobody's place is lost.
    @Test func whoSignsOutMakesRoom() throws {
        let bench = try Self.bench("sessions: 2")
        func signIn() throws -> HTTPFields {
            let answer = try bench.session.send(
                .post, "/api/token-auth", json: ["username": "testmerchant", "password": "T@est12345678"])
            return ["Authorization": "Bearer \(try #require(answer.json["token"]?.text))"]
        }
        let first = try signIn()
        for _ in 0..<10 {
            #expect(try bench.session.send(.get, "/api/logout", headers: signIn()).status == 200)
            #expect(try bench.session.send(.get, "/api/user", headers: first).status == 200)
        }
        _ = try (0..<2).map { _ in try signIn() }
        #expect(try bench.session.send(.get, "/api/user", headers: first).status == 401)
    }

    @Test func resultsOfTests() throws {
        let bench = try Self.bench("webhookTests: 2", extending: "fluidpay-webhooks")
        var books: WebhookBook { bench.session.emulator.worlds.main.snapshot.books.gateway.webhooks }
        for _ in 0..<3 {
            let answer = try bench.post(
                "/api/merchant/testmerchant12345678/webhook/test", ["url": "http://127.0.0.1:9000/test"])
            #expect(answer.status == 200, "\(answer.raw.text)")
        }
        #expect((1...3).map { books.testResult($0) != nil } == [false, true, true])
    }

    @Test func messagesThatAreDone() throws {
        let bench = try Self.bench("webhookHistory: 2", extending: "fluidpay-webhooks")
        let sale: JSONValue = [
            "type": "sale", "amount": 1112, "payment_method": GatewayBench.card("4111111111111111"),
        ]
        var books: WebhookBook { bench.session.emulator.worlds.main.snapshot.books.gateway.webhooks }
        for expected in [[1], [1, 2], [2, 3]] {
            #expect(try bench.post("/api/transaction", sale).status == 200)
            try bench.session.advance(by: .seconds(1))
            #expect(books.known.filter { $0.attempts == nil }.map(\.message.number) == expected)
        }
    }
}
