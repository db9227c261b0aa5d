import HTTP
import Platform
import Testing

/// Limits that a whole server keeps, at the limit and one past it. No test sleeps: each waits on its socket.
@Suite struct LimitTests {
    private func limits(_ change: (inout HTTPLimits) -> Void) -> HTTPLimits {
        var limits = HTTPLimits()
        change(&limits)
        return limits
    }

    // MARK: Time

    @Test func anIdleConnectionIsClosedWithoutAWord() throws {
        let test = try TestServer(limits: limits { $0.idleTimeout = .milliseconds(20) })
        let silent = try test.connect()
        #expect(try silent.end() == .closed)
        #expect(silent.unread.isEmpty)
        let used = try test.connect()
        #expect(try used.roundTrip(get()).status == 200)
        #expect(try used.end() == .closed)
        #expect(used.unread.isEmpty)
    }

    struct TimeoutRow: CustomTestStringConvertible, Sendable {
        let name: String
        let sent: String
        var testDescription: String { name }
    }

    @Test(arguments: [
        TimeoutRow(name: "request line", sent: "GET / HT"),
        TimeoutRow(name: "fields", sent: "GET / HTTP/1.1\r\nHost: a\r\n"),
        TimeoutRow(name: "fields of a second request", sent: "GET / HTTP/1.1\r\nHost: a\r\n\r\nGET"),
    ])
    func aSlowHeadIsRefused(_ row: TimeoutRow) throws {
        let test = try TestServer(limits: limits { $0.headerTimeout = .milliseconds(20) })
        try refusesSlowness(test, row.sent)
    }

    @Test(arguments: [
        TimeoutRow(name: "length", sent: post("Content-Length: 2", body: "a")),
        TimeoutRow(name: "nothing of the body", sent: post("Content-Length: 2", body: "")),
        TimeoutRow(name: "chunks", sent: chunked("1\r\na\r\n")),
        TimeoutRow(name: "trailers", sent: chunked("0\r\nA: b\r\n")),
    ])
    func aSlowBodyIsRefused(_ row: TimeoutRow) throws {
        let test = try TestServer(limits: limits { $0.bodyTimeout = .milliseconds(20) })
        try refusesSlowness(test, row.sent)
    }

    @Test(arguments: [
        TimeoutRow(name: "length", sent: post("Content-Length: 200000", body: "a")),
        TimeoutRow(name: "chunks", sent: chunked("1\r\na\r\n")),
    ])
    func aBodyBelowTheLowestRateIsRefused(_ row: TimeoutRow) throws {
        let test = try TestServer(
            limits: limits {
                $0.bytesPerSecond = 1_000_000
                $0.rateGrace = .milliseconds(20)
            })
        try refusesSlowness(test, row.sent)
    }

    struct RateRow: CustomTestStringConvertible, Sendable {
        let name: String
        let rate: Int
        let bytes: Int
        /// In nanoseconds, with a grace of 1 s.
        let deadline: Int64
        var testDescription: String { name }
    }

    @Test(arguments: [
        RateRow(name: "nothing yet", rate: 100, bytes: 0, deadline: 1_000_000_005),
        RateRow(name: "one second's worth", rate: 100, bytes: 100, deadline: 2_000_000_005),
        RateRow(name: "half a byte's time", rate: 2, bytes: 1, deadline: 1_500_000_005),
        RateRow(name: "no rate", rate: 0, bytes: 0, deadline: .max),
        RateRow(name: "more than can be counted", rate: 1, bytes: .max, deadline: .max),
        RateRow(name: "at the end of time", rate: 1, bytes: 9_223_372_036, deadline: .max),
    ])
    func rates(_ row: RateRow) {
        var limits = HTTPLimits()
        limits.bytesPerSecond = row.rate
        limits.rateGrace = .seconds(1)
        #expect(limits.rateDeadline(since: 5, after: row.bytes) == row.deadline)
    }

    /// A client that takes some bytes now and then, but too few.
    @Test func aClientThatReadsBelowTheLowestRateIsReset() throws {
        let body = [UInt8](repeating: 1, count: 16_777_216)
        let test = try TestServer(
            limits: limits {
                $0.bytesPerSecond = 1_000_000_000
                $0.rateGrace = .milliseconds(40)
            },
            ClosureHandler { _ in .now(HTTPResponse(status: 200, body: body)) })
        let connection = try test.connect(receiveBuffer: 4_096)
        try connection.send(get())
        while test.server.connectionCount != 0 || connection.socket.isQuiet {
            _ = try connection.socket.wait(input: false, output: true, until: MonotonicClock.now())
        }
        #expect(try connection.end() == .reset)
    }

    /// Whoever starts a server can set every limit that there is.
    @Test func everyLimitHasAName() {
        let names = NamedHTTPLimit.all.map(\.name)
        #expect(names == Mirror(reflecting: HTTPLimits()).children.compactMap(\.label))
        for limit in NamedHTTPLimit.all {
            var changed = HTTPLimits()
            switch limit.kind {
            case .number(let path, _): changed[keyPath: path] = 123_457
            case .time(let path): changed[keyPath: path] = .milliseconds(123_457)
            }
            let names = zip(Mirror(reflecting: HTTPLimits()).children, Mirror(reflecting: changed).children)
                .filter { "\($0.value)" != "\($1.value)" }.compactMap(\.0.label)
            #expect(names == [limit.name])
        }
    }

    /// A server has no more connections than descriptors, but for those that it needs itself.
    @Test(arguments: [
        DescriptorRow("all that are needed", descriptors: 8192 + 68, 8192),
        DescriptorRow("one less", descriptors: 8192 + 67, 8191),
        DescriptorRow("few", descriptors: 1024, 956), DescriptorRow("very few", descriptors: 64, 32),
        DescriptorRow("next to none", descriptors: 1, 1), DescriptorRow("more", descriptors: 1 << 20, 8192),
    ])
    func descriptors(_ row: DescriptorRow) {
        let usual = HTTPLimits()
        #expect(usual.descriptors(loops: 1) == 8192 + 68)
        #expect(usual.fitting(descriptors: row.descriptors, loops: 1).connections == row.connections)
    }

    struct DescriptorRow: CustomTestStringConvertible, Sendable {
        let testDescription: String
        let descriptors: Int
        let connections: Int

        init(_ name: String, descriptors: Int, _ connections: Int) {
            testDescription = name
            self.descriptors = descriptors
            self.connections = connections
        }
    }

    private func refusesSlowness(_ test: TestServer, _ sent: String) throws {
        let connection = try test.connect()
        try connection.send(sent)
        var answer = try connection.response()
        if answer.status == 200 { answer = try connection.response() }
        #expect(answer.status == 408)
        #expect(answer.headers["connection"] == "close")
        #expect(try connection.end() == .closed)
    }

    /// The handler's time is not the client's fault.
    @Test func waitingForAHandlerIsNotIdle() throws {
        let loops = try EventLoopGroup(count: 1)
        defer { loops.stop() }
        let timers = loops.timers
        var configuration = HTTPServerConfiguration()
        configuration.limits.idleTimeout = .milliseconds(5)
        configuration.limits.headerTimeout = .milliseconds(5)
        let handler = ClosureHandler { _ in
            .later {
                do { try await timers.sleep(for: .milliseconds(40)) } catch { return HTTPResponse(status: 500) }
                return HTTPResponse(status: 200)
            }
        }
        let server = try HTTPServer(configuration, listeners: [HTTPListener(handler: handler)], loops: loops)
        let connection = try RawConnection(port: try server.start()[0].port)
        #expect(try connection.roundTrip(get()).status == 200)
        #expect(try connection.end() == .closed)
    }

    /// A client that takes nothing of a large answer is given up.
    @Test func aClientThatDoesNotReadIsReset() throws {
        let body = [UInt8](repeating: 1, count: 16_777_216)
        let test = try TestServer(
            limits: limits { $0.writeTimeout = .milliseconds(50) },
            ClosureHandler { _ in .now(HTTPResponse(status: 200, body: body)) })
        let connection = try test.connect(receiveBuffer: 4_096)
        try connection.send(get())
        // Not reading while the server gives up; the socket only says that something has happened.
        while test.server.connectionCount != 0 || connection.socket.isQuiet {
            _ = try connection.socket.wait(input: false, output: true, until: MonotonicClock.now())
        }
        #expect(try connection.end() == .reset)
        #expect(connection.unread.count < body.count)
    }

    /// After a refusal the client has time to read; then the server closes, whatever the client does.
    @Test func lingeringEnds() throws {
        let test = try TestServer(limits: limits { $0.lingerTimeout = .milliseconds(30) })
        let connection = try test.connect()
        #expect(try connection.roundTrip("BAD\r\n").status == 400)
        #expect(try connection.end() == .closed)
        // The client keeps its side open: only the timer can end this.
        while test.server.connectionCount != 0 {
            _ = try connection.socket.wait(input: false, output: true, until: MonotonicClock.now())
        }
    }

    /// What a client goes on sending after a refusal is thrown away, up to a limit.
    @Test func lingeringTakesSoManyBytes() throws {
        let test = try TestServer(
            limits: limits {
                $0.lingerTimeout = .seconds(3600)
                $0.lingerBytes = 1000
            })
        let witness = try test.connect()
        let connection = try test.connect()
        #expect(try connection.roundTrip("BAD\r\n").status == 400)
        #expect(try connection.end() == .closed)
        // One loop: what came before the witness's request has been read when that is answered.
        try connection.send([UInt8](repeating: 1, count: 1000))
        #expect(try witness.roundTrip(get()).status == 200)
        #expect(test.server.connectionCount == 2)
        try connection.send([1])
        #expect(try witness.roundTrip(get()).status == 200)
        #expect(test.server.connectionCount == 1)
    }

    /// The answer to a request that is refused at its head arrives although the body is still being sent.
    @Test func aRefusalIsNotLostBehindABody() throws {
        let test = try TestServer(limits: limits { $0.bodyBytes = 10 })
        let connection = try test.connect()
        try connection.send(post("Content-Length: 900000", body: String(repeating: "x", count: 900_000)))
        let answer = try connection.response()
        #expect(answer.status == 413)
        #expect(answer.ending == .complete)
        #expect(try connection.end() == .closed)
    }

    // MARK: Numbers

    @Test func oneConnectionTooMany() throws {
        let test = try TestServer(limits: limits { $0.connections = 2 })
        let kept = try [test.connect(), test.connect()]
        for connection in kept { #expect(try connection.roundTrip(get()).status == 200) }
        let refused = try test.connect()
        let answer = try refused.response()
        #expect(answer.status == 503)
        #expect(answer.headers["connection"] == "close")
        #expect(try refused.end() == .closed)
        for connection in kept { #expect(try connection.roundTrip(get()).status == 200) }
    }

    @Test func aPlaceIsFreeAgain() throws {
        let test = try TestServer(limits: limits { $0.connections = 1 })
        for _ in 0..<20 {
            let connection = try test.connect()
            #expect(try connection.roundTrip(get("Connection: close")).status == 200)
            #expect(try connection.end() == .closed)
            // The client sees the end a moment before the server has counted it.
            while test.server.connectionCount != 0 {
                _ = try connection.socket.wait(input: true, output: false, until: MonotonicClock.now())
            }
        }
    }

    @Test func oneRequestInFlightTooMany() throws {
        let loops = try EventLoopGroup(count: 1)
        defer { loops.stop() }
        let timers = loops.timers
        var configuration = HTTPServerConfiguration()
        configuration.limits.requestsInFlight = 2
        let handler = ClosureHandler { request in
            .later {
                do { try await timers.sleep(for: .seconds(1_000)) } catch { return HTTPResponse(status: 500) }
                return HTTPResponse(status: 200)
            }
        }
        let server = try HTTPServer(configuration, listeners: [HTTPListener(handler: handler)], loops: loops)
        let port = try server.start()[0].port
        let waiting = try [RawConnection(port: port), RawConnection(port: port)]
        for connection in waiting { try connection.send(get()) }
        // Accepted in any order; both are in flight once a third one is refused.
        var answer: HTTPClientResponse?
        while answer == nil {
            if server.requestsInFlight == 2 { answer = try RawConnection(port: port).roundTrip(get()) }
        }
        #expect(answer?.status == 503)
        #expect(answer?.headers["connection"] == nil)
        withExtendedLifetime(waiting) {}
    }

    /// A client that sends requests and reads no answers: the server stops reading, so the client can send no more;
    /// when the client reads, everything goes on.
    @Test func backPressure() throws {
        let body = [UInt8](repeating: 7, count: 10_000)
        let answered = Lock(0)
        let test = try TestServer(
            limits: limits { $0.outputBytes = 100_000 },
            ClosureHandler { _ in
                answered.withLock { $0 += 1 }
                return .now(HTTPResponse(status: 200, body: body))
            })
        let connection = try test.connect()
        let total = 5_000
        // Twenty megabytes of requests: more than the kernel's buffers hold.
        let request = Array(post("Content-Length: 4000", body: String(repeating: "x", count: 4_000)).utf8)
        let all = (0..<total).flatMap { _ in request }
        var sent = 0
        var isFull = false
        // Full means: no room although the server had time to make some, and nothing is being answered.
        while !isFull, sent < all.count {
            let count = try connection.sendWhatFits(Array(all[sent..<min(all.count, sent + 65_536)]))
            sent += count
            guard count == 0 else { continue }
            let before = answered.withLock { $0 }
            let deadline = MonotonicClock.now().advanced(by: .milliseconds(200))
            isFull =
                try !connection.socket.wait(input: false, output: true, until: deadline)
                && answered.withLock { $0 } == before
        }
        #expect(sent < all.count)
        // What it holds is bounded: its limit, the kernel's buffers (some megabytes), one batch.
        #expect(answered.withLock { $0 } < 2_000)
        var received = 0
        while received < total {
            if sent < all.count {
                sent += try connection.sendWhatFits(Array(all[sent..<min(all.count, sent + 65_536)]))
            }
            let answer = try connection.response()
            #expect(answer.body.count == body.count)
            received += 1
        }
        #expect(answered.withLock { $0 } == total)
    }

    /// Requests behind a deferred answer are not taken without end.
    @Test func pipelinesAreBounded() throws {
        let loops = try EventLoopGroup(count: 1)
        defer { loops.stop() }
        let timers = loops.timers
        let seen = Lock(0)
        var configuration = HTTPServerConfiguration()
        configuration.limits.pipelinedRequests = 3
        let handler = ClosureHandler { _ in
            seen.withLock { $0 += 1 }
            return .later {
                // Longer than the server needs to take everything, if it would.
                do { try await timers.sleep(for: .milliseconds(1)) } catch { return HTTPResponse(status: 500) }
                return HTTPResponse(status: 200, body: Array("\(seen.withLock { $0 })".utf8))
            }
        }
        let server = try HTTPServer(configuration, listeners: [HTTPListener(handler: handler)], loops: loops)
        let connection = try RawConnection(port: try server.start()[0].port)
        try connection.send(String(repeating: get(), count: 30))
        for index in 0..<30 {
            let taken = Int(String(decoding: try connection.response().body, as: UTF8.self)) ?? .max
            #expect(taken <= index + 3)
        }
    }
}
