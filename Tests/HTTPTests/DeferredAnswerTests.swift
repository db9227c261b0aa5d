import HTTP
import Platform
import Testing

/// Answers that come later.
@Suite struct DeferredAnswerTests {
    @Test func answersKeepTheOrderOfTheRequests() throws {
        let latch = Latch()
        let second = Event()
        let test = try TestServer(
            ClosureHandler { request in
                switch request.target {
                case "/first":
                    return .later {
                        await latch.wait()
                        return HTTPResponse(status: 201)
                    }
                case "/second":
                    second.happen()
                    return .now(HTTPResponse(status: 202, body: [1, 2, 3]))
                default: return .later { HTTPResponse(status: 203) }
                }
            })
        let connection = try test.connect()
        let requests = ["/first", "/second", "/third", "/second"].map { "GET \($0) HTTP/1.1\r\nHost: a\r\n\r\n" }
        try connection.send(requests.joined())
        // The second is answered by its handler while the first still waits, but must not be sent.
        second.wait()
        #expect(connection.socket.isQuiet)
        latch.open()
        for status in [201, 202, 203, 202] { #expect(try connection.response().status == status) }
    }

    @Test func handlersStayOnTheLoop() throws {
        let loops = try EventLoopGroup(count: 2)
        defer { loops.stop() }
        let timers = loops.timers
        let handler = ClosureHandler { _ in
            let before = loops.loops.firstIndex { $0.executor.isOnLoop }
            return .later {
                let start = loops.loops.firstIndex { $0.executor.isOnLoop }
                do { try await timers.sleep(for: .milliseconds(1)) } catch { return HTTPResponse(status: 500) }
                let after = loops.loops.firstIndex { $0.executor.isOnLoop }
                return HTTPResponse(status: before != nil && before == start && start == after ? 200 : 500)
            }
        }
        let server = try HTTPServer(listeners: [HTTPListener(handler: handler)], loops: loops)
        let port = try server.start()[0].port
        for _ in 0..<8 { #expect(try RawConnection(port: port).roundTrip(get()).status == 200) }
    }

    /// RST: nobody waits for the answer any more.
    @Test func aResetCancelsTheHandler() throws {
        let started = Event()
        let cancelled = Event()
        let loops = try EventLoopGroup(count: 1)
        defer { loops.stop() }
        let timers = loops.timers
        let handler = ClosureHandler { _ in
            .later {
                started.happen()
                do {
                    try await timers.sleep(for: .seconds(1_000))
                } catch {
                    cancelled.happen()
                }
                return HTTPResponse(status: 200)
            }
        }
        let server = try HTTPServer(listeners: [HTTPListener(handler: handler)], loops: loops)
        let connection = try RawConnection(port: try server.start()[0].port)
        try connection.send(get())
        started.wait()
        connection.socket.reset()
        cancelled.wait()
    }

    /// FIN means "no more requests": the answer is still awaited.
    @Test func aHalfCloseIsNoDisconnect() throws {
        let latch = Latch()
        let test = try TestServer(
            ClosureHandler { request in
                .later {
                    await latch.wait()
                    return HTTPResponse(status: 200, body: Array(request.target.utf8))
                }
            })
        let connection = try test.connect()
        try connection.send("GET /1 HTTP/1.1\r\nHost: a\r\n\r\nGET /2 HTTP/1.1\r\nHost: a\r\n\r\n")
        connection.socket.endSending()
        latch.open()
        #expect(try connection.response().body == Array("/1".utf8))
        #expect(try connection.response().body == Array("/2".utf8))
        #expect(try connection.end() == .closed)
    }

    /// A fault in front takes the handlers behind it along.
    @Test func aFaultCancelsWhatIsBehind() throws {
        let cancelled = Event()
        let loops = try EventLoopGroup(count: 1)
        defer { loops.stop() }
        let timers = loops.timers
        let latch = Latch()
        let handler = ClosureHandler { request in
            .later {
                if request.target == "/fault" {
                    await latch.wait()
                    return HTTPResponse(status: 200, delivery: .dropped)
                }
                latch.open()
                do { try await timers.sleep(for: .seconds(1_000)) } catch { cancelled.happen() }
                return HTTPResponse(status: 200)
            }
        }
        let server = try HTTPServer(listeners: [HTTPListener(handler: handler)], loops: loops)
        let connection = try RawConnection(port: try server.start()[0].port)
        try connection.send("GET /fault HTTP/1.1\r\nHost: a\r\n\r\n" + get())
        #expect(try connection.end() == .closed)
        #expect(connection.unread.isEmpty)
        cancelled.wait()
    }

    @Test func manyConnectionsManyHandlers() async throws {
        let loops = try EventLoopGroup(count: 2)
        defer { loops.stop() }
        let timers = loops.timers
        let handler = ClosureHandler { request in
            .later {
                do { try await timers.sleep(for: .milliseconds(2)) } catch { return HTTPResponse(status: 500) }
                return HTTPResponse(status: 200, body: Array(request.target.utf8))
            }
        }
        let server = try HTTPServer(listeners: [HTTPListener(handler: handler)], loops: loops)
        let port = try server.start()[0].port
        let connections = try (0..<200).map { _ in try RawConnection(port: port) }
        for round in 0..<3 {
            for (index, connection) in connections.enumerated() {
                try connection.send("GET /\(round)-\(index) HTTP/1.1\r\nHost: a\r\n\r\n")
            }
            for (index, connection) in connections.enumerated() {
                #expect(try connection.response().body == Array("/\(round)-\(index)".utf8))
            }
        }
        #expect(server.connectionCount == 200)
        #expect(server.requestsInFlight == 0)
        #expect(await server.stop(deadline: .seconds(30)))
        for connection in connections { #expect(try connection.end() == .closed) }
    }
}
