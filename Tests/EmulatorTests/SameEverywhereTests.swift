import Emulator
import HTTP
import JSON
import Platform
import Replays
import TestSupport
import Testing

/// The same script everywhere: in process and over sockets, once and again, alone and beside others.
@Suite struct SameEverywhereTests {
    /// A server finds scenarios by name, and what it sends to webhooks is seen by their endpoints: replays whose scenario
    /// is a file, and those that look at deliveries, run in process only.
    private static let files = GoldenReplayTests.files.filter { file in
        do {
            let replay = try file.replay()
            return replay.setup.scenario?.contains("/") != true && !replay.steps.contains(where: looksAtDeliveries)
        } catch {
            return true
        }
    }

    private static func looksAtDeliveries(_ step: ReplayStep) -> Bool {
        switch step.action {
        case .delivery, .control(.noDelivery), .control(.endpoint): true
        case .exchange, .control: false
        }
    }

    /// One for all replays: each plays in a world of its own, and a server makes keys when it starts.
    private static let shared = Result { try LiveServer() }

    @Test(arguments: files)
    func overSocketsAsInProcess(_ file: GoldenReplayTests.File) async throws {
        let replay = try file.replay()
        let inProcess = try ReplayPlayer(catalog: GoldenReplayTests.catalog).play(replay)
        let overSockets = try await play(replay, against: Self.shared.get())
        let report = ReplayReport.text(overSockets)
        #expect(!overSockets.hasFailed, "\(report)")
        #expect(overSockets.counts == inProcess.counts)
    }

    /// Elsewhere: the threads that tests run on are few, and the server's waiting answers need one, too.
    private func play(_ replay: Replay, against live: LiveServer) async throws -> ReplayResult {
        try await BlockingWork.run { () throws(any Error) in
            try ReplayPlayer(catalog: GoldenReplayTests.catalog).play(
                replay, against: live.services, control: live.control, timeout: .seconds(60))
        }
    }

    @Test(arguments: files.prefix(1))
    func leavesNoWorldBehind(_ file: GoldenReplayTests.File) async throws {
        let live = try LiveServer()
        #expect(!(try await play(try file.replay(), against: live).hasFailed))
        let worlds = try await BlockingWork.run { () throws(any Error) in
            try live.get("/v1/worlds", control: true).body
        }
        #expect(worlds.contains("main") && !worlds.contains("replay-"))
    }

    private static let otherCatalog = ScenarioCatalog()

    /// Every byte that a client sees, one after another.
    private func transcript(
        _ replay: Replay, _ catalog: ScenarioCatalog = GoldenReplayTests.catalog, disturbed: Bool = false
    ) throws -> [String] {
        let target = try ReplayPlayer(catalog: catalog).target(for: replay)
        let recorder = RecordingTarget(target) {
            guard disturbed else { return }
            // Another world gets the same card and merchant.
            let answer = target.emulator.deliver(
                HTTPRequest(
                    method: .put, target: "/~other/cardconnect/rest/auth",
                    headers: ["Authorization": ReplayCredentials.basic("testing:testing123")],
                    body: Array(
                        #"{"merchid":"496160873888","account":"4111111111111111","expiry":"1230","amount":"1.00"}"#.utf8
                    )))
            #expect(answer.response.status == 200)
        }
        if disturbed { try target.addWorld("other") }
        let result = ReplayPlayer.run(replay, on: recorder)
        #expect(!result.hasFailed)
        return recorder.lines
    }

    @Test(arguments: GoldenReplayTests.files)
    func twoRunsAreEqualToTheByte(_ file: GoldenReplayTests.File) throws {
        let replay = try file.replay()
        let first = try transcript(replay)
        // Beside other traffic, and under another key for fingerprints: neither ever shows.
        #expect(try transcript(replay, Self.otherCatalog, disturbed: true) == first)
        #expect(first.count == ReplayLoop.playedSteps(of: replay.steps.count, replay.loops))
    }

    @Test func anotherSeedGivesOtherIdentifiers() throws {
        let body: [String] = try ([1, 2, 1] as [UInt64]).map { seed in
            let session = try Session("uat", seed: seed)
            let answer = try session.send(
                .put, "/cardconnect/rest/auth",
                json: ["merchid": "496160873888", "account": "4111111111111111", "expiry": "1230", "amount": "1.00"])
            return answer.raw.text
        }
        #expect(body[0] != body[1])
        #expect(body[0] == body[2])
    }
}

/// Writes down what a target answers.
private final class RecordingTarget: ReplayTarget {
    private let target: InProcessTarget
    private let before: () throws -> Void
    private(set) var lines: [String] = []

    init(_ target: InProcessTarget, before: @escaping () throws -> Void) {
        self.target = target
        self.before = before
    }

    func send(
        _ request: HTTPRequest, expecting delay: ReplayExpectation.Delay
    ) throws(ReplayTargetFault) -> ReplayAnswer {
        do { try before() } catch { throw .failed("\(error)") }
        let answer = try target.send(request, expecting: delay)
        let fields = answer.headers.map { "\($0.name): \($0.value)" }.joined(separator: "\n")
        let body = String(decoding: answer.body, as: UTF8.self)
        lines.append(
            "\(answer.status) \(answer.reason)\n\(fields)\n\(body)\n\(answer.arrival) \(answer.delay ?? .zero)")
        return answer
    }

    func begin(_ request: HTTPRequest, as name: String) throws(ReplayTargetFault) {
        try target.begin(request, as: name)
        lines.append("\(name) waits")
    }

    func finish(_ name: String) throws(ReplayTargetFault) -> ReplayAnswer {
        let answer = try target.finish(name)
        lines.append("\(answer.status) \(String(decoding: answer.body, as: UTF8.self))")
        return answer
    }

    func control(_ step: ReplayControl) throws(ReplayTargetFault) {
        try target.control(step)
        lines.append("\(step)")
    }

    func nextDelivery() throws(ReplayTargetFault) -> ReplayDelivery? {
        let delivery = try target.nextDelivery()
        let fields = delivery?.headers.map { "\($0.name): \($0.value)" }.joined(separator: "\n") ?? ""
        lines.append("\(delivery?.url ?? "none")\n\(fields)\n\(String(decoding: delivery?.body ?? [], as: UTF8.self))")
        return delivery
    }

    func reasons() -> [String] { target.reasons() }
}
