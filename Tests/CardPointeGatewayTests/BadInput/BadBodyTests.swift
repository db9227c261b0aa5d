import HTTP
import JSON
import Payments
import TestSupport
import Testing

/// Bodies that are no request at all (issue: malformed JSON, a 1 MiB body), on every endpoint that takes one.
@Suite("Bodies that cannot be read")
struct BadBodyTests {
    private static let merchant = "496160873888"
    let gateway: Gateway

    init() throws { gateway = try Gateway() }

    struct Row: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let body: [UInt8]
        let message: String

        init(_ name: String, _ body: String, _ message: String) {
            self.init(name, Array(body.utf8), message)
        }

        init(_ name: String, _ body: [UInt8], _ message: String) {
            testDescription = name
            self.body = body
            self.message = message
        }
    }

    private static let noObject = "the body is JSON, but not an object"

    @Test(arguments: [
        Row("nothing", "", "the request has no body"),
        Row("blanks", " \n", "the body is not JSON: expected a value, but the document is empty at byte 2"),
        Row("a form", "merchid=1&amount=2", "the body is not JSON: expected a value at byte 0"),
        Row("XML", "<auth/>", "the body is not JSON: expected a value at byte 0"),
        Row(
            "cut off", #"{"merchid":"4961"#,
            "the body is not JSON: expected the rest of a string, but the document ends at byte 16"),
        Row("single quotes", "{'merchid':1}", "the body is not JSON: expected a member name or '}' at byte 1"),
        Row(
            "a comma too many", #"{"merchid":1,}"#,
            "the body is not JSON: expected a member name after ',' at byte 13"),
        Row("two documents", "{}{}", "the body is not JSON: expected the end of the document at byte 2"),
        Row("a comment", "{}//", "the body is not JSON: expected the end of the document at byte 2"),
        Row("NaN", #"{"amount":NaN}"#, "the body is not JSON: expected a value at byte 10"),
        Row("plus sign", #"{"amount":+5}"#, "the body is not JSON: expected a value at byte 10"),
        Row(
            "hexadecimal", #"{"amount":0x10}"#,
            "the body is not JSON: expected ',' or '}' after member value at byte 11"),
        Row(
            "leading zero", #"{"amount":01}"#, "the body is not JSON: expected no digit after a leading zero at byte 11"
        ),
        Row(
            "a control character", "{\"name\":\"a\u{1}b\"}",
            "the body is not JSON: expected control characters in strings to be escaped at byte 10"),
        Row(
            "no UTF-8", [0x7B, 0x22, 0xFF, 0x22, 0x3A, 0x31, 0x7D],
            "the body is not JSON: expected valid UTF-8 at byte 2"),
        Row(
            "half a surrogate pair", #"{"name":"\ud800"}"#,
            "the body is not JSON: expected both halves of a surrogate pair at byte 9"),
        Row(
            "byte order mark", [0xEF, 0xBB, 0xBF, 0x7B, 0x7D],
            "the body is not JSON: byte order mark before the document at byte 0"),
        Row(
            "too deep", String(repeating: "[", count: 65),
            "the body is not JSON: expected at most 64 nested arrays and objects at byte 64"),
        Row("an array", "[]", noObject), Row("a text", #""auth""#, noObject), Row("a number", "1", noObject),
        Row("null", "null", noObject), Row("true", "true", noObject),
    ])
    func unreadable(_ row: Row) throws {
        for endpoint in ["auth", "capture", "void", "voidByOrderId", "refund"] {
            for method in [HTTPMethod.put, .post] {
                let path = "\(Gateway.base)/\(endpoint)"
                let answer = try gateway.session.send(method, path, body: row.body)
                #expect(answer.status == 400 && answer.raw.reason == "")
                #expect(answer.json.object?.names == ["timestamp", "status", "error", "message", "path"])
                #expect(answer["message"] == row.message)
                #expect(answer["error"] == "Bad Request" && answer["path"] == path && answer["status"] == "400")
            }
        }
    }

    /// The answer never repeats what was sent.
    @Test func nothingIsRepeated() throws {
        let answer = try gateway.session.send(
            .put, "\(Gateway.base)/auth", body: Array("{\"account\":\"\(Gateway.visa)\",".utf8))
        #expect(answer.status == 400)
        #expect(!answer.raw.text.contains("4444"))
    }

    @Test func aMegabyte() throws {
        let body = #"{"merchid":"\#(Self.merchant)","account":"\#(Gateway.visa)","expiry":"1230","amount":"1.00"}"#
        let most = body + String(repeating: " ", count: (1 << 20) - body.utf8.count)
        #expect(try gateway.session.send(.put, "\(Gateway.base)/auth", body: Array(most.utf8))["respstat"] == "A")
        let more = try gateway.session.send(.put, "\(Gateway.base)/auth", body: Array((most + " ").utf8))
        #expect(more.status == 400)
        #expect(more["message"] == "the body is not JSON: expected at most 1048576 bytes at byte 1048576")
    }

    @Test func longTexts() throws {
        let long = String(repeating: "x", count: 1 << 18)
        let most = try gateway.auth(Self.merchant, "1.00", ["name": .string(long)])
        #expect(most["respstat"] == "A")
        let more = try gateway.auth(Self.merchant, "1.00", ["name": .string(long + "x")])
        #expect(more.status == 400)
        #expect(
            more["message"]?.hasPrefix("the body is not JSON: expected a string or number of at most 262144") == true)
    }

    @Test func manyMembers() throws {
        var body: JSONObject = [
            "merchid": .string(Self.merchant), "account": .string(Gateway.visa), "expiry": "1230", "amount": "1.00",
        ]
        for number in 0..<996 { body.append("m\(number)", 1) }
        #expect(try gateway.put("auth", body)["respstat"] == "A")
        body.append("one more", 1)
        #expect(try gateway.put("auth", body).status == 400)
    }

    /// Of two members of one name the later one counts, as in common parsers.
    @Test func repeatedMembers() throws {
        let body =
            #"{"merchid":"1","account":"\#(Gateway.visa)","expiry":"1230","amount":"1.00","amount":"2.00","#
            + #""merchid":"\#(Self.merchant)"}"#
        let answer = try gateway.session.send(.put, "\(Gateway.base)/auth", body: Array(body.utf8))
        #expect(answer["amount"] == "2.00" && answer["respstat"] == "A")
    }

    /// The content type says nothing: clients send none, or a wrong one.
    @Test(arguments: ["text/plain", "application/x-www-form-urlencoded", "application/json; charset=utf-8"])
    func contentType(_ type: String) throws {
        let body: JSONValue = [
            "merchid": .string(Self.merchant), "account": .string(Gateway.visa), "expiry": "1230", "amount": "1.00",
        ]
        let answer = try gateway.session.send(
            .put, "\(Gateway.base)/auth", json: body, headers: ["Content-Type": type])
        #expect(answer["respstat"] == "A")
    }

    /// A GET may have a body; its path counts, and a body that is there has to be JSON.
    @Test func bodyOfAnInquiry() throws {
        let path = "\(Gateway.base)/inquire/1/\(Self.merchant)"
        #expect(try gateway.session.send(.get, path, json: ["merchid": "larry"])["respcode"] == "29")
        #expect(try gateway.session.send(.get, path, body: Array("x".utf8)).status == 400)
    }
}
