import Emulator
import HTTP
import Payments
import Platform
import Processor
import ServiceKit
import Testing

/// Answers that wait for their world's time: many of them, cheaply, on the event loop that took the request.
@Suite struct WaitingAnswerTests {
    private static let catalog = ScenarioCatalog(key: [1, 2, 3])
    private static let scenario =
        "understudy: scenario/1\nname: a\nextends: uat-plain\nclock: { mode: frozen }\n"
        + "gateway: { processorTimeout: 30s }\n"

    /// A card that never gets an answer.
    private static func silent(_ order: Int) -> HTTPRequest {
        let body =
            #"{"merchid":"496160873888","account":"4999006200620062","expiry":"1230","amount":"10.00","orderid":"\#(order)"}"#
        return HTTPRequest(
            method: .put, target: "/cardconnect/rest/auth",
            headers: ["Authorization": "Basic dGVzdGluZzp0ZXN0aW5nMTIz", "Host": "localhost"], body: Array(body.utf8))
    }

    @Test func twoThousandWaitForAFrozenClockAndComeWhenItMoves() async throws {
        let start = Instant(seconds: 1_900_000_000)
        let emulator = Emulator(behavior: try Self.catalog.load(text: Self.scenario).behavior, realTime: { start })
        let statuses = try await withThrowingTaskGroup(of: Int.self) { group in
            for order in 0..<2_000 {
                guard case .later(let answer) = emulator.respond(to: Self.silent(order)) else {
                    Issue.record("an answer that is due later")
                    continue
                }
                group.addTask { await answer().status }
            }
            while emulator.waitingCount < 2_000 { await Task.yield() }
            _ = try emulator.worlds.main.moveClock { clock, real in
                clock.showing(clock.now(at: real) + .seconds(31), at: real)
            }
            return try await group.reduce(into: [Int: Int]()) { $0[$1, default: 0] += 1 }
        }
        #expect(statuses == [200: 2_000])
        #expect(emulator.waitingCount == 0)
    }

    @Test func cancellingEndsTheWait() async throws {
        let start = Instant(seconds: 1_900_000_000)
        let emulator = Emulator(behavior: try Self.catalog.load(text: Self.scenario).behavior, realTime: { start })
        guard case .later(let answer) = emulator.respond(to: Self.silent(1)) else {
            Issue.record("an answer that is due later")
            return
        }
        let task = Task { await answer().status }
        while emulator.waitingCount < 1 { await Task.yield() }
        task.cancel()
        #expect(await task.value == 200)
        #expect(emulator.waitingCount == 0)
    }

    /// Looks where the waiting happens.
    fileprivate struct Watched: HTTPHandler {
        let emulator: Emulator
        let loop: EventLoop
        let strays: Strays

        func respond(to request: HTTPRequest) -> HTTPReply {
            guard case .later(let answer) = emulator.respond(to: request) else {
                return .now(HTTPResponse(status: 500))
            }
            return .later {
                if !loop.executor.isOnLoop { strays.add() }
                let response = await answer()
                if !loop.executor.isOnLoop { strays.add() }
                return response
            }
        }
    }

    @Test func theWaitStaysOnTheLoop() throws {
        let loops = try EventLoopGroup(count: 1)
        defer { loops.stop() }
        let loop = loops.loops[0]
        let timers = loops.timers
        let strays = Strays()
        let text = Self.scenario.replacing("mode: frozen", with: "mode: real").replacing("30s", with: "5ms")
        let emulator = Emulator(
            behavior: try Self.catalog.load(text: text).behavior,
            realTime: { Instant(nanoseconds: SystemClock.now()) },
            appointments: { duration, work in
                // Asked for by the waiting itself, so this shows where it runs.
                if !loop.executor.isOnLoop { strays.add() }
                let timer = timers.schedule(after: duration, work)
                return { timer.cancel() }
            })
        let server = try HTTPServer(
            listeners: [HTTPListener(handler: Watched(emulator: emulator, loop: loop, strays: strays))], loops: loops)
        let address = try server.start()[0]
        let client = HTTPClient(HTTPEndpoint(address))
        for order in 0..<20 {
            #expect(try client.send(Self.silent(order), timeout: .seconds(20)).status == 200)
        }
        #expect(strays.count == 0, "no hop to another thread")
    }
}

/// Counts what happened on another thread than it should.
private final class Strays: Sendable {
    private let value = Lock(0)
    func add() { value.withLock { $0 += 1 } }
    var count: Int { value.withLock { $0 } }
}
