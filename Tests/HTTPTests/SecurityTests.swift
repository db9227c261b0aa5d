import HTTP
import Platform
import TLS
import Testing

/// TLS over live sockets.
@Suite struct SecurityTests {
    private func limits(_ change: (inout HTTPLimits) -> Void) -> HTTPLimits {
        var limits = HTTPLimits()
        change(&limits)
        return limits
    }

    @Test func theClientKeepsASecureConnection() throws {
        let test = try SecuredServer()
        let client = test.httpClient
        for number in 0..<5 {
            let answer = try client.send(HTTPRequest(method: .get, target: "/\(number)"), timeout: .seconds(20))
            #expect(answer.status == 200 && answer.headers["x-target"] == "/\(number)")
            #expect(answer.headers["x-host"] == "localhost:\(test.port)")
        }
        #expect(test.server.connectionCount == 1)
        client.close()
    }

    @Test func bigBodiesGoBothWays() throws {
        let test = try SecuredServer()
        let body = (0..<4_000_000).map { UInt8(truncatingIfNeeded: $0 &* 7) }
        let answer = try test.httpClient.send(
            HTTPRequest(method: .post, target: "/", body: body), timeout: .seconds(30))
        #expect(answer.body == body)
    }

    @Test func aClientThatTrustsSomebodyElseSaysWhy() throws {
        let test = try SecuredServer()
        let other = try TLSClient(authorities: LocalAuthority.make().certificateText())
        let client = HTTPClient(test.endpoint, filter: { try other.filter(host: $0) })
        #expect {
            try client.send(HTTPRequest(method: .get, target: "/"), timeout: .seconds(20))
        } throws: {
            guard case .insecure(let reason) = $0 as? HTTPClientError else { return false }
            return reason.contains("the certificate of localhost is not trusted")
        }
    }

    @Test func aSecureEndpointNeedsAFilter() throws {
        let test = try SecuredServer()
        #expect(throws: HTTPClientError.insecure("this client cannot talk HTTPS")) {
            try HTTPClient(test.endpoint).send(HTTPRequest(method: .get, target: "/"), timeout: .seconds(20))
        }
    }

    /// A server that does not speak TLS, and one that goes away.
    @Test func aPlainServerIsNotTakenForASecureOne() throws {
        let plain = try TestServer()
        let client = try TLSClient(authorities: LocalAuthority.make().certificateText())
        let http = HTTPClient(
            HTTPEndpoint(host: "127.0.0.1", port: plain.port, isSecure: true), filter: { try client.filter(host: $0) })
        #expect {
            try http.send(HTTPRequest(method: .get, target: "/"), timeout: .seconds(20))
        } throws: {
            guard case .insecure = $0 as? HTTPClientError else { return false }
            return true
        }
    }

    @Test func plainHTTPIsAnsweredInPlain() throws {
        let test = try SecuredServer()
        let connection = try test.connectRaw()
        let answer = try connection.roundTrip(get())
        #expect(answer.status == 400 && String(decoding: answer.body, as: UTF8.self).contains("HTTPS"))
        #expect(try connection.end() == .closed)
    }

    struct HandshakeRow: CustomTestStringConvertible, Sendable {
        let name: String
        let sent: [UInt8]
        var testDescription: String { name }
    }

    @Test(arguments: [
        HandshakeRow(name: "nothing", sent: []),
        HandshakeRow(name: "a byte", sent: [22]),
        HandshakeRow(name: "half of a record", sent: [22, 3, 1, 2, 0, 1, 0, 1, 252, 3, 3]),
    ])
    func aSlowHandshakeIsEnded(_ row: HandshakeRow) throws {
        let test = try SecuredServer(limits: limits { $0.handshakeTimeout = .milliseconds(20) })
        let connection = try test.connectRaw()
        try connection.send(row.sent)
        // With bytes unread the kernel says RST instead of FIN.
        _ = try connection.end()
        #expect(connection.unread.isEmpty)
        // The client sees the end a moment before the server has forgotten the connection.
        while test.server.connectionCount != 0 { _ = test.server.connectionCount }
    }

    /// The time of the handshake is no time of the connection behind it.
    @Test func aConnectionOutlivesTheHandshakeTimeout() throws {
        let test = try SecuredServer(
            limits: limits {
                $0.handshakeTimeout = .milliseconds(200)
                $0.idleTimeout = .milliseconds(400)
            })
        let connection = try test.connect()
        let before = MonotonicClock.now()
        #expect(try connection.end() == .closed)
        #expect(MonotonicClock.now() - before > 300_000_000)
    }

    @Test func oneSecureConnectionTooManyIsClosed() throws {
        let test = try SecuredServer(limits: limits { $0.connections = 1 })
        let kept = try test.connect()
        let refused = try test.connectRaw()
        #expect(try refused.end() == .closed)
        #expect(refused.unread.isEmpty)
        #expect(try kept.roundTrip(get()).status == 200)
    }

    @Test func stoppingSaysFarewell() throws {
        let test = try SecuredServer()
        let connection = try test.connect()
        #expect(try connection.roundTrip(get()).status == 200)
        #expect(test.server.stopAndWait(deadline: .seconds(20)))
        #expect(try connection.end() == .closed)
    }

    /// Clients that are gone before their answers are: the server must not notice more than that.
    @Test(arguments: [false, true]) func resetsInTheMiddleHurtNobody(_ isSecure: Bool) throws {
        let secured = try SecuredServer(loops: 2)
        let plain = try TestServer(loops: 2)
        let requests = Array(String(repeating: get(), count: 60).utf8)
        for round in 0..<60 {
            let connection = try isSecure ? secured.connect() : plain.connect()
            try connection.send(Array(requests.prefix(requests.count - round % 3)))
            if round % 2 == 0 { _ = try connection.response() }
            connection.socket.reset()
        }
        let last = try isSecure ? secured.connect() : plain.connect()
        #expect(try last.roundTrip(get()).status == 200)
    }
}
