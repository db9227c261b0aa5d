import HTTP
import JSON
import Payments
import Processor
import ServiceKit
import Testing

@testable import Inspector

/// Every way to ask wrongly.
@Suite struct FaultTests {
    struct Row: CustomTestStringConvertible, Sendable {
        let method: HTTPMethod
        let target: String
        let body: String
        let status: Int
        let code: String
        /// Members of `error` by path.
        var expects: [String: JSONValue]
        /// Part of the message.
        var says: String
        var type: String

        init(
            _ method: HTTPMethod, _ target: String, _ body: String, _ status: Int, _ code: String,
            _ expects: [String: JSONValue] = [:], says: String = "", type: String = "application/json"
        ) {
            self.method = method
            self.target = target
            self.body = body
            self.status = status
            self.code = code
            self.expects = expects
            self.says = says
            self.type = type
        }

        init(
            _ method: HTTPMethod, _ target: String, _ status: Int, _ code: String,
            _ expects: [String: JSONValue] = [:], says: String = ""
        ) {
            self.init(method, target, "", status, code, expects, says: says)
        }

        var testDescription: String { "\(method.token) \(target) \(body.prefix(60)) → \(status) \(code)" }
    }

    private static let worlds = "/v1/worlds"
    private static let clock = "/v1/worlds/main/clock"
    private static let journal = "/v1/worlds/main/journal"
    private static let knownWorlds: JSONValue = ["copy", "main"]

    /// Paths and methods.
    static let places: [Row] = [
        Row(.get, "/", 404, "unknown-path"),
        Row(.get, "/v1", 404, "unknown-path"),
        Row(.get, "/v1/worlds/", 404, "unknown-world", ["known": knownWorlds]),
        Row(.get, "/v1//worlds", 404, "unknown-path"),
        Row(.get, "/v2/worlds", 404, "unknown-path"),
        Row(.get, "/V1/worlds", 404, "unknown-path"),
        Row(.get, "/cardconnect/rest", 404, "unknown-path", says: "/cardconnect/rest"),
        Row(.put, "/cardconnect/rest/auth", 404, "unknown-path"),
        Row(.post, "/cardsecure/api/v1/ccn/tokenize", 404, "unknown-path"),
        Row(.get, "/v1/4111111111111111", 404, "unknown-path", says: "/v1/************1111"),
        Row(.options, "*", 404, "unknown-path"),
        Row(.post, "/healthz", 405, "method-not-allowed", ["allowed": ["GET", "HEAD"]]),
        Row(.put, worlds, 405, "method-not-allowed", ["allowed": ["GET", "HEAD", "POST"]]),
        Row(.post, "/v1/worlds/main", 405, "method-not-allowed", ["allowed": ["GET", "HEAD", "DELETE"]]),
        Row(.get, "/v1/worlds/main/fork", 405, "method-not-allowed", ["allowed": ["POST"]]),
        Row(.options, clock, 405, "method-not-allowed", ["allowed": ["GET", "HEAD", "PUT"]]),
        Row(.other("BREW"), clock, 405, "method-not-allowed", says: "BREW is not possible here"),
        Row(.delete, journal, 405, "method-not-allowed", ["allowed": ["GET", "HEAD"]]),
    ]

    /// Worlds and entries that are not there, or are there already.
    static let things: [Row] = [
        Row(
            .get, "/v1/worlds/nobody", 404, "unknown-world", ["known": knownWorlds],
            says: "'nobody'; there are: copy, main"),
        Row(.delete, "/v1/worlds/nobody", 404, "unknown-world", ["known": knownWorlds]),
        Row(.post, "/v1/worlds/nobody/fork", #"{"name":"x"}"#, 404, "unknown-world"),
        Row(.post, "/v1/worlds/nobody/rewind", #"{"sequence":0}"#, 404, "unknown-world"),
        Row(.post, "/v1/worlds/nobody/reset", 404, "unknown-world"),
        Row(.get, "/v1/worlds/nobody/clock", 404, "unknown-world"),
        Row(.put, "/v1/worlds/nobody/clock", #"{"mode":"real"}"#, 404, "unknown-world"),
        Row(.post, "/v1/worlds/nobody/settlement", 404, "unknown-world"),
        Row(.get, "/v1/worlds/nobody/journal", 404, "unknown-world"),
        Row(.get, "/v1/worlds/nobody/journal/1", 404, "unknown-world"),
        Row(.delete, "/v1/worlds/main", 409, "main-stays"),
        Row(.post, worlds, #"{"name":"copy"}"#, 409, "world-exists"),
        Row(.post, "/v1/worlds/main/fork", #"{"name":"main"}"#, 409, "world-exists"),
        Row(.get, journal + "/2", 404, "unknown-entry", says: "there is no entry 2: the journal has entries 1 to 1"),
        Row(.get, journal + "/0", 404, "unknown-entry"),
        Row(.get, journal + "/99999999999999999999", 422, "bad-parameter", ["field": "sequence"]),
        Row(.get, journal + "/first", 422, "bad-parameter", ["field": "sequence"]),
        Row(
            .post, "/v1/worlds/main/rewind", #"{"sequence":2}"#, 422, "never-happened",
            ["field": "sequence", "rewindable.from": 0, "rewindable.to": 1]),
    ]

    /// Bodies.
    static let bodies: [Row] = [
        Row(.post, worlds, 400, "body-missing"),
        Row(.put, clock, 400, "body-missing"),
        Row(.post, worlds, #"{"name":}"#, 400, "bad-json", ["offset": 8], says: "at byte 8"),
        Row(.post, worlds, #"{"name":"a","name":"b"}"#, 400, "bad-json"),
        Row(.post, worlds, "{\"name\":\"a\"} x", 400, "bad-json", ["offset": 13]),
        Row(.post, worlds, String(repeating: "[", count: 40), 400, "bad-json"),
        Row(.post, worlds, "{\"name\":\"\(String(repeating: "a", count: 70_000))\"}", 413, "body-too-large"),
        Row(.get, worlds, String(repeating: " ", count: 70_000), 413, "body-too-large"),
        Row(.post, worlds, "name=a", 415, "unsupported-media-type", type: "application/x-www-form-urlencoded"),
        Row(.post, worlds, #"{"name":"a"}"#, 415, "unsupported-media-type", says: "'text/plain'", type: "text/plain"),
        Row(.post, worlds, #"{"name":"a"}"#, 415, "unsupported-media-type", says: "no type", type: ""),
        Row(.post, "/v1/worlds/main/reset", "x", 415, "unsupported-media-type", type: "text/plain"),
        Row(.post, worlds, "[]", 422, "bad-field", ["field": ""], says: "expected an object, found an array"),
        Row(.post, worlds, "{}", 422, "bad-field", ["field": "name"], says: "but it is missing"),
        Row(.post, worlds, #"{"name":null}"#, 422, "bad-field", ["field": "name"], says: "but it is missing"),
        Row(.post, worlds, #"{"name":7}"#, 422, "bad-field", ["field": "name"], says: "found 7"),
        Row(.post, worlds, #"{"name":""}"#, 422, "bad-field", ["field": "name"]),
        Row(.post, worlds, #"{"name":".hidden"}"#, 422, "bad-field", ["field": "name"], says: "not a dot first"),
        Row(.post, worlds, #"{"name":"a/b"}"#, 422, "bad-field", ["field": "name"]),
        Row(
            .post, worlds, #"{"name":"4111 1111 1111 1111"}"#, 422, "bad-field", ["field": "name"],
            says: "'**** **** **** 1111'"),
        Row(
            .post, worlds, #"{"name":"a","sede":7}"#, 422, "bad-field",
            ["field": "sede", "allowed": ["name", "scenario", "seed", "clock"]]),
        Row(.post, worlds, #"{"name":"a","seed":"7"}"#, 422, "bad-field", ["field": "seed"]),
        Row(.post, worlds, #"{"name":"a","seed":-1}"#, 422, "bad-field", ["field": "seed"]),
        Row(.post, worlds, #"{"name":"a","seed":1.0}"#, 422, "bad-field", ["field": "seed"]),
        Row(.post, worlds, #"{"name":"a","seed":18446744073709551616}"#, 422, "bad-field", ["field": "seed"]),
        Row(
            .post, worlds, #"{"name":"a","scenario":"nowhere"}"#, 422, "unknown-scenario",
            ["field": "scenario", "known": ["broken", "other", "small"]]),
        Row(
            .post, worlds, #"{"name":"a","scenario":"broken"}"#, 422, "broken-scenario",
            ["field": "scenario", "mistakes": ["broken.yaml:3:5: error: unknown key 'colour'"]]),
        Row(.post, worlds, #"{"name":"a","clock":{"advance":"1d"}}"#, 422, "bad-field", ["field": "clock.advance"]),
        Row(.post, worlds, #"{"name":"a","clock":{"mode":"faster"}}"#, 422, "bad-field", ["field": "clock.factor"]),
        Row(.post, worlds, #"{"name":"a","clock":"real"}"#, 422, "bad-field", ["field": "clock"]),
        Row(.post, "/v1/worlds/main/fork", #"{"name":"a b"}"#, 422, "bad-field", ["field": "name"]),
        Row(.post, "/v1/worlds/main/rewind", "{}", 422, "bad-field", ["field": "sequence"]),
        Row(.post, "/v1/worlds/main/rewind", #"{"sequence":-1}"#, 422, "bad-field", ["field": "sequence"]),
        Row(
            .post, "/v1/worlds/main/reset", #"{"hard":true}"#, 422, "bad-field", ["field": "hard"],
            says: "no field at all"),
        Row(.delete, "/v1/worlds/copy", #"{"force":true}"#, 422, "bad-field", ["field": "force"]),
    ]

    /// What a clock can be told.
    static let clocks: [Row] = [
        Row(.put, clock, "{}", 422, "bad-field", ["field": ""], says: "at least one of 'mode', 'time' and 'advance'"),
        Row(
            .put, clock, #"{"mode":"fast"}"#, 422, "bad-field",
            ["field": "mode", "allowed": ["real", "frozen", "faster"]]),
        Row(.put, clock, #"{"mode":"faster"}"#, 422, "bad-field", ["field": "factor"]),
        Row(
            .put, clock, #"{"mode":"faster","factor":0}"#, 422, "bad-field", ["field": "factor"],
            says: "from 0.001 to 1000000"),
        Row(.put, clock, #"{"mode":"faster","factor":1.0001}"#, 422, "bad-field", ["field": "factor"]),
        Row(.put, clock, #"{"mode":"faster","factor":1e3}"#, 422, "bad-field", ["field": "factor"]),
        Row(.put, clock, #"{"mode":"faster","factor":-2}"#, 422, "bad-field", ["field": "factor"]),
        Row(.put, clock, #"{"mode":"faster","factor":1000001}"#, 422, "bad-field", ["field": "factor"]),
        Row(.put, clock, #"{"mode":"frozen","factor":2}"#, 422, "bad-field", ["field": "factor"]),
        Row(.put, clock, #"{"factor":2}"#, 422, "bad-field", ["field": "factor"]),
        Row(.put, clock, #"{"time":"2030-01-02T10:00:00"}"#, 422, "bad-field", ["field": "time"], says: "with a zone"),
        Row(.put, clock, #"{"time":"2030-02-30T10:00:00Z"}"#, 422, "bad-field", ["field": "time"]),
        Row(.put, clock, #"{"time":"2200-01-01T00:00:00Z"}"#, 422, "bad-field", ["field": "time"]),
        Row(.put, clock, #"{"time":1893578400}"#, 422, "bad-field", ["field": "time"]),
        Row(.put, clock, #"{"advance":"2h 1d"}"#, 422, "bad-field", ["field": "advance"], says: "largest unit first"),
        Row(.put, clock, #"{"advance":"-1d"}"#, 422, "bad-field", ["field": "advance"]),
        Row(.put, clock, #"{"advance":"90"}"#, 422, "bad-field", ["field": "advance"]),
        Row(.put, clock, #"{"advance":""}"#, 422, "bad-field", ["field": "advance"]),
        Row(
            .put, clock, #"{"advance":"1d","time":"2030-01-02T10:00:00Z"}"#, 422, "bad-field", ["field": "advance"],
            says: "either 'time' or 'advance'"),
    ]

    /// What a journal can be asked.
    static let queries: [Row] = [
        Row(.get, journal + "?limit=0", 422, "bad-parameter", ["field": "limit"], says: "from 1 to 500, found 0"),
        Row(.get, journal + "?limit=501", 422, "bad-parameter", ["field": "limit"]),
        Row(.get, journal + "?limit=many", 422, "bad-parameter", ["field": "limit"], says: "found 'many'"),
        Row(.get, journal + "?limit", 422, "bad-parameter", ["field": "limit"]),
        Row(.get, journal + "?limit=1&limit=2", 422, "bad-parameter", ["field": "limit"], says: "twice"),
        Row(.get, journal + "?after=-1", 422, "bad-parameter", ["field": "after"]),
        Row(.get, journal + "?order=up", 422, "bad-parameter", ["field": "order", "allowed": ["newest", "oldest"]]),
        Row(.get, journal + "?status=9xx", 422, "bad-parameter", ["field": "status"]),
        Row(.get, journal + "?status=20", 422, "bad-parameter", ["field": "status"]),
        Row(
            .get, journal + "?offset=3", 422, "bad-parameter", ["field": "offset"],
            says: "one of order, after, before"),
        Row(.get, "/v1/worlds?all=1", 422, "bad-parameter", ["field": "all"], says: "no parameters"),
    ]

    @Test(arguments: places + things + bodies + clocks + queries)
    func isRefused(_ row: Row) throws {
        let bench = try RouteTests.bench()
        let before = bench.worlds.main.snapshot.lastSequence
        var headers: HTTPFields = [:]
        if !row.body.isEmpty, !row.type.isEmpty { headers.append("Content-Type", row.type) }
        let answer = try bench.control(row.method, row.target, raw: Array(row.body.utf8), headers: headers)
        #expect(answer.status == row.status, "\(answer.json.serializedText())")
        #expect(answer.errorCode == row.code)
        for (path, value) in row.expects { #expect(answer.json.at("error." + path) == value, "\(path)") }
        if !row.says.isEmpty { #expect(answer.message.contains(row.says), "\(answer.message)") }
        if row.status == 405 {
            let allowed = answer.json.at("error.allowed")?.array ?? []
            #expect(answer.header("Allow") == allowed.compactMap { $0.stringValue }.joined(separator: ", "))
            #expect(!allowed.isEmpty)
        }
        #expect(bench.worlds.main.snapshot.lastSequence == before, "a refusal changes nothing")
        #expect(bench.worlds.names == ["copy", "main"])
    }

    @Test func tooManyWorlds() throws {
        let bench = Bench(SmallScenario.behavior(worlds: 2))
        #expect(try bench.control(.post, Self.worlds, ["name": "a"]).status == 201)
        for answer in [
            try bench.control(.post, Self.worlds, ["name": "b"]),
            try bench.control(.post, "/v1/worlds/a/fork", ["name": "b"]),
        ] {
            #expect(answer.status == 409)
            #expect(answer.errorCode == "too-many-worlds")
        }
        try bench.control(.delete, "/v1/worlds/a")
        #expect(try bench.control(.post, Self.worlds, ["name": "b"]).status == 201)
    }

    @Test func notReadyWhileStopping() throws {
        let bench = Bench()
        bench.readiness.isReady = false
        let answer = try bench.control(.get, "/readyz")
        #expect(answer.status == 503)
        #expect(answer.errorCode == "not-ready")
        #expect(try bench.control(.get, "/healthz").status == 200)
    }

    @Test func forgottenEntries() throws {
        let bench = Bench(SmallScenario.behavior(journalEntries: 4))
        for _ in 0..<10 { try bench.authorize() }
        let entry = try bench.control(.get, Self.journal + "/3")
        #expect(entry.status == 404)
        #expect(entry.message == "entry 3 is forgotten: the journal has entries 7 to 10")
        let rewind = try bench.control(.post, "/v1/worlds/main/rewind", ["sequence": 3])
        #expect(rewind.status == 422)
        #expect(rewind.errorCode == "forgotten")
        #expect(rewind.json.at("error.rewindable") == ["from": 6, "to": 10])
    }

    @Test func bodyAtTheLimit() throws {
        var configuration = ControlConfiguration()
        configuration.bodyBytes = 20
        let bench = Bench(SmallScenario.behavior(), configuration)
        let body = Array(#"{"name":"w234567890"}"#.utf8)
        let json: HTTPFields = ["Content-Type": "application/json; charset=utf-8"]
        #expect(try bench.control(.post, Self.worlds, raw: body, headers: json).status == 413)
        let shorter = Array(#"{"name":"w23456789"}"#.utf8)
        #expect(try bench.control(.post, Self.worlds, raw: shorter, headers: json).status == 201)
    }
}
