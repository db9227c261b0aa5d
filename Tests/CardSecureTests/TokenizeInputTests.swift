import HTTP
import JSON
import Payments
import TestSupport
import Testing

/// Input that is wrong, and HTTP around it (reference §2, §5).
@Suite("Bad input to the tokenizer")
struct TokenizeInputTests {
    let tokenizer: Tokenizer

    init() throws { tokenizer = try Tokenizer() }

    struct Row: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let body: [UInt8]
        let status: Int
        let code: Int
        let message: String

        init(_ name: String, _ body: String, _ code: Int, _ message: String, status: Int = 400) {
            testDescription = name
            self.body = Array(body.utf8)
            self.status = status
            self.code = code
            self.message = message
        }

        init(account: String, _ code: Int, _ message: String, status: Int = 400) {
            let body: JSONValue = ["account": .string(account)]
            self.init("account " + String(account.prefix(30)), body.serializedText(), code, message, status: status)
        }
    }

    private func expect(_ row: Row) throws {
        let answer = try tokenizer.session.send(.post, Tokenizer.path, body: row.body)
        #expect(answer.status == row.status)
        #expect(answer.raw.text == #"{"message":"\#(row.message)","errorcode":\#(row.code)}"#)
        #expect(answer.raw.headers["Content-Type"] == "application/json")
        #expect(answer.raw.headers["Access-Control-Allow-Origin"] == "*", "a browser has to see the error")
        #expect(try tokenizer.token(Tokenizer.visa) == "9418594164541111", "the next one is an ordinary one")
    }

    private static let unreadable = "JSON deserialization error"
    private static let missing = "Missing required parameter"
    private static let notDecimal = "Data is not decimal digits"

    static let bodies = [
        Row("nothing", "", 77, unreadable), Row("cut off", #"{"account":"41"#, 77, unreadable),
        Row("a form", "account=4111", 77, unreadable), Row("an array", "[]", 77, unreadable),
        Row("null", "null", 77, unreadable), Row("a text", #""4111""#, 77, unreadable),
        Row("a megabyte and more", "{}" + String(repeating: " ", count: 1 << 20), 77, unreadable),
        Row("no member", "{}", 74, missing), Row("null member", #"{"account":null}"#, 74, missing),
        Row("only others", #"{"expiry":"1230","cvv":"123"}"#, 74, missing),
        Row("other case", #"{"Account":"4111111111111111"}"#, 74, missing),
        Row("true", #"{"account":true}"#, 8, notDecimal), Row("array", #"{"account":["4111"]}"#, 8, notDecimal),
        Row("object", #"{"account":{}}"#, 8, notDecimal), Row("exponent", #"{"account":4e15}"#, 8, notDecimal),
    ]

    @Test(arguments: bodies)
    func body(_ row: Row) throws { try expect(row) }

    @Test(arguments: [
        Row(account: "", 14, "Data is empty"), Row(account: " ", 14, "Data is empty"),
        Row(account: "- -", 14, "Data is empty"),
        Row(account: "abc", 8, notDecimal), Row(account: "4111x111", 8, notDecimal),
        Row(account: "４１１１１１１１１１１１１１１１", 8, notDecimal), Row(account: "4111\u{0}", 8, notDecimal),
        Row(account: "4.111111111111111", 8, notDecimal), Row(account: "/", 8, notDecimal),
        Row(account: "1/2/3", 8, notDecimal), Row(account: "036001808/", 8, notDecimal),
        Row(account: "036001808/12a", 8, notDecimal),
        Row(account: String(repeating: "4", count: 20), 13, "Data is too long"),
        Row(account: String(repeating: "4", count: 1000), 13, "Data is too long"),
        Row(account: "4", 21, "Data is too short"), Row(account: "41111111111", 21, "Data is too short"),
        Row(account: "9999999999999995", 49, "Data not found", status: 404),
    ])
    func account(_ row: Row) throws { try expect(row) }

    /// A number of the JSON kind is taken as its digits.
    @Test func number() throws {
        #expect(try tokenizer.post(["account": .number(Tokenizer.visa)])["token"] == "9418594164541111")
    }

    /// The check digit is the page's business, unless the scenario says otherwise (§5).
    @Test func checkDigit() throws {
        #expect(try tokenizer.token("4111111111111112").hasSuffix("1112"))
        let strict = try Tokenizer(
            "understudy: scenario/1\nname: x\nextends: uat-plain\ntokens: { requiresCheckDigit: true }\n")
        let answer = try strict.post(["account": "4111111111111112"])
        #expect(answer.status == 400)
        #expect(answer.raw.text == #"{"message":"Card number check (Luhn formula) failed","errorcode":54}"#)
        #expect(try strict.token(Tokenizer.visa) == "9418594164541111")
    }

    /// Unknown members are ignored; of two of one name the later counts.
    @Test func members() throws {
        let answer = try tokenizer.session.send(
            .post, Tokenizer.path, body: Array(#"{"account":"x","a":[1],"account":"4111111111111111"}"#.utf8))
        #expect(answer["token"] == "9418594164541111")
    }

    /// Credentials are not asked for, and wrong ones do no harm.
    @Test func credentials() throws {
        for user in ["testing:testing123", "testing:wrong", "x"] {
            tokenizer.session.user = user
            #expect(try tokenizer.post(["account": .string(Tokenizer.visa)])["token"] == "9418594164541111")
        }
    }
}

/// Status lines, other paths and methods, and what browsers ask for (reference §1, §2.4).
@Suite("HTTP of the tokenizer")
struct TokenizeHTTPTests {
    let tokenizer: Tokenizer

    init() throws { tokenizer = try Tokenizer() }

    private func expectCrossOrigin(_ answer: Session.Answer, sourceLocation: SourceLocation = #_sourceLocation) {
        #expect(
            Tokenizer.headers.map { answer.raw.headers[$0] } == ["*", "Content-Type", "POST"],
            sourceLocation: sourceLocation)
    }

    @Test func preflight() throws {
        let answer = try tokenizer.session.send(
            .options, Tokenizer.path,
            headers: ["Origin": "https://shop.example", "Access-Control-Request-Method": "POST"])
        #expect(answer.status == 200 && answer.raw.body.isEmpty)
        expectCrossOrigin(answer)
    }

    @Test func statusLine() throws {
        let answer = try tokenizer.post(["account": .string(Tokenizer.visa)])
        #expect(answer.raw.reason == "OK" && answer.raw.delay == .zero)
        expectCrossOrigin(answer)
    }

    @Test(arguments: [HTTPMethod.get, .put, .delete, .patch, .head, .other("BREW")])
    func wrongMethod(_ method: HTTPMethod) throws {
        let answer = try tokenizer.session.send(method, Tokenizer.path)
        #expect(answer.status == 405 && answer.raw.headers["Allow"] == "POST, OPTIONS" && answer.raw.body.isEmpty)
        expectCrossOrigin(answer)
    }

    @Test(arguments: [
        "/cardsecure", "/cardsecure/", "/cardsecure/api/v1/ccn/bulk", "/cardsecure/api/v1/ccn/Tokenize",
        "/cardsecure/api/v1/ccn/tokenize/", "/cardsecure//api/v1/ccn/tokenize", "/cardsecure/api/v2/ccn/tokenize",
    ])
    func wrongPath(_ path: String) throws {
        for method in [HTTPMethod.post, .get, .options] {
            let answer = try tokenizer.session.send(method, path)
            #expect(answer.status == 404 && answer.raw.body.isEmpty)
            expectCrossOrigin(answer)
        }
    }
}
