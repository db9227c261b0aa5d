import Compression
import Emulator
import HTTP
import Replays
import Testing

@Suite("Content codings over sockets")
struct ContentCodingTests {
    private func send(_ live: LiveServer, _ request: HTTPRequest, control: Bool = false) throws -> HTTPClientResponse {
        let client = HTTPClient(HTTPEndpoint(control ? live.addresses.control : live.addresses.services))
        return try client.send(request, timeout: .seconds(20))
    }

    private static let authorization = Array(
        #"{"merchid":"496160873888","account":"9418594164541111","expiry":"1230","amount":"10.00","name":"\#(filler)"}"#
            .utf8)
    private static let filler = String(repeating: "a", count: 3_000)

    private func authorize(_ headers: HTTPFields, _ body: [UInt8]) -> HTTPRequest {
        var headers = headers
        headers.append("Authorization", ReplayCredentials.basic("testing:testing123"))
        headers.append("Content-Type", "application/json")
        return HTTPRequest(method: .put, target: "/cardconnect/rest/auth", headers: headers, body: body)
    }

    @Test("a payment may come compressed", arguments: ContentCoding.allCases)
    func payments(coding: ContentCoding) throws {
        let live = try LiveServer()
        let body = try #require(Deflation.deflate(Self.authorization, coding))
        let answer = try send(
            live, authorize(["Content-Encoding": coding.name, "Accept-Encoding": "gzip, deflate"], body))
        let text = String(decoding: answer.body, as: UTF8.self)
        #expect(answer.status == 200 && text.contains(#""respstat":"A""#))
        // It holds a token next to a name that the sender has chosen.
        #expect(answer.headers["Content-Encoding"] == nil)
    }

    @Test("what no handler sees is refused, and the connection goes on")
    func refusals() throws {
        let live = try LiveServer()
        let client = HTTPClient(HTTPEndpoint(live.addresses.services))
        let bomb = try #require(Deflation.deflate([UInt8](repeating: 32, count: 5_000_000), .gzip))
        let damaged = try client.send(authorize(["Content-Encoding": "gzip"], [1, 2, 3]), timeout: .seconds(20))
        #expect(damaged.status == 400)
        let long = try client.send(authorize(["Content-Encoding": "gzip"], bomb), timeout: .seconds(20))
        #expect(long.status == 413)
        let unknown = try client.send(authorize(["Content-Encoding": "br"], [1, 2, 3]), timeout: .seconds(20))
        #expect(unknown.status == 415 && unknown.headers["accept-encoding"] == "gzip, deflate")
        let good = try client.send(authorize([:], Self.authorization), timeout: .seconds(20))
        #expect(good.status == 200)
    }

    @Test("pages and descriptions come compressed to those who ask", arguments: ["page", "description"])
    func openAnswers(kind: String) throws {
        let live = try LiveServer()
        let isPage = kind == "page"
        let target = isPage ? "/itoke/ajax-tokenizer.html" : "/v1/openapi.json"
        let plain = try send(live, HTTPRequest(method: .get, target: target), control: !isPage)
        #expect(plain.headers["Content-Encoding"] == nil && plain.headers["Vary"] == "Accept-Encoding")
        let coded = try send(
            live, HTTPRequest(method: .get, target: target, headers: ["Accept-Encoding": "gzip"]), control: !isPage)
        #expect(coded.headers["Content-Encoding"] == "gzip")
        #expect(coded.headers["Content-Length"] == "\(coded.body.count)" && coded.body.count * 2 < plain.body.count)
        #expect(try Inflation.inflate(coded.body, .gzip, limit: plain.body.count) == plain.body)
        let head = try send(
            live, HTTPRequest(method: .head, target: target, headers: ["Accept-Encoding": "gzip"]), control: !isPage)
        #expect(head.headers["Content-Length"] == "\(coded.body.count)" || head.status != 200)
    }
}
