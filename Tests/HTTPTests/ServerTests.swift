import Dispatch
import HTTP
import Platform
import Testing

/// Listening, stopping, filters.
@Suite struct ServerTests {
    @Test func severalListeners() throws {
        let first = HTTPListener(name: "first", handler: EchoHandler())
        let second = HTTPListener(
            name: "second", host: "localhost", handler: ClosureHandler { _ in .now(HTTPResponse(status: 201)) })
        let server = try HTTPServer(listeners: [first, second])
        let addresses = try server.start()
        #expect(addresses.map(\.name) == ["first", "second"])
        #expect(addresses[0].host == "127.0.0.1")
        #expect(addresses[0].description == "127.0.0.1:\(addresses[0].port)")
        #expect(try RawConnection(port: addresses[0].port).roundTrip(get()).headers["x-listener"] == "first")
        let client = HTTPClient(HTTPEndpoint(addresses[1]))
        #expect(try client.send(HTTPRequest(method: .get, target: "/"), timeout: RawConnection.patience).status == 201)
        let third = try server.open(HTTPListener(name: "third", handler: EchoHandler()))
        #expect(try RawConnection(port: third.port).roundTrip(get()).headers["x-listener"] == "third")
        #expect(Set([addresses[0].port, addresses[1].port, third.port]).count == 3)
    }

    @Test func aClosedListenerRefuses() throws {
        // An address of its own: on the usual one, another test could get the port as soon as it is free.
        let host = "127.0.0.77"
        var configuration = HTTPServerConfiguration()
        configuration.loopCount = 1
        let server = try HTTPServer(configuration, listeners: [HTTPListener(host: host, handler: EchoHandler())])
        let port = try server.start()[0].port
        let connection = try RawConnection(host: host, port: port)
        #expect(try connection.roundTrip(get()).status == 200)
        server.close("main")
        // The loop does such work in its order: a listener that was opened after it answers when the first is closed. A
        // request on the old connection would prove nothing, for it may come in the same turn and before the work.
        let later = try server.open(HTTPListener(name: "later", handler: EchoHandler()))
        #expect(try RawConnection(port: later.port).roundTrip(get()).status == 200)
        #expect(try connection.roundTrip(get()).status == 200)
        let error = #expect(throws: SystemError.self) { try RawConnection(host: host, port: port) }
        #expect(error?.isRefused == true)
    }

    @Test func aPortInUse() throws {
        let test = try TestServer()
        let listeners = [
            HTTPListener(name: "free", handler: EchoHandler()),
            HTTPListener(name: "taken", port: test.port, handler: EchoHandler()),
        ]
        let server = try HTTPServer(listeners: listeners)
        let error = try #require(throws: HTTPServerError.self) { try server.start() }
        #expect(error.isAddressInUse)
        #expect(error.listener == "taken")
        #expect("\(error)" == "cannot listen on 127.0.0.1:\(test.port) (taken): Address already in use")
    }

    @Test func aHostThatIsNotOurs() throws {
        let server = try HTTPServer(listeners: [HTTPListener(host: "192.0.2.1", port: 1, handler: EchoHandler())])
        let error = try #require(throws: HTTPServerError.self) { try server.start() }
        #expect(!error.isAddressInUse)
        #expect("\(error)".hasPrefix("cannot listen on 192.0.2.1:1 (main): "))
    }

    /// All requests of one turn of the loop are answered before any answer is sent: each client gets its own, in order,
    /// and one that has gone meanwhile takes nobody's with it.
    @Test func manyAnswersInOneTurn() throws {
        let (isHeld, haveSent) = (Event(), Event())
        let test = try TestServer(
            ClosureHandler { request in
                if request.headers["x-value"] == "hold" {
                    isHeld.happen()
                    haveSent.wait()
                }
                return .now(EchoHandler.echo(request))
            })
        let clients = try (0..<70).map { _ in try test.connect() }
        for client in clients { #expect(try client.roundTrip(get()).status == 200) }
        let holding = try test.connect()
        try holding.send(get("X-Value: hold"))
        // The loop is busy until all others have sent: they are its next turns.
        isHeld.wait()
        for (number, client) in clients.enumerated() {
            try client.send((0...number % 3).map { get("X-Value: \(number)/\($0)") }.joined())
            if number % 7 == 0 { client.socket.reset() }
        }
        haveSent.happen()
        #expect(try holding.response().headers["x-value"] == "hold")
        for (number, client) in clients.enumerated() where number % 7 != 0 {
            for request in 0...number % 3 {
                #expect(try client.response().headers["x-value"] == "\(number)/\(request)")
            }
        }
    }

    @Test func theContinueComesBeforeTheBody() throws {
        let test = try TestServer()
        let connection = try test.connect()
        try connection.send(post("Expect: 100-continue", "Content-Length: 2", body: ""))
        #expect(try connection.bytes(25) == "HTTP/1.1 100 Continue\r\n\r\n")
        try connection.send("ab")
        #expect(try connection.response().body == Array("ab".utf8))
        // A body that is too long is refused instead.
        try connection.send(post("Expect: 100-continue", "Content-Length: 4194305", body: ""))
        #expect(try connection.bytes(13) == "HTTP/1.1 413 ")
    }

    /// An interim answer must not overtake the final answer of an earlier request.
    @Test func theContinueWaitsForItsTurn() throws {
        let isAsked = Latch()
        let test = try TestServer(
            ClosureHandler { request in
                guard request.method == .get else { return .now(HTTPResponse(status: 200, body: request.body)) }
                return .later {
                    await isAsked.wait()
                    return HTTPResponse(status: 201)
                }
            })
        let connection = try test.connect()
        try connection.send(get() + post("Expect: 100-continue", "Content-Length: 2", body: ""))
        isAsked.open()
        #expect(try connection.bytes(13) == "HTTP/1.1 201 ")
        let rest = try connection.response201Rest()
        #expect(rest.hasSuffix("\r\n\r\nHTTP/1.1 100 Continue\r\n\r\n"))
        try connection.send("ab")
        #expect(try connection.response().body == Array("ab".utf8))
    }

    // MARK: Stopping

    @Test func stoppingClosesIdleConnections() async throws {
        let test = try TestServer(loops: 2)
        let connections = try (0..<10).map { _ in try test.connect() }
        for connection in connections { #expect(try connection.roundTrip(get()).status == 200) }
        #expect(await test.server.stop(deadline: .seconds(30)))
        for connection in connections { #expect(try connection.end() == .closed) }
        #expect(throws: SystemError.self) { try test.connect() }
        #expect(await test.server.stop(deadline: .seconds(30)))
    }

    @Test func stoppingFinishesWhatIsInFlight() throws {
        let started = Event()
        let mayFinish = Latch()
        let test = try TestServer(
            ClosureHandler { request in
                .later {
                    started.happen()
                    await mayFinish.wait()
                    return HTTPResponse(status: 200, body: request.body)
                }
            })
        let waiting = try test.connect()
        try waiting.send(get())
        started.wait()
        let stop = BackgroundStop(test.server)
        // The listener is gone before the answer is there.
        while let connection = try? test.connect() { _ = connection }
        mayFinish.open()
        let answer = try waiting.response()
        #expect(answer.status == 200)
        #expect(answer.headers["connection"] == "close")
        #expect(try waiting.end() == .closed)
        #expect(stop.isInTime())
    }

    /// Clients that got their last answer and keep their side open do not hold up the end.
    @Test func stoppingDoesNotLinger() throws {
        let started = Event()
        let mayFinish = Latch()
        var limits = HTTPLimits()
        limits.lingerTimeout = .seconds(3600)
        limits.stopLingerTimeout = .milliseconds(20)
        let test = try TestServer(
            limits: limits,
            ClosureHandler { _ in
                .later {
                    started.happen()
                    await mayFinish.wait()
                    return HTTPResponse(status: 200)
                }
            })
        let lingering = try test.connect()
        #expect(try lingering.roundTrip("BAD\r\n").status == 400)
        let waiting = try test.connect()
        try waiting.send(get())
        started.wait()
        let stop = BackgroundStop(test.server)
        while let connection = try? test.connect() { _ = connection }
        mayFinish.open()
        #expect(try waiting.response().status == 200)
        #expect(stop.isInTime())
        #expect(test.server.connectionCount == 0)
        withExtendedLifetime((lingering, waiting)) {}
    }

    @Test func theDeadlineCancels() async throws {
        let started = Event()
        let cancelled = Event()
        let loops = try EventLoopGroup(count: 1)
        defer { loops.stop() }
        let timers = loops.timers
        let handler = ClosureHandler { _ in
            .later {
                started.happen()
                do { try await timers.sleep(for: .seconds(1_000)) } catch { cancelled.happen() }
                return HTTPResponse(status: 200)
            }
        }
        let server = try HTTPServer(listeners: [HTTPListener(handler: handler)], loops: loops)
        let connection = try RawConnection(port: try server.start()[0].port)
        try connection.send(get())
        started.wait()
        #expect(await !server.stop(deadline: .milliseconds(10)))
        cancelled.wait()
        _ = try connection.end()
        #expect(connection.unread.isEmpty)
        #expect(server.connectionCount == 0)
    }

    @Test func stoppingFromAThread() throws {
        let test = try TestServer()
        let connection = try test.connect()
        #expect(try connection.roundTrip(get()).status == 200)
        #expect(test.server.stopAndWait(deadline: .seconds(30)))
        #expect(try connection.end() == .closed)
    }

    @Test func aServerThatIsDroppedCloses() throws {
        var test: TestServer? = try TestServer()
        let connection = try #require(test).connect()
        #expect(try connection.roundTrip(get()).status == 200)
        test = nil
        _ = try connection.end()
    }

    @Test func connectionsAreSpreadOverTheLoops() throws {
        let loops = try EventLoopGroup(count: 3)
        defer { loops.stop() }
        let handler = ClosureHandler { _ in
            .now(HTTPResponse(status: 200 + (loops.loops.firstIndex { $0.executor.isOnLoop } ?? 99)))
        }
        let server = try HTTPServer(listeners: [HTTPListener(handler: handler)], loops: loops)
        let port = try server.start()[0].port
        var counts: [Int: Int] = [:]
        let connections = try (0..<12).map { _ in try RawConnection(port: port) }
        for connection in connections { counts[try connection.roundTrip(get()).status, default: 0] += 1 }
        #expect(counts == [200: 4, 201: 4, 202: 4])
    }

    // MARK: Filters

    /// Turns every bit around; greets at the beginning, says farewell at the end, and breaks at a byte 0xFF.
    private final class Inverter: ByteFilter {
        struct Broken: Error {}
        private var hasGreeted = false
        let isEstablished = true
        let peerHasEnded = false

        func begin(wire: inout [UInt8]) {}

        func receive(_ bytes: Span<UInt8>, plain: inout [UInt8], wire: inout [UInt8]) throws {
            if !hasGreeted { wire += Array("<".utf8) }
            hasGreeted = true
            for index in bytes.indices {
                guard bytes[index] != 0xFF else { throw Broken() }
                plain.append(~bytes[index])
            }
        }

        func send(_ plain: Span<UInt8>, wire: inout [UInt8]) throws {
            for index in plain.indices { wire.append(~plain[index]) }
        }

        func finish(wire: inout [UInt8]) { wire += Array(">".utf8) }
    }

    @Test func aFilterTranslatesBothWays() throws {
        var listener = HTTPListener(handler: EchoHandler())
        listener.filter = { _ in Inverter() }
        let server = try HTTPServer(listeners: [listener])
        let port = try server.start()[0].port
        let connection = try RawConnection(port: port)
        try connection.send(
            Array((get() + post("Content-Length: 2", "Connection: close", body: "ab")).utf8).map { ~$0 })
        #expect(try connection.end() == .closed)
        #expect(connection.unread.first == UInt8(ascii: "<"))
        #expect(connection.unread.last == UInt8(ascii: ">"))
        let text = String(decoding: connection.unread.dropFirst().dropLast().map { ~$0 }, as: UTF8.self)
        #expect(text.components(separatedBy: "HTTP/1.1 200 OK\r\n").count == 3)
        #expect(text.hasSuffix("Connection: close\r\n\r\nab"))
        let broken = try RawConnection(port: port)
        try broken.send([0xFF])
        _ = try broken.end()
        #expect(String(decoding: broken.unread, as: UTF8.self) == "<>")
    }
}

extension RawConnection {
    /// The rest of an answer without a body whose first bytes have been taken, and the interim answer behind it.
    fileprivate func response201Rest() throws -> String {
        var text = ""
        while !text.hasSuffix("100 Continue\r\n\r\n") { text += try bytes(1) }
        return text
    }
}

extension String {
    fileprivate func components(separatedBy separator: String) -> [Substring] {
        split(separator: separator, omittingEmptySubsequences: false)
    }
}

/// A server that stops on a thread of its own: other tests may keep all threads of the concurrency pool busy.
private final class BackgroundStop: Sendable {
    private let result = Lock(false)
    private let hasStopped = Event()

    init(_ server: HTTPServer) {
        DispatchQueue.global().async { [result, hasStopped] in
            let isInTime = server.stopAndWait(deadline: .seconds(30))
            result.withLock { $0 = isInTime }
            hasStopped.happen()
        }
    }

    /// Waits for the end; whether nothing had to be broken off.
    func isInTime() -> Bool {
        hasStopped.wait()
        return result.withLock { $0 }
    }
}
