import Emulator
import HTTP
import JSON
import Payments
import Processor
import ServiceKit
import TestSupport
import Testing

/// Lengths and counts of the services' own documents, at the limit and one past it.
@Suite struct FixedLimitTests {
    struct Row: CustomTestStringConvertible, Sendable {
        let name: String
        let most: Int
        /// Of the answer to one more.
        let refusal: String
        let send: @Sendable (Session, Int) throws -> Session.Answer

        init(
            _ name: String, _ most: Int, _ refusal: String,
            _ send: @escaping @Sendable (Session, Int) throws -> Session.Answer
        ) {
            self.name = name
            self.most = most
            self.refusal = refusal
            self.send = send
        }

        var testDescription: String { "\(name): \(most)" }
    }

    private static func fluid(_ session: Session, _ path: String, _ body: JSONValue) throws -> Session.Answer {
        try session.send(
            .post, path, json: body, headers: ["Authorization": "api_Understudy00000000000000000"])
    }

    private static func bolt(_ session: Session, _ path: String, _ more: JSONObject) throws -> Session.Answer {
        let key = try connected(session)
        var body = more
        body["merchantId"] = "496160873888"
        body["hsn"] = "12145SC70108037"
        var headers = boltHeaders
        headers.append("X-CardConnect-SessionKey", key)
        return try session.send(.post, path, json: .object(body), headers: headers)
    }

    private static let boltHeaders: HTTPFields = [
        "Host": "bolt-uat.cardpointe.com", "Authorization": "dW5kZXJzdHVkeSBrZXkgb2YgdGVybWluYWxzIG9mIGZ0",
    ]

    private static func connected(_ session: Session) throws -> String {
        let answer = try session.send(
            .post, "/api/v2/connect", json: ["merchantId": "496160873888", "hsn": "12145SC70108037", "force": true],
            headers: boltHeaders)
        let header = try #require(answer.raw.headers["X-CardConnect-SessionKey"])
        return String(header.prefix { $0 != ";" })
    }

    private static func calculation(_ name: String) -> @Sendable (Session, Int) throws -> Session.Answer {
        { session, count in
            var body: JSONObject = [
                "processor_id": "b7kgflt1tlv51er0fts0", "amount": 100_000, "subtotal": 100_000, "currency": "USD",
                "payment_method": "card", "transaction_type": "sale",
            ]
            body[name] = .array(Array(repeating: ["type": "flat", "value": 1], count: count))
            return try fluid(session, "/api/calculate/amounts", .object(body))
        }
    }

    private static func text(_ count: Int) -> JSONValue { .string(String(repeating: "x", count: count)) }

    static let rows: [Row] = [
        Row("payments of a plan", 9999, "invalid duration") { session, count in
            try fluid(
                session, "/api/recurring/plan",
                [
                    "name": "gold", "amount": 1000, "billing_cycle_interval": 1, "billing_frequency": "monthly",
                    "billing_days": "0", "duration": JSONValue(count),
                ])
        },
        Row("results of a search", 100, "invalid limit") { session, count in
            try fluid(session, "/api/transaction/search", ["limit": JSONValue(count)])
        },
        Row("add-ons of a calculation", 1000, "more than 1000", calculation("addon_amount")),
        Row("further amounts of a calculation", 1000, "more than 1000", calculation("additional_amounts")),
        Row("items of an invoice", 1000, "invalid items: more than 1000") { session, count in
            try fluid(
                session, "/api/invoice",
                [
                    "currency": "USD", "date_due": "2030-01-10", "send_via": "none", "payment_methods": ["card"],
                    "items": .array(Array(repeating: ["name": "tea", "unit_price": 5], count: count)),
                ])
        },
        Row("the name of a product", 100, "invalid name") { session, count in
            try fluid(
                session, "/api/merchant/testmerchant12345678/product", ["name": text(count), "price": 500])
        },
        Row("the text of a display", 1000, "Invalid value for param: 'text'") { session, count in
            try bolt(session, "/api/v3/display", ["text": text(count)])
        },
        Row("the question of a terminal", 1000, "Invalid value for param: 'prompt'") { session, count in
            try bolt(session, "/api/v3/readConfirmation", ["prompt": text(count)])
        },
        // `{"a":"…"}` has eight characters besides.
        Row("own fields of a payment at a terminal", 3992, "Invalid value for param: 'userFields'") { session, count in
            try bolt(
                session, "/api/v3/authCard",
                ["amount": "100", "capture": "true", "userFields": ["a": text(count)]])
        },
        Row("the width of a signature", 999, "Invalid value for param: 'signatureDimensions'") { session, count in
            try bolt(
                session, "/api/v3/readSignature",
                ["prompt": "Sign", "signatureDimensions": .string("\(count),80"), "signatureFormat": "png"])
        },
        Row("the height of a signature", 999, "Invalid value for param: 'signatureDimensions'") { session, count in
            try bolt(
                session, "/api/v3/readSignature",
                ["prompt": "Sign", "signatureDimensions": .string("80,\(count)"), "signatureFormat": "png"])
        },
    ]

    @Test(arguments: rows) func atTheLimitAndOnePast(_ row: Row) throws {
        let session = try Session("uat-plain")
        let answer = try row.send(session, row.most)
        #expect(answer.status == 200, "\(answer.raw.text.prefix(300))")
        let refused = try row.send(session, row.most + 1)
        #expect((400...404).contains(refused.status), "\(refused.raw.text.prefix(300))")
        #expect(refused.raw.text.contains(row.refusal), "\(refused.raw.text.prefix(300))")
    }

    /// Ten keys of a user; the caller has two in the scenario.
    @Test func keysOfAUser() throws {
        let session = try Session("uat-plain")
        let key: JSONValue = ["type": "api", "name": "for tests"]
        for _ in 0..<8 { #expect(try Self.fluid(session, "/api/user/apikey", key).status == 200) }
        let refused = try Self.fluid(session, "/api/user/apikey", key)
        #expect(refused.status == 400 && refused["msg"] == "bad request error: the limit of API keys is reached")
    }

    @Test func recordsOfAllAccounts() throws {
        let session = try Session("understudy: scenario/1\nname: small\nextends: uat-plain\nlimits: { records: 2 }\n")
        let path = "/api/merchant/testmerchant12345678/product"
        for _ in 0..<2 { #expect(try Self.fluid(session, path, ["name": "tea", "price": 500]).status == 200) }
        #expect(try Self.fluid(session, path, ["name": "tea", "price": 500]).status == 400)
    }

    /// Further items are not kept.
    @Test func itemsOfAPayment() throws {
        for (sent, kept) in [(999, 999), (1000, 999)] {
            let session = try Session("uat-plain")
            let item: JSONValue = ["lineno": "1", "description": "Hat", "quantity": "1", "netamnt": "0.01"]
            let answer = try session.send(
                .put, "/cardconnect/rest/auth",
                json: [
                    "merchid": "496160873888", "account": "4788250000121443", "expiry": "1230", "amount": "10.00",
                    "items": .array(Array(repeating: item, count: sent)),
                ])
            #expect(answer["respstat"] == "A")
            let ledger = session.emulator.worlds.main.snapshot.books.ledger
            let payment = try #require(ledger.purchase(of: TransactionID(ledger.next.number - 1)))
            #expect(payment.items.count == kept)
        }
    }

    /// Those that have no room are left out, from the end.
    @Test func ownFieldsOfAPayment() throws {
        let session = try Session("uat-plain")
        func pay(_ count: Int) throws -> String {
            let fields: JSONValue = .array((0..<count).map { JSONValue(pairs: [("f\($0)", Self.text(90))]) })
            let answer = try session.send(
                .put, "/cardconnect/rest/auth",
                json: [
                    "merchid": "496160873888", "account": "4788250000121443", "expiry": "1230", "amount": "10.00",
                    "userfields": fields,
                ])
            #expect(answer["respstat"] == "A")
            let inquired = try session.send(
                .get, "/cardconnect/rest/inquire/\(answer["retref"] ?? "")/496160873888")
            return inquired.json["userfields"]?.serializedText() ?? ""
        }
        let some = try pay(5)
        #expect(some.contains("f4"))
        let many = try pay(60)
        #expect(many.contains("f30") && !many.contains("f59") && many.utf8.count <= 4000)
    }
}
