import Compression
import HTTP
import Testing

@Suite("Coded messages")
struct CodingHandlerTests {
    /// Answers with the body and the fields that it was given.
    private struct Echo: HTTPHandler {
        var isOpen = true

        func respond(to request: HTTPRequest) -> HTTPReply {
            var response = HTTPResponse(
                status: 200, headers: [HTTPField("Content-Type", "text/plain")], body: request.body)
            response.isOpen = isOpen
            if let coding = request.headers["Content-Encoding"] { response.headers.append(HTTPField("Seen", coding)) }
            return .now(response)
        }
    }

    private func answer(
        _ headers: HTTPFields, _ body: [UInt8], isOpen: Bool = true, limit: Int = 5_000
    ) throws -> HTTPResponse {
        let handler = CodingHandler(Echo(isOpen: isOpen), bodyBytes: limit) { status, what in
            ("text/plain", Array("\(status) \(what)".utf8))
        }
        let reply = handler.respond(to: HTTPRequest(method: .post, target: "/", headers: headers, body: body))
        guard case .now(let response) = reply else {
            Issue.record("it did not answer at once")
            return HTTPResponse(status: 0)
        }
        return response
    }

    private let long = [UInt8](repeating: 65, count: 2_000)

    // MARK: Requests

    @Test(arguments: ["gzip", "x-gzip", "GZip", "deflate", "identity, gzip"])
    func requestsAreDecoded(_ name: String) throws {
        let coding: ContentCoding = name.lowercased().contains("gzip") ? .gzip : .deflate
        let coded = try #require(Deflation.deflate(long, coding))
        let response = try answer(["Content-Encoding": name], coded)
        #expect(response.status == 200 && response.body == long)
        #expect(!response.headers.contains { $0.name == "Seen" })
    }

    @Test func aBodyAtTheLimitAndOnePast() throws {
        let coded = try #require(Deflation.deflate(long, .gzip))
        #expect(try answer(["Content-Encoding": "gzip"], coded, limit: 2_000).status == 200)
        let refused = try answer(["Content-Encoding": "gzip"], coded, limit: 1_999)
        #expect(refused.status == 413)
        #expect(String(decoding: refused.body, as: UTF8.self) == "413 the decoded body is too long")
    }

    struct Row: CustomTestStringConvertible, Sendable {
        let coding: String
        let status: Int
        var testDescription: String { coding }
    }

    @Test(arguments: [
        Row(coding: "br", status: 415), Row(coding: "gzip, gzip", status: 415), Row(coding: "gzip", status: 400),
        Row(coding: "deflate", status: 400), Row(coding: "identity", status: 200), Row(coding: "", status: 200),
    ])
    func whatIsNoCodedBody(_ row: Row) throws {
        let response = try answer(["Content-Encoding": row.coding], Array("{\"a\":1}".utf8))
        #expect(response.status == row.status)
        let accepted = response.headers.first { $0.name == "Accept-Encoding" }?.value
        #expect(accepted == (row.status == 415 ? "gzip, deflate" : nil))
    }

    @Test func nothingInACodingIsNothing() throws {
        #expect(try answer(["Content-Encoding": "gzip"], []).status == 200)
    }

    // MARK: Answers

    @Test(arguments: ContentCoding.allCases)
    func openAnswersAreCompressed(_ coding: ContentCoding) throws {
        let response = try answer(["Accept-Encoding": coding.name], long)
        #expect(response.headers.contains { $0.name == "Content-Encoding" && $0.value == coding.name })
        #expect(response.headers.contains { $0.name == "Vary" && $0.value == "Accept-Encoding" })
        #expect(response.body.count < 100)
        #expect(try Inflation.inflate(response.body, coding, limit: 2_000) == long)
    }

    @Test func whatIsNotOpenIsNot() throws {
        let response = try answer(["Accept-Encoding": "gzip"], long, isOpen: false)
        #expect(response.body == long)
        #expect(response.headers.map(\.name) == ["Content-Type"])
    }

    @Test func theThreshold() throws {
        let at = try answer(["Accept-Encoding": "gzip"], Array(long.prefix(CodingHandler.threshold)))
        #expect(at.headers.contains { $0.name == "Content-Encoding" })
        let below = try answer(["Accept-Encoding": "gzip"], Array(long.prefix(CodingHandler.threshold - 1)))
        #expect(!below.headers.contains { $0.name == "Content-Encoding" })
    }

    @Test func whoDoesNotAskGetsItAsItIs() throws {
        let response = try answer([:], long)
        #expect(response.body == long)
        // A cache has to know that others may get something else.
        #expect(response.headers.contains { $0.name == "Vary" })
    }

    @Test func whatDoesNotBecomeShorterIsSentAsItIs() throws {
        var state: UInt32 = 1
        let noise = (0..<2_000).map { _ -> UInt8 in
            state = state &* 1_664_525 &+ 1_013_904_223
            return UInt8(truncatingIfNeeded: state >> 24)
        }
        let response = try answer(["Accept-Encoding": "gzip"], noise)
        #expect(response.body == noise)
        #expect(!response.headers.contains { $0.name == "Content-Encoding" })
    }
}
