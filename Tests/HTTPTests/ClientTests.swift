import HTTP
import Platform
import Testing

@Suite struct ClientTests {
    private let patience = RawConnection.patience

    @Test func aRoundTrip() throws {
        let test = try TestServer()
        let client = HTTPClient(test.endpoint)
        let request = HTTPRequest(method: .post, target: "/a?b", headers: ["X-Value": "v"], body: Array("hello".utf8))
        for _ in 0..<3 {
            let answer = try client.send(request, timeout: patience)
            #expect(answer.status == 200)
            #expect(answer.reason == "OK")
            #expect(answer.ending == .complete)
            #expect(answer.headers["x-target"] == "/a?b")
            #expect(answer.headers["x-host"] == test.endpoint.description)
            #expect(answer.headers["x-value"] == "v")
            #expect(answer.body == Array("hello".utf8))
        }
        // One connection for all of them.
        #expect(test.server.connectionCount == 1)
        client.close()
    }

    @Test func fromAsynchronousCode() async throws {
        let test = try TestServer()
        let client = HTTPClient(test.endpoint)
        async let first = client.response(to: HTTPRequest(method: .get, target: "/1"), timeout: patience)
        async let second = client.response(to: HTTPRequest(method: .get, target: "/2"), timeout: patience)
        let answers = try await [first, second]
        #expect(answers.map { $0.headers["x-target"] } == ["/1", "/2"])
    }

    @Test func aHostOfItsOwn() throws {
        let test = try TestServer()
        let request = HTTPRequest(method: .get, target: "/", headers: ["host": "b.test"])
        #expect(try HTTPClient(test.endpoint).send(request, timeout: patience).headers.all("x-host") == ["b.test"])
    }

    @Test func namesAreResolved() throws {
        let test = try TestServer()
        let client = HTTPClient(HTTPEndpoint(host: "localhost", port: test.port))
        #expect(try client.send(HTTPRequest(method: .head, target: "/"), timeout: patience).status == 200)
    }

    struct FaultRow: CustomTestStringConvertible, Sendable {
        let delivery: HTTPDelivery
        let ending: HTTPClientResponse.Ending
        let body: String
        var testDescription: String { "\(delivery)" }
    }

    @Test(arguments: [
        FaultRow(delivery: .whole, ending: .complete, body: "abcdef"),
        FaultRow(delivery: .truncated(afterBodyBytes: 2), ending: .truncated, body: "ab"),
        FaultRow(delivery: .dropped, ending: .dropped, body: ""),
        FaultRow(delivery: .reset, ending: .reset, body: ""),
        FaultRow(delivery: .slow(bytesPerPiece: 1, pause: .milliseconds(1)), ending: .complete, body: "abcdef"),
    ])
    func faultsAreTold(_ row: FaultRow) throws {
        let delivery = row.delivery
        let test = try TestServer(
            ClosureHandler { _ in
                .now(HTTPResponse(status: 200, body: Array("abcdef".utf8), delivery: delivery))
            })
        let client = HTTPClient(test.endpoint)
        for _ in 0..<2 {
            let answer = try client.send(HTTPRequest(method: .get, target: "/"), timeout: patience)
            #expect(answer.ending == row.ending)
            #expect(String(decoding: answer.body, as: UTF8.self) == row.body)
            #expect(answer.status == (row.ending == .dropped || row.ending == .reset ? 0 : 200))
        }
    }

    @Test func theDeadlinePasses() throws {
        let loops = try EventLoopGroup(count: 1)
        defer { loops.stop() }
        let timers = loops.timers
        let handler = ClosureHandler { _ in
            .later {
                do { try await timers.sleep(for: .seconds(1_000)) } catch { return HTTPResponse(status: 500) }
                return HTTPResponse(status: 200)
            }
        }
        let server = try HTTPServer(listeners: [HTTPListener(handler: handler)], loops: loops)
        let client = HTTPClient(HTTPEndpoint(try server.start()[0]))
        #expect(throws: HTTPClientError.timedOut) {
            try client.send(HTTPRequest(method: .get, target: "/"), timeout: .milliseconds(20))
        }
    }

    @Test func nobodyListening() throws {
        let client = HTTPClient(HTTPEndpoint(host: "127.0.0.1", port: 1))
        let error = #expect(throws: HTTPClientError.self) {
            try client.send(HTTPRequest(method: .get, target: "/"), timeout: patience)
        }
        guard case .unreachable(let reason) = error else { return #expect(Bool(false), "\(String(describing: error))") }
        #expect(reason.isRefused)
    }

    /// A kept connection that the server has closed meanwhile is not used again.
    @Test func staleConnectionsAreNotUsed() throws {
        let test = try TestServer(
            limits: {
                var limits = HTTPLimits()
                // Long enough for a busy machine to send the request before it is over.
                limits.idleTimeout = .milliseconds(250)
                return limits
            }())
        let client = HTTPClient(test.endpoint)
        for _ in 0..<2 {
            #expect(try client.send(HTTPRequest(method: .get, target: "/"), timeout: patience).ending == .complete)
            while test.server.connectionCount != 0 { _ = test.server.connectionCount }
        }
    }

    /// A body larger than the kernel's buffers, in both directions at once.
    @Test func largeBodies() throws {
        let test = try TestServer()
        let body = (0..<4_000_000).map { UInt8(truncatingIfNeeded: $0 &* 7) }
        let answer = try HTTPClient(test.endpoint).send(
            HTTPRequest(method: .put, target: "/", body: body), timeout: patience)
        #expect(answer.body == body)
    }

    // MARK: The parser of answers

    struct ParserRow: CustomTestStringConvertible, Sendable {
        var name: String
        var method = HTTPMethod.get
        var wire: String
        var status = 200
        var reason = "OK"
        var body = ""
        var ending = HTTPClientResponse.Ending.complete
        var error: HTTPParseError?
        var testDescription: String { name }
    }

    @Test(arguments: [
        ParserRow(name: "length", wire: "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nab", body: "ab"),
        ParserRow(
            name: "chunks", wire: "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nab\r\n0\r\nT: x\r\n\r\n",
            body: "ab"),
        ParserRow(name: "until the end", wire: "HTTP/1.1 200 OK\r\n\r\nab", body: "ab"),
        ParserRow(name: "HTTP/1.0 until the end", wire: "HTTP/1.0 200 OK\r\n\r\nab", body: "ab"),
        ParserRow(name: "no phrase", wire: "HTTP/1.1 204 \r\n\r\n", status: 204, reason: ""),
        ParserRow(name: "no blank behind the code", wire: "HTTP/1.1 204\r\n\r\n", status: 204, reason: ""),
        ParserRow(
            name: "phrase with blanks", wire: "HTTP/1.1 404 Not  Found\r\nContent-Length: 0\r\n\r\n", status: 404,
            reason: "Not  Found"),
        ParserRow(name: "answer to HEAD", method: .head, wire: "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n"),
        ParserRow(name: "304 with a length", wire: "HTTP/1.1 304 OK\r\nContent-Length: 9\r\n\r\n", status: 304),
        ParserRow(
            name: "interim answers",
            wire:
                "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Hints\r\nA: b\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\na",
            body: "a"),
        ParserRow(name: "end in the head", wire: "HTTP/1.1 200 OK\r\nConte", status: 0, reason: "", ending: .truncated),
        ParserRow(
            name: "end in the body", wire: "HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nab", body: "ab",
            ending: .truncated),
        ParserRow(
            name: "end in the chunks", wire: "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\na", body: "a",
            ending: .truncated),
        ParserRow(name: "nothing", wire: "", status: 0, reason: "", ending: .dropped),
        ParserRow(name: "another protocol", wire: "SSH-2.0-x\r\n", error: .statusLine),
        ParserRow(name: "HTTP/2.0", wire: "HTTP/2.0 200 OK\r\n\r\n", error: .statusLine),
        ParserRow(name: "code of two digits", wire: "HTTP/1.1 20 OK\r\n\r\n", error: .statusLine),
        ParserRow(name: "code of four digits", wire: "HTTP/1.1 2000 OK\r\n\r\n", error: .statusLine),
        ParserRow(
            name: "two lengths", wire: "HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 1\r\n\r\n",
            error: .contentLengthRepeated),
        ParserRow(
            name: "length and chunks",
            wire: "HTTP/1.1 200 OK\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n",
            error: .contentLengthWithTransferEncoding),
        ParserRow(name: "bare LF", wire: "HTTP/1.1 200 OK\n\n", error: .bareLineFeed),
        ParserRow(name: "switch of protocols", wire: "HTTP/1.1 101 Now\r\n\r\n", error: .statusLine),
        ParserRow(
            name: "bad chunk", wire: "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nx\r\n", error: .chunkSize),
    ])
    func answersAtEveryCut(_ row: ParserRow) {
        let bytes = Array(row.wire.utf8)
        for cut in 0...bytes.count {
            var parser = HTTPResponseParser(method: row.method, limits: HTTPLimits())
            var result: HTTPClientResponse?
            var error: HTTPParseError?
            for piece in [Array(bytes[..<cut]), Array(bytes[cut...])] where result == nil && error == nil {
                var cursor = 0
                switch parser.feed(piece.span, &cursor) {
                case .needsMoreBytes: break
                case .message(let response): result = response
                case .failed(let failure): error = failure
                }
            }
            #expect(error == row.error, "cut at \(cut)")
            guard error == nil else { continue }
            let response = result ?? parser.end(reset: false)
            #expect(response.status == row.status, "cut at \(cut)")
            #expect(response.reason == row.reason)
            #expect(String(decoding: response.body, as: UTF8.self) == row.body)
            #expect(response.ending == row.ending)
        }
    }
}
