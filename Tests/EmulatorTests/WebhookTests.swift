import Emulator
import Processor
import ServiceKit
import HTTP
import JSON
import Platform
import Replays
import TLS
import Testing

/// Webhooks over sockets: a running server tells another one.
@Suite(.timeLimit(.minutes(2))) struct WebhookTests {
    /// Where messages arrive. What it answers can be changed between them.
    private final class Receiver: HTTPHandler {
        private let status = Lock(200)
        private let arrived: AsyncStream<HTTPRequest>.Continuation
        let messages: AsyncStream<HTTPRequest>

        init() { (messages, arrived) = AsyncStream.makeStream() }

        func answer(_ status: Int) { self.status.withLock { $0 = status } }

        func respond(to request: HTTPRequest) -> HTTPReply {
            arrived.yield(request)
            return .now(HTTPResponse(status: status.withLock { $0 }, headers: [], body: []))
        }
    }

    /// A receiver that listens, and a server that tells it.
    private struct Bench {
        let receiver = Receiver()
        let listener: HTTPServer
        let live: LiveServer
        var messages: AsyncStream<HTTPRequest>.AsyncIterator

        init(clock: String, hook: String = "", authority: LocalAuthority? = nil) throws {
            var hooks = HTTPListener(name: "hooks", host: "127.0.0.1", port: 0, handler: receiver)
            if let authority {
                let tls = try TLSServer(.authority(authority)) { _ in }
                hooks = HTTPListener(
                    name: "hooks", host: "127.0.0.1", port: 0, handler: receiver, filter: { try tls.filter($0) })
            }
            listener = try HTTPServer(listeners: [hooks])
            let port = try #require(listener.start().first?.port)
            let scheme = authority == nil ? "http" : "https"
            live = try LiveServer(
                text: """
                    understudy: scenario/1
                    name: told
                    extends: uat-plain
                    clock: \(clock)
                    fluidpay:
                      accounts:
                        - id: testmerchant12345678
                          webhooks:
                            - { id: hook, url: "\(scheme)://localhost:\(port)/hook?x=1", secret: s\(hook) }

                    """, webhookAuthorities: try authority?.certificateText())
            messages = receiver.messages.makeAsyncIterator()
        }

        func send(
            _ path: String, _ body: JSONValue, to server: ReplayServer? = nil, by method: HTTPMethod = .put
        ) async throws -> JSONValue {
            let client = HTTPClient((server ?? live.services).endpoint)
            let headers: HTTPFields = [
                "Authorization": "api_Understudy00000000000000000", "Content-Type": "application/json",
            ]
            let response = try await client.response(
                to: HTTPRequest(
                    method: server == nil ? .post : method, target: path, headers: headers, body: body.serialized()),
                timeout: .seconds(20))
            return try JSONValue(parsing: response.body)
        }

        func sell() async throws {
            let answer = try await send(
                "/api/transaction",
                [
                    "type": "sale", "amount": 100,
                    "payment_method": ["card": ["number": "4111111111111111", "expiration_date": "12/35"]],
                ])
            #expect(answer["data"]?["status"]?.text == "pending_settlement")
        }

        mutating func next() async throws -> HTTPRequest { try #require(await messages.next()) }

        func moveClock(by text: String) async throws {
            _ = try await send("/v1/worlds/main/clock", ["advance": .string(text)], to: live.control)
        }

        /// The statuses that the journal has of attempts.
        var attempts: [Int] {
            let world = live.server.emulator.worlds.main.snapshot
            return (1...world.lastSequence).compactMap { world.journal.entry($0) }
                .filter { $0.operation == "webhook" }.compactMap { $0.exchange?.status }
        }

        func stop() { listener.stopAndWait(deadline: .seconds(1)) }
    }

    private static let frozen = "{ mode: frozen, start: 2030-01-02T10:00:00Z }"

    /// Nobody asks anything of the world between the attempts: the clock alone brings them.
    @Test func retriesWhenTheClockMoves() async throws {
        var bench = try Bench(clock: Self.frozen)
        defer { bench.stop() }
        bench.receiver.answer(503)
        try await bench.sell()
        let first = try await bench.next()
        #expect(first.method == .post && first.target == "/hook?x=1")
        #expect(try JSONValue(parsing: first.body)["type"]?.text == "transaction_create")
        // The attempt has to be written down before its successor can be planned.
        while bench.live.server.emulator.worlds.main.snapshot.books.agenda.next(10).allSatisfy({
            $0.work.operation != "webhook"
        }) { await Task.yield() }
        bench.receiver.answer(200)
        try await bench.moveClock(by: "5m")
        let second = try await bench.next()
        #expect(second.headers["X-Webhook-Event-Id"] == first.headers["X-Webhook-Event-Id"])
        #expect(second.headers["Signature"] == first.headers["Signature"] && second.body == first.body)
        // What went over the wire is written down last.
        while bench.attempts.count < 2 { await Task.yield() }
        #expect(bench.attempts == [503, 200])
        #expect(bench.live.server.emulator.worlds.main.snapshot.books.gateway.webhooks.count == 0)
    }

    /// Somebody asks the control API for a message once more.
    @Test func isSentAgainByHand() async throws {
        var bench = try Bench(clock: Self.frozen)
        defer { bench.stop() }
        try await bench.sell()
        let first = try await bench.next()
        let again = try await bench.send("/v1/worlds/main/webhooks/1/replay", [:], to: bench.live.control, by: .post)
        #expect(again["message"]?.integer == 2 && again["replayOf"]?.integer == 1)
        let second = try await bench.next()
        #expect(second.headers["X-Webhook-Replay-Of"] == first.headers["X-Webhook-Event-Id"])
        #expect(second.headers["X-Webhook-Event-Id"] != first.headers["X-Webhook-Event-Id"])
        #expect(second.body == first.body)
        while bench.live.server.emulator.worlds.main.snapshot.books.gateway.webhooks.count > 0 { await Task.yield() }
        let listed = try await bench.send("/v1/worlds/main/webhooks", [:], to: bench.live.control, by: .get)
        #expect(listed["messages"]?.array?.map { $0["state"]?.text } == ["done", "done"])
    }

    /// Real time brings a late message without anybody's doing.
    @Test func comesWhenRealTimePasses() async throws {
        var bench = try Bench(clock: "{ mode: real }", hook: ", faults: [delayed], delay: 100ms")
        defer { bench.stop() }
        try await bench.sell()
        #expect(try JSONValue(parsing: try await bench.next().body)["type"]?.text == "transaction_create")
    }

    @Test func tellsOverHTTPS() async throws {
        let authority = try LocalAuthority.make()
        var bench = try Bench(clock: Self.frozen, authority: authority)
        defer { bench.stop() }
        try await bench.sell()
        #expect(try JSONValue(parsing: try await bench.next().body)["data"]?["amount"]?.integer == 100)
    }

    /// The answer of a test waits for the message of it.
    @Test func answersTestsWithWhatCameOfThem() async throws {
        var bench = try Bench(clock: Self.frozen)
        defer { bench.stop() }
        let good = try await bench.send("/api/merchant/testmerchant12345678/webhook/test", ["id": "hook"])
        #expect(good["data"]?["delivered"]?.boolValue == true && good["data"]?["status_code"]?.integer == 200)
        #expect(try JSONValue(parsing: try await bench.next().body)["type"]?.text == "test")
        let bad = try await bench.send(
            "/api/merchant/testmerchant12345678/webhook/test", ["url": "http://127.0.0.1:1/"])
        #expect(bad["data"]?["delivered"]?.boolValue == false)
        #expect(bad["data"]?["error"]?.text?.contains("cannot connect") == true)
    }
}
