import HTTP
import JSON
import Payments
import Processor
import ServiceKit
import Testing

@testable import Inspector

/// What the clock does, and what hangs on it.
@Suite struct ClockTests {
    private static let path = "/v1/worlds/main/clock"

    @Test func frozenStandsStill() throws {
        let bench = Bench()
        bench.clock.advance(.seconds(3600))
        #expect(try bench.control(.get, Self.path).json.at("time") == "2030-01-02T10:00:00.000Z")
    }

    @Test func realAndFasterRun() throws {
        let bench = Bench()
        try bench.control(.put, Self.path, ["mode": "real"])
        bench.clock.advance(.milliseconds(1_500))
        #expect(try bench.control(.get, Self.path).json.at("time") == "2030-01-02T10:00:01.500Z")
        try bench.control(.put, Self.path, ["mode": "faster", "factor": .number("0.5")])
        bench.clock.advance(.seconds(3))
        #expect(try bench.control(.get, Self.path).json.at("time") == "2030-01-02T10:00:03.000Z")
        try bench.control(.put, Self.path, ["mode": "faster", "factor": 3600])
        bench.clock.advance(.seconds(2))
        #expect(try bench.control(.get, Self.path).json.at("time") == "2030-01-02T12:00:03.000Z")
        try bench.control(.put, Self.path, ["mode": "frozen"])
        bench.clock.advance(.seconds(2))
        #expect(try bench.control(.get, Self.path).json.at("time") == "2030-01-02T12:00:03.000Z")
    }

    @Test func movingOverACutOffSettles() throws {
        let bench = Bench()
        let sale = try bench.authorize("12.34", capture: true)
        let near = try bench.control(.put, Self.path, ["time": "2030-01-03T04:59:59.999Z"])
        #expect(near.json.at("settled") == [])
        let over = try bench.control(.put, Self.path, ["advance": "1ms"])
        #expect(over.json.at("settled")?.array?.count == 1)
        #expect(over.json.at("settled.0.net") == ["amount": "12.34", "currency": "USD"])
        #expect(over.json.at("nextSettlement.time") == "2030-01-04T05:00:00.000Z")
        let reference = try #require(sale["retref"]?.stringValue)
        let status = try bench.pay(
            .get, "/cardconnect/rest/inquire/\(reference)/\(SmallScenario.merchant)", nil)["setlstat"]
        #expect(status == "Accepted")
    }

    /// A jump over many days is one settlement, and the plan goes on behind it.
    @Test func aLongJumpSettlesOnce() throws {
        let bench = Bench()
        try bench.authorize(capture: true)
        let moved = try bench.control(.put, Self.path, ["advance": "400d"])
        #expect(moved.json.at("settled")?.array?.count == 1)
        #expect(moved.json.at("settled.0.settledAt.time") == "2030-01-03T05:00:00.000Z")
        #expect(moved.json.at("nextSettlement.time") == "2031-02-07T05:00:00.000Z")
        let page = try bench.control(.get, "/v1/worlds/main/journal?order=oldest")
        let operations = page.json.at("entries")?.array?.map { $0["operation"] }
        #expect(operations == ["authorization", "clock", "settlement", "payout"])
        #expect(page.json.at("entries.1.events.0.type") == "clockSet")
        #expect(page.json.at("entries.2.events.0.type") == "done")
        #expect(page.json.at("entries.2.events.3.type") == "batchSettled")
        #expect(page.json.at("entries.2.request") == .null)
    }

    @Test func goingBackMeetsTheCutOffsAgain() throws {
        let bench = Bench()
        try bench.control(.put, Self.path, ["advance": "30d"])
        try bench.control(.put, Self.path, ["time": "2030-01-02T10:00:00Z"])
        try bench.authorize(capture: true)
        let moved = try bench.control(.put, Self.path, ["advance": "1d"])
        #expect(moved.json.at("settled")?.array?.count == 1)
    }

    /// What became due while nobody asked is settled before the clock is set back.
    @Test func whatWasDueIsSettledFirst() throws {
        let bench = Bench(SmallScenario.behavior(mode: .real))
        try bench.authorize(capture: true)
        bench.clock.advance(.seconds(86_400))
        let moved = try bench.control(.put, Self.path, ["mode": "frozen", "time": "2030-01-02T10:00:00Z"])
        #expect(moved.json.at("settled")?.array?.count == 1)
        #expect(moved.json.at("nextSettlement.time") == "2030-01-03T05:00:00.000Z")
    }

    /// Who looks at a world sees no cut-off that has passed without settling.
    @Test(arguments: ["/v1/worlds/main", "/v1/worlds", "/v1/worlds/main/clock", "/v1/worlds/main/journal"])
    func lookingSettlesWhatIsDue(_ path: String) throws {
        let bench = Bench(SmallScenario.behavior(mode: .real))
        try bench.authorize(capture: true)
        bench.clock.advance(.seconds(86_400))
        try bench.control(.get, path)
        let world = bench.worlds.main.snapshot
        #expect(world.books.ledger.openBatches.isEmpty)
        #expect(world.lastSequence == 2)
    }

    @Test func settlementNow() throws {
        let bench = Bench()
        #expect(try bench.control(.post, "/v1/worlds/main/settlement").json.at("settled") == [])
        try bench.authorize("10.00", capture: true)
        let sale = try bench.authorize("5.00", capture: true)
        #expect(try bench.control(.post, "/v1/worlds/main/settlement").json.at("settled.0.net.amount") == "15.00")
        let refund: JSONValue = [
            "merchid": .string(SmallScenario.merchant), "retref": sale["retref"] ?? .null, "amount": "2.00",
        ]
        try bench.pay(.put, "/cardconnect/rest/refund", refund)
        try bench.authorize("1.50", capture: true)
        let second = try bench.control(.post, "/v1/worlds/main/settlement").json
        #expect(second.at("settled.0.net.amount") == "-0.50")
        #expect(second.at("settled.0.transactions") == 2)
        #expect(second.at("settled.0.batch") == 101)
        #expect(try bench.control(.get, Self.path).json.at("nextSettlement.time") == "2030-01-03T05:00:00.000Z")
    }

    @Test func timeEndsWithoutACrash() throws {
        let bench = Bench()
        try bench.control(.put, Self.path, ["mode": "faster", "factor": 1_000_000])
        bench.clock.advance(.seconds(40_000_000))
        #expect(try bench.control(.get, Self.path).json.at("time") == "2199-12-31T23:59:59.999Z")
        let beyond = try bench.control(.put, Self.path, ["advance": "1s"])
        #expect(beyond.status == 422)
        #expect(beyond.message == "field 'advance': expected a moment before the year 2200, found a later one")
        #expect(try bench.authorize()["respstat"] == "A")
        try bench.control(.put, Self.path, ["mode": "faster", "factor": .number("0.001"), "time": "1970-01-01T00:00Z"])
        #expect(try bench.control(.get, Self.path).json.at("factor") == .number("0.001"))
    }

    // MARK: - Answers that wait

    private func waitingAnswer(_ bench: Bench, world: String? = nil) throws -> DeferredAnswer {
        let body = Bench.authorization(SmallScenario.slowAmount).serialized()
        guard case .later(let answer) = bench.reply(.put, "/cardconnect/rest/auth", body, world: world) else {
            throw Bench.Unexpected(what: "the answer should wait")
        }
        return answer
    }

    @Test(
        .timeLimit(.minutes(1)),
        arguments: [
            (HTTPMethod.put, "/v1/worlds/main/clock", #"{"advance":"32s"}"#),
            (.put, "/v1/worlds/main/clock", #"{"time":"2031-01-01T00:00:00Z"}"#),
            (.post, "/v1/worlds/main/reset", ""),
        ])
    func areSent(_ method: HTTPMethod, _ path: String, _ body: String) async throws {
        let bench = Bench()
        let answer = try waitingAnswer(bench)
        async let response = answer()
        let json: HTTPFields = ["Content-Type": "application/json"]
        try bench.control(method, path, raw: Array(body.utf8), headers: json)
        let told = try JSONValue(parsing: await response.body)
        #expect(told["resptext"] == "timedOut")
    }

    @Test(.timeLimit(.minutes(1)))
    func areSentWhenTheirWorldIsDeleted() async throws {
        let bench = Bench()
        try bench.control(.post, "/v1/worlds/main/fork", ["name": "brief"])
        let answer = try waitingAnswer(bench, world: "brief")
        async let response = answer()
        try bench.control(.delete, "/v1/worlds/brief")
        #expect(await response.status == 200)
    }
}
