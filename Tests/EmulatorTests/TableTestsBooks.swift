import Emulator
import HTTP
import JSON
import Processor
import TestSupport
import Testing

/// What is refused before anything is decided leaves the books as they were, and one entry in the journal.
@Suite("Refused requests change nothing")
struct TableTestsBooks {
    let bench: TableBench
    /// An authorization that is there before.
    private let reference: String

    init() throws {
        bench = try TableBench()
        reference = try #require(bench.send(.auth(TableBench.merchant, "20.00", ["orderid": "A-1"]))["retref"])
        _ = bench.send(.auth(TableBench.merchant, "5.00", ["capture": "Y"]))
    }

    struct Row: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let status: Int
        let request: @Sendable (_ reference: String) -> TableRequest

        init(_ name: String, _ status: Int, _ request: @escaping @Sendable (String) -> TableRequest) {
            testDescription = name
            self.status = status
            self.request = request
        }
    }

    private static func put(_ endpoint: String, _ body: JSONObject, _ headers: [HTTPField] = []) -> TableRequest {
        var request = TableRequest.gateway(endpoint, body)
        request.headers = headers
        return request
    }

    private static func text(_ text: String) -> TableRequest {
        TableRequest(.put, "/cardconnect/rest/auth", body: Array(text.utf8))
    }

    private static let mine: JSONValue = .string(TableBench.merchant)

    static let rows: [Row] = [
        Row("malformed JSON", 400) { _ in text("{\"merchid\":") },
        Row("no object", 400) { _ in text("[]") },
        Row("no body", 400) { _ in text("") },
        Row("more than a megabyte", 400) { _ in text("{}" + String(repeating: " ", count: 1 << 20)) },
        Row("no credentials", 401) { _ in put("auth", ["merchid": mine], [HTTPField("Authorization", "")]) },
        Row("wrong credentials", 401) { _ in
            put("auth", ["merchid": mine], [HTTPField("Authorization", "Basic dGVzdGluZzp4")])
        },
        Row("unknown merchant", 401) { _ in put("auth", ["merchid": "larry", "amount": "1.00"]) },
        Row("merchant of another site", 401) { _ in
            put("auth", ["merchid": mine], [HTTPField("Host", "boltgw-uat.cardconnect.com")])
        },
        Row("wrong path", 404) { _ in put("auht", ["merchid": mine]) },
        Row("wrong method", 405) { _ in TableRequest(.delete, "/cardconnect/rest/auth", ["merchid": mine]) },
        Row("capture of nothing", 200) { _ in put("capture", ["merchid": mine]) },
        Row("void of nothing", 200) { _ in put("void", ["merchid": mine]) },
        Row("refund of nothing", 200) { _ in put("refund", ["merchid": mine]) },
        Row("void of no order", 200) { _ in put("voidByOrderId", ["merchid": mine]) },
        Row("capture of an unknown one", 200) { _ in put("capture", ["merchid": mine, "retref": "1"]) },
        Row("void of an unknown one", 200) { _ in put("void", ["merchid": mine, "retref": "1"]) },
        Row("refund of an unknown one", 200) { _ in put("refund", ["merchid": mine, "retref": "1"]) },
        Row("void of an unknown order", 200) { _ in put("voidByOrderId", ["merchid": mine, "orderid": "?"]) },
        Row("capture of too much", 200) {
            put("capture", ["merchid": mine, "retref": .string($0), "amount": "20.01"])
        },
        Row("capture of a bad amount", 200) {
            put("capture", ["merchid": mine, "retref": .string($0), "amount": "1e9"])
        },
        Row("void of too much", 200) { put("void", ["merchid": mine, "retref": .string($0), "amount": "20.01"]) },
        Row("void of a bad amount", 200) { put("void", ["merchid": mine, "retref": .string($0), "amount": "-0"]) },
        Row("refund of what is not settled", 200) { put("refund", ["merchid": mine, "retref": .string($0)]) },
        Row("of another merchant", 200) {
            put("void", ["merchid": .string(TableBench.otherMerchant), "retref": .string($0)])
        },
        Row("inquiry", 200) { TableRequest(.get, "/cardconnect/rest/inquire/\($0)/\(TableBench.merchant)") },
        Row("inquiry by order", 200) { _ in
            TableRequest(.get, "/cardconnect/rest/inquireByOrderid/A-1/\(TableBench.merchant)")
        },
        Row("credential page", 200) { _ in TableRequest(.get, "/cardconnect/rest") },
        Row("tokenizer: malformed JSON", 400) { _ in TableRequest(.post, tokenize, body: Array("{".utf8)) },
        Row("tokenizer: no account", 400) { _ in TableRequest(.post, tokenize, [:]) },
        Row("tokenizer: letters", 400) { _ in TableRequest(.post, tokenize, ["account": "abc"]) },
        Row("tokenizer: too short", 400) { _ in TableRequest(.post, tokenize, ["account": "4111"]) },
        Row("tokenizer: unknown token", 404) { _ in TableRequest(.post, tokenize, ["account": "9999999999999995"]) },
        Row("tokenizer: wrong method", 405) { _ in TableRequest(.get, tokenize) },
        Row("tokenizer: wrong path", 404) { _ in TableRequest(.post, "/cardsecure/x") },
        Row("tokenizer: preflight", 200) { _ in TableRequest(.options, tokenize) },
    ]

    private static let tokenize = "/cardsecure/api/v1/ccn/tokenize"

    @Test(arguments: rows)
    func unchanged(_ row: Row) throws {
        let before = try bench.world()
        let answer = bench.send(row.request(reference))
        let after = try bench.world()
        #expect(answer.response.status == row.status, "\(answer.text)")
        #expect(after.books == before.books)
        // One entry for the request, and one for looking.
        #expect(after.lastSequence == before.lastSequence + 2)
        let entry = try #require(after.journal.entry(before.lastSequence + 1))
        #expect(entry.events.isEmpty)
        #expect(entry.exchange?.status == row.status)
        #expect(bench.send(.auth(TableBench.merchant, "1.00"))["respstat"] == "A", "nothing is lost")
    }

    /// What no world or service is meant by leaves no entry at all.
    @Test(arguments: [
        Row("unknown world by header", 404) { _ in
            put("auth", ["merchid": mine], [HTTPField("Understudy-World", "elsewhere")])
        },
        Row("unknown world by path", 404) { _ in
            TableRequest(.put, "/~elsewhere/cardconnect/rest/auth", ["merchid": mine])
        },
        Row("no world's name", 404) { _ in TableRequest(.put, "/~/cardconnect/rest/auth", ["merchid": mine]) },
        Row("header before path", 404) { _ in
            var request = TableRequest(.put, "/~main/cardconnect/rest/auth", ["merchid": mine])
            request.headers = [HTTPField("Understudy-World", "elsewhere")]
            return request
        },
        Row("no service", 404) { _ in TableRequest(.get, "/") },
        Row("nearly a service", 404) { _ in TableRequest(.get, "/cardconnect/restful") },
        Row("nearly the other", 404) { _ in TableRequest(.get, "/cardsecured/api") },
        Row("control path", 404) { _ in TableRequest(.get, "/v1/worlds") },
    ])
    func unheard(_ row: Row) throws {
        let before = try bench.world()
        let answer = bench.send(row.request(reference))
        let after = try bench.world()
        #expect(answer.response.status == 404)
        let body = try JSONValue(parsing: answer.response.body)
        let error = body["understudy"]?["error"]?.text
        let isWorld = row.testDescription.contains("world") || row.testDescription.contains("header")
        #expect(error == (isWorld ? "unknown-world" : "no-service"))
        if error == "unknown-world" {
            #expect(body["understudy"]?["message"]?.text?.hasSuffix("there are: main") == true)
        }
        #expect(body["respstat"] == nil, "no client takes it for an answer of a payment service")
        #expect(after.books == before.books && after.lastSequence == before.lastSequence + 1)
    }

    @Test func knownWorld() {
        let byPath = bench.send(
            TableRequest(.get, "/~main/cardconnect/rest/inquire/\(reference)/\(TableBench.merchant)"))
        let byHeader = bench.send(
            TableRequest(
                .get, "/cardconnect/rest/inquire/\(reference)/\(TableBench.merchant)",
                headers: [HTTPField("understudy-world", "main")]))
        #expect(byPath["retref"] == reference && byPath.wire == byHeader.wire)
    }

    /// A scenario without sites answers that it has none.
    @Test func noSite() throws {
        let bench = try TableBench("understudy: scenario/1\nname: bare\n")
        let answer = bench.send(TableRequest(.get, "/cardconnect/rest"))
        #expect(answer.response.status == 404)
        #expect(answer.text == #"{"understudy":{"error":"no-site","message":"the scenario has no site"}}"#)
    }
}
