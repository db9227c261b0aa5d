import HTTP
import JSON
import Payments
import TestSupport
import Testing

/// What the gateway does with HTTP itself: status lines, headers, and errors before any business answer (§1, §2).
@Suite("HTTP of the gateway")
struct HTTPShapeTests {
    private static let merchant = "496160873888"
    let gateway: Gateway

    init() throws { gateway = try Gateway() }

    private var body: JSONValue {
        ["merchid": .string(Self.merchant), "account": .string(Gateway.visa), "expiry": "1230", "amount": "1.00"]
    }

    private func send(_ method: HTTPMethod, _ path: String, _ body: JSONValue? = nil) throws -> Session.Answer {
        try gateway.session.send(method, path, json: body)
    }

    /// The body of errors (§2.3), at the moment at which the clock stands.
    private func error(_ status: Int, _ error: String, _ path: String) -> String {
        #"{"timestamp":"2030-01-02T15:00:00.000+00:00","status":\#(status),"error":"\#(error)","path":"\#(path)"}"#
    }

    @Test func statusLineAndHeaders() throws {
        let answer = try send(.put, "\(Gateway.base)/auth", body)
        #expect(answer.status == 200 && answer.raw.reason == "", "no reason phrase since 5/2022")
        #expect(answer.raw.headers["Content-Type"] == "application/json")
        #expect(answer.raw.headers["X-Frame-Options"] == "DENY")
        #expect(answer.raw.headers["WWW-Authenticate"] == nil)
        #expect(answer.raw.arrival == "whole" && answer.raw.delay == .zero)
        #expect(answer.raw.text.hasPrefix("{\"amount\":\"1.00\","), "no blank behind the colon")
    }

    @Test(arguments: [HTTPMethod.get, .put, .post])
    func credentialPage(_ method: HTTPMethod) throws {
        for path in [Gateway.base, Gateway.base + "/"] {
            let answer = try send(method, path, ["merchid": .string(Self.merchant)])
            #expect(answer.status == 200 && answer.raw.reason == "")
            #expect(answer.raw.text == "<h1>CardConnect REST Servlet</h1>")
            #expect(answer.raw.headers["Content-Type"] == "text/html")
            #expect(try send(method, path, ["merchid": "larry"]).status == 401)
        }
    }

    @Test func credentialPageWithoutABody() throws {
        #expect(try send(.get, Gateway.base).status == 200)
        #expect(try send(.put, Gateway.base).status == 400)
    }

    struct Credentials: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let headers: [HTTPField]
    }

    @Test(arguments: [
        Credentials(testDescription: "none", headers: []),
        Credentials(testDescription: "wrong password", headers: [.basic("testing:testing124")]),
        Credentials(testDescription: "longer password", headers: [.basic("testing:testing1234")]),
        Credentials(testDescription: "empty password", headers: [.basic("testing:")]),
        Credentials(testDescription: "wrong user", headers: [.basic("tester:testing123")]),
        Credentials(testDescription: "other case", headers: [.basic("Testing:testing123")]),
        Credentials(testDescription: "no colon", headers: [.basic("testing")]),
        Credentials(testDescription: "empty", headers: [HTTPField("Authorization", "")]),
        Credentials(testDescription: "only the scheme", headers: [HTTPField("Authorization", "Basic ")]),
        Credentials(testDescription: "no Base64", headers: [HTTPField("Authorization", "Basic %%%")]),
        Credentials(testDescription: "no UTF-8", headers: [HTTPField("Authorization", "Basic //79")]),
        Credentials(testDescription: "another scheme", headers: [HTTPField("Authorization", "Bearer testing123")]),
        Credentials(testDescription: "of another site", headers: [.basic("boltgw:boltgw123")]),
    ])
    func unauthorized(_ row: Credentials) throws {
        gateway.session.user = nil
        for (method, path) in [
            (HTTPMethod.put, "/auth"), (.get, "/inquire/1/\(Self.merchant)"), (.get, ""), (.put, "/x"),
        ] {
            let answer = try gateway.session.send(
                method, Gateway.base + path, json: method == .put ? body : nil, headers: HTTPFields(row.headers))
            #expect(answer.status == 401, "\(path)")
            #expect(answer.raw.reason == "Unauthorized", "a client matches it")
            #expect(answer.raw.body.isEmpty, "no JSON (§22)")
            #expect(answer.raw.headers["WWW-Authenticate"] == "Basic realm=\"CardConnect\"")
            #expect(answer.raw.headers["X-Frame-Options"] == "DENY")
        }
    }

    /// Blanks and the case of the scheme do not count (RFC 9110 §11.1).
    @Test(arguments: ["basic dGVzdGluZzp0ZXN0aW5nMTIz", "BASIC   dGVzdGluZzp0ZXN0aW5nMTIz"])
    func authorized(_ value: String) throws {
        gateway.session.user = nil
        let answer = try gateway.session.send(
            .put, "\(Gateway.base)/auth", json: body, headers: ["Authorization": value])
        #expect(answer["respstat"] == "A")
    }

    @Test(arguments: ["larry", "", "496160873889", "0", " 496160873888", "800000019079"])
    func merchantOutsideTheCredentials(_ merchant: String) throws {
        for endpoint in ["auth", "capture", "void", "voidByOrderId", "refund"] {
            let answer = try gateway.put(endpoint, ["merchid": .string(merchant)])
            #expect(answer.status == 401 && answer.raw.reason == "Unauthorized", "\(endpoint)")
            #expect(answer.raw.body.isEmpty)
        }
        let encoded = merchant.replacing(" ", with: "%20")
        #expect(try gateway.inquire("1", encoded).status == 401)
    }

    @Test func merchantMissing() throws {
        #expect(try gateway.put("auth", ["amount": "1.00"]).status == 401)
        #expect(try gateway.put("auth", ["merchid": .null]).status == 401)
        #expect(try gateway.put("auth", ["merchid": [1]]).status == 401)
    }

    @Test(arguments: [
        "/cardconnect/rest/x", "/cardconnect/rest/Auth", "/cardconnect/rest/auth/", "/cardconnect/rest//auth",
        "/cardconnect/rest/auth/1", "/cardconnect/rest/inquire/1", "/cardconnect/rest/inquireByOderid/1/2",
        "/cardconnect/rest/inquireByOrderId/1/496160873888", "/cardconnect/rest/inquire/1/496160873888/1",
        "/cardconnect/rest/%61uth%2F",
    ])
    func noSuchPath(_ path: String) throws {
        for method in [HTTPMethod.get, .put, .delete] {
            let answer = try send(method, path + "?a=b", method == .get ? nil : body)
            #expect(answer.status == 404 && answer.raw.reason == "")
            #expect(answer.raw.text == error(404, "Not Found", path))
            #expect(answer.raw.headers["Content-Type"] == "application/json")
        }
    }

    /// A path below the world's prefix is shown without it.
    @Test func pathBehindAWorld() throws {
        let answer = try send(.get, "/~main/cardconnect/rest/x")
        #expect(answer.status == 404 && answer["path"] == "/cardconnect/rest/x")
    }

    struct Wrong: Sendable, CustomTestStringConvertible {
        let method: HTTPMethod
        let path: String
        let allow: String
        var testDescription: String { "\(method.token) \(path)" }
    }

    @Test(arguments: [
        Wrong(method: .get, path: "/auth", allow: "PUT, POST"),
        Wrong(method: .delete, path: "/auth", allow: "PUT, POST"),
        Wrong(method: .patch, path: "/capture", allow: "PUT, POST"),
        Wrong(method: .head, path: "/void", allow: "PUT, POST"),
        Wrong(method: .get, path: "/voidByOrderId", allow: "PUT, POST"),
        Wrong(method: .options, path: "/refund", allow: "PUT, POST"),
        Wrong(method: .put, path: "/inquire/1/496160873888", allow: "GET"),
        Wrong(method: .post, path: "/inquireByOrderid/1/496160873888", allow: "GET"),
        Wrong(method: .delete, path: "/inquireByOrderid/1/496160873888/1", allow: "GET"),
        Wrong(method: .delete, path: "", allow: "GET, PUT, POST"),
        Wrong(method: .other("BREW"), path: "/auth", allow: "PUT, POST"),
    ])
    func wrongMethod(_ row: Wrong) throws {
        let answer = try send(row.method, Gateway.base + row.path, row.method == .get ? nil : body)
        #expect(answer.status == 405 && answer.raw.reason == "")
        #expect(answer.raw.headers["Allow"] == row.allow)
        #expect(answer.raw.text == error(405, "Method Not Allowed", Gateway.base + row.path))
    }

    @Test(arguments: ["put", "Put"])
    func methodsAreCaseSensitive(_ token: String) throws {
        #expect(try send(HTTPMethod(token), "\(Gateway.base)/auth", body).status == 405)
    }

    /// Hosts choose site and environment; one that no site claims means the first.
    @Test func hosts() throws {
        for host in ["fts-uat.cardconnect.com", "FTS-UAT.CardConnect.com:8443", "unheard.example", "[::1]:80", ""] {
            gateway.session.host = host
            let answer = try send(.put, "\(Gateway.base)/auth", body)
            #expect(answer["token"] == "9441149619831111", "\(host)")
        }
        gateway.session.host = "boltgw-uat.cardconnect.com"
        #expect(try send(.put, "\(Gateway.base)/auth", body).status == 401, "credentials of another site")
        gateway.session.user = "boltgw:boltgw123"
        let answer = try send(.put, "\(Gateway.base)/auth", body)
        #expect(answer.status == 401, "a merchant of another site")
        let own = try gateway.auth("800000019079", "1.00")
        #expect(own["respstat"] == "A" && own["token"] != "9441149619831111")
        gateway.session.host = "fts-uat.cardconnect.com"
        gateway.session.user = "testing:testing123"
        let foreign = try gateway.auth(Self.merchant, "1.00", ["account": .string(try #require(own["token"]))])
        #expect(Codes(foreign) == Codes("PPS", "98", "C", "Invalid token"))
    }
}

extension HTTPField {
    static func basic(_ credentials: String) -> HTTPField {
        HTTPField("Authorization", "Basic " + Base64Text.encode(Array(credentials.utf8)))
    }
}

/// RFC 4648 §4; the tests have one of their own, so that a mistake of the product's cannot cancel out.
enum Base64Text {
    private static let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)

    static func encode(_ bytes: [UInt8]) -> String {
        var text: [UInt8] = []
        for start in stride(from: 0, to: bytes.count, by: 3) {
            let group = bytes[start..<min(start + 3, bytes.count)]
            var bits = group.reduce(0) { $0 << 8 | Int($1) }
            bits <<= 8 * (3 - group.count)
            for place in 0..<4 {
                text.append(place <= group.count ? alphabet[bits >> (18 - 6 * place) & 63] : UInt8(ascii: "="))
            }
        }
        return String(decoding: text, as: UTF8.self)
    }
}
