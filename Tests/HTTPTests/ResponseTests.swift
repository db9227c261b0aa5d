import HTTP
import Testing

/// What a handler's answer looks like on the wire.
@Suite struct ResponseTests {
    struct Row: CustomTestStringConvertible, Sendable {
        var name: String
        var response: HTTPResponse
        var method = "GET"
        var version = "1.1"
        /// Lines of the head without `Date`, then the body.
        var wire: String
        var staysOpen = true
        var testDescription: String { name }
    }

    private static let rows: [Row] = [
        Row(
            name: "standard phrase", response: HTTPResponse(status: 200, body: Array("ab".utf8)),
            wire: "HTTP/1.1 200 OK|Content-Length: 2||ab"),
        Row(
            name: "no phrase", response: HTTPResponse(status: 200, reason: .none),
            wire: "HTTP/1.1 200 |Content-Length: 0||"),
        Row(
            name: "phrase of its own", response: HTTPResponse(status: 401, reason: .text("No Way")),
            wire: "HTTP/1.1 401 No Way|Content-Length: 0||"),
        Row(
            name: "phrase with a line end", response: HTTPResponse(status: 400, reason: .text("a\r\nX: b")),
            wire: "HTTP/1.1 400 a  X: b|Content-Length: 0||"),
        Row(
            name: "code without a phrase", response: HTTPResponse(status: 299),
            wire: "HTTP/1.1 299 |Content-Length: 0||"),
        Row(name: "code above 599", response: HTTPResponse(status: 799), wire: "HTTP/1.1 799 |Content-Length: 0||"),
        Row(
            name: "fields in order",
            response: HTTPResponse(
                status: 200, headers: [HTTPField("B", "1"), HTTPField("A", "2"), HTTPField("B", "3")]),
            wire: "HTTP/1.1 200 OK|B: 1|A: 2|B: 3|Content-Length: 0||"),
        Row(
            name: "line end in a value", response: HTTPResponse(status: 200, headers: [HTTPField("A", "1\r\nB: 2\0")]),
            wire: "HTTP/1.1 200 OK|A: 1  B: 2 |Content-Length: 0||"),
        Row(
            name: "name that is no token",
            response: HTTPResponse(
                status: 200, headers: [HTTPField("A: x\r\nB", "1"), HTTPField("", "1"), HTTPField("C", "1")]),
            wire: "HTTP/1.1 200 OK|C: 1|Content-Length: 0||"),
        Row(
            name: "framing of the handler is not believed",
            response: HTTPResponse(
                status: 200, headers: [HTTPField("content-length", "99"), HTTPField("Transfer-Encoding", "chunked")],
                body: Array("ab".utf8)),
            wire: "HTTP/1.1 200 OK|Content-Length: 2||ab"),
        Row(
            name: "close of the handler is obeyed",
            response: HTTPResponse(status: 200, headers: [HTTPField("Connection", "x, Close")]),
            wire: "HTTP/1.1 200 OK|Content-Length: 0|Connection: close||", staysOpen: false),
        Row(
            name: "HEAD", response: HTTPResponse(status: 200, body: Array("abc".utf8)), method: "HEAD",
            wire: "HTTP/1.1 200 OK|Content-Length: 3||"),
        Row(
            name: "HEAD with a stated length",
            response: HTTPResponse(status: 200, headers: [HTTPField("Content-Length", "17")]), method: "HEAD",
            wire: "HTTP/1.1 200 OK|Content-Length: 17||"),
        Row(
            name: "204", response: HTTPResponse(status: 204, body: Array("ab".utf8)), wire: "HTTP/1.1 204 No Content||"),
        Row(
            name: "304",
            response: HTTPResponse(status: 304, headers: [HTTPField("ETag", "\"a\"")], body: Array("ab".utf8)),
            wire: "HTTP/1.1 304 Not Modified|ETag: \"a\"||"),
        Row(
            name: "205 has an empty body", response: HTTPResponse(status: 205),
            wire: "HTTP/1.1 205 Reset Content|Content-Length: 0||"),
        Row(
            name: "HTTP/1.0 closes", response: HTTPResponse(status: 200), version: "1.0",
            wire: "HTTP/1.1 200 OK|Content-Length: 0|Connection: close||", staysOpen: false),
        Row(
            name: "truncated body",
            response: HTTPResponse(status: 200, body: Array("abcdef".utf8), delivery: .truncated(afterBodyBytes: 2)),
            wire: "HTTP/1.1 200 OK|Content-Length: 6||ab", staysOpen: false),
        Row(
            name: "truncated before the body",
            response: HTTPResponse(status: 200, body: Array("abcdef".utf8), delivery: .truncated(afterBodyBytes: 0)),
            wire: "HTTP/1.1 200 OK|Content-Length: 6||", staysOpen: false),
        Row(
            name: "truncated behind the body",
            response: HTTPResponse(status: 200, body: Array("ab".utf8), delivery: .truncated(afterBodyBytes: 9)),
            wire: "HTTP/1.1 200 OK|Content-Length: 2||ab", staysOpen: false),
        Row(
            name: "dropped", response: HTTPResponse(status: 200, body: Array("ab".utf8), delivery: .dropped), wire: "",
            staysOpen: false),
        Row(
            name: "slow",
            response: HTTPResponse(
                status: 200, body: Array("abcdefg".utf8), delivery: .slow(bytesPerPiece: 3, pause: .milliseconds(1))),
            wire: "HTTP/1.1 200 OK|Content-Length: 7||abcdefg"),
        Row(
            name: "slow in pieces of nothing",
            response: HTTPResponse(
                status: 200, body: Array("abc".utf8), delivery: .slow(bytesPerPiece: 0, pause: .zero)),
            wire: "HTTP/1.1 200 OK|Content-Length: 3||abc"),
        Row(
            name: "slow without a body",
            response: HTTPResponse(status: 204, delivery: .slow(bytesPerPiece: 1, pause: .seconds(100))),
            wire: "HTTP/1.1 204 No Content||"),
        Row(
            name: "slow, then close",
            response: HTTPResponse(
                status: 200, headers: [HTTPField("Connection", "close")], body: Array("abc".utf8),
                delivery: .slow(bytesPerPiece: 1, pause: .zero)),
            wire: "HTTP/1.1 200 OK|Content-Length: 3|Connection: close||abc", staysOpen: false),
    ]

    @Test(arguments: rows, [false, true]) func onTheWire(_ row: Row, isDeferred: Bool) throws {
        let response = row.response
        let test = try TestServer(
            ClosureHandler { request in
                if request.target == "/probe" { return .now(HTTPResponse(status: 200, reason: .text("probe"))) }
                return isDeferred ? .later { response } : .now(response)
            })
        let connection = try test.connect()
        try connection.send("\(row.method) / HTTP/\(row.version)\r\nHost: a\r\n\r\n")
        if row.staysOpen { try connection.send("GET /probe HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n") }
        #expect(try connection.end() == .closed)
        var lines = String(decoding: connection.unread, as: UTF8.self).split(
            separator: "\r\n", omittingEmptySubsequences: false)
        #expect(
            lines.filter { $0.hasPrefix("Date: ") && $0.hasSuffix(" GMT") }.count
                == (row.wire.isEmpty ? 0 : row.staysOpen ? 2 : 1))
        lines.removeAll { $0.hasPrefix("Date: ") }
        let wanted = row.wire + (row.staysOpen ? "HTTP/1.1 200 probe|Content-Length: 0|Connection: close||" : "")
        #expect(lines.joined(separator: "|") == wanted)
    }

    @Test func dateOfTheHandlerWins() throws {
        let test = try TestServer(
            ClosureHandler { _ in
                .now(HTTPResponse(status: 200, headers: [HTTPField("date", "then")]))
            })
        let answer = try test.connect().roundTrip(get())
        #expect(answer.headers.all("date") == ["then"])
    }

    @Test func resetSendsNothing() throws {
        let test = try TestServer(ClosureHandler { _ in .now(HTTPResponse(status: 200, delivery: .reset)) })
        let connection = try test.connect()
        try connection.send(get())
        #expect(try connection.end() == .reset)
        #expect(connection.unread.isEmpty)
    }

    /// A fault strikes its own answer; those before are whole, those behind are gone.
    @Test(arguments: [HTTPDelivery.dropped, .truncated(afterBodyBytes: 1)]) func faultsInAPipeline(
        _ fault: HTTPDelivery
    ) throws {
        let test = try TestServer(
            ClosureHandler { request in
                .now(
                    HTTPResponse(
                        status: 200, body: Array("ab".utf8), delivery: request.target == "/fault" ? fault : .whole))
            })
        let connection = try test.connect()
        try connection.send(get() + "GET /fault HTTP/1.1\r\nHost: a\r\n\r\n" + get())
        #expect(try connection.response().ending == .complete)
        let broken = try connection.response()
        #expect(broken.ending == (fault == .dropped ? .dropped : .truncated))
        #expect(try connection.end() == .closed)
        #expect(connection.unread.isEmpty)
    }

    /// The pieces of a slow body arrive one by one: the next one waits for a timer, and so does the answer behind it.
    @Test func slowPiecesKeepTheOrder() throws {
        let test = try TestServer(
            ClosureHandler { request in
                guard request.target == "/slow" else { return .now(HTTPResponse(status: 201)) }
                return .now(
                    HTTPResponse(
                        status: 200, body: Array("abcdef".utf8),
                        delivery: .slow(bytesPerPiece: 2, pause: .milliseconds(2))))
            })
        let connection = try test.connect()
        try connection.send("GET /slow HTTP/1.1\r\nHost: a\r\n\r\n" + get())
        let slow = try connection.response()
        #expect(String(decoding: slow.body, as: UTF8.self) == "abcdef")
        #expect(try connection.response().status == 201)
    }

    @Test func errorsAreWordedByTheServerOwner() throws {
        var configuration = HTTPServerConfiguration()
        configuration.loopCount = 1
        configuration.errorBody = { ("application/x-test", Array("<\($0)|\($1)>".utf8)) }
        let server = try HTTPServer(configuration, listeners: [HTTPListener(handler: EchoHandler())])
        let connection = try RawConnection(port: try server.start()[0].port)
        let answer = try connection.roundTrip("GET / HTTP/2.0\r\n\r\n")
        #expect(answer.headers["content-type"] == "application/x-test")
        #expect(String(decoding: answer.body, as: UTF8.self) == "<505|\(HTTPParseError.versionNotSupported.text)>")
        #expect(answer.headers["connection"] == "close")
    }
}

extension RawConnection {
    func roundTrip(_ text: String) throws -> HTTPClientResponse {
        try send(text)
        return try response()
    }
}
