import HTTP
import JSON
import Payments
import Processor
import ServiceKit
import Testing

@testable import Inspector

/// Every route, asked as it should be.
@Suite struct RouteTests {
    struct Row: CustomTestStringConvertible, Sendable {
        /// The name of the route in the OpenAPI document.
        let id: String
        let method: HTTPMethod
        let target: String
        var body: JSONValue?
        let status: Int
        /// Members of the answer by path, such as `clock.mode`.
        let expects: [String: JSONValue]

        init(
            _ id: String, _ method: HTTPMethod, _ target: String, sends body: JSONValue? = nil, _ status: Int,
            _ expects: [String: JSONValue]
        ) {
            self.id = id
            self.method = method
            self.target = target
            self.body = body
            self.status = status
            self.expects = expects
        }

        var testDescription: String { "\(id): \(method.token) \(target) \(body?.serializedText() ?? "")" }
    }

    /// Against a world `main` with one captured sale (entry 1), and a fork of it, `copy`.
    static let rows: [Row] = [
        Row("getHealth", .get, "/healthz", ["status": "ok"]),
        Row("getHealth", .head, "/healthz", ["status": "ok"]),
        Row("getReadiness", .get, "/readyz", ["status": "ok"]),
        Row(
            "getVersion", .get, "/version",
            ["product": "understudy", "version": "1.2.3", "commit": "abc", "api": "v1"]),
        Row("getOpenAPI", .get, "/v1/openapi.json", ["openapi": "3.1.0", "info.version": "1.2.3"]),
        Row("listWebhookMessages", .get, "/v1/worlds/main/webhooks", ["messages": []]),
        Row("replayWebhookMessage", .post, "/v1/worlds/main/webhooks/1/replay", 404, ["error.code": "unknown-message"]),
        Row("getAuthority", .get, "/v1/authority", 404, ["error.code": "no-authority"]),
        Row("listWorlds", .get, "/v1/worlds", ["worlds.0.name": "copy", "worlds.1.name": "main"]),
        Row(
            "createWorld", .post, "/v1/worlds", sends: ["name": "w1"], 201,
            ["name": "w1", "scenario": "small", "seed": 7, "origin": .null, "lastSequence": 0, "clock.mode": "frozen"]),
        Row(
            "createWorld", .post, "/v1/worlds", sends: ["name": "w1", "seed": 5], 201,
            ["scenario": "small", "seed": 5]),
        Row("createWorld", .post, "/v1/worlds", sends: ["name": "w1", "seed": .null], 201, ["seed": 7]),
        Row(
            "createWorld", .post, "/v1/worlds", sends: ["name": "w1", "scenario": "other"], 201,
            ["scenario": "other", "seed": 99]),
        Row(
            "createWorld", .post, "/v1/worlds",
            sends: ["name": "w1", "seed": .number("18446744073709551615"), "clock": ["mode": "real"]], 201,
            [
                "seed": .number("18446744073709551615"), "clock.mode": "real", "clock.factor": .null,
                "clock.time": "2030-01-02T10:00:00.000Z",
            ]),
        Row(
            "createWorld", .post, "/v1/worlds",
            sends: [
                "name": "w1", "scenario": "other",
                "clock": ["mode": "faster", "factor": .number("1.50"), "time": "2031-07-01T12:00:00.5+02:00"],
            ], 201,
            [
                "clock.mode": "faster", "clock.factor": .number("1.5"), "clock.time": "2031-07-01T10:00:00.500Z",
                "clock.localTime": "2031-07-01T06:00:00.500-04:00", "clock.zone": "America/New_York",
                "clock.nextSettlement.time": "2031-07-02T04:00:00.000Z",
            ]),
        Row(
            "getWorld", .get, "/v1/worlds/main",
            [
                "name": "main", "scenario": "small", "seed": 7, "origin": .null, "lastSequence": 1, "kept.from": 1,
                "kept.to": 1, "rewindable.from": 0, "rewindable.to": 1, "counts.entries": 1, "counts.transactions": 1,
                "counts.batches": 1, "counts.openBatches": 1, "counts.tokens": 1,
                "clock.localTime": "2030-01-02T05:00:00.000-05:00",
            ]),
        Row("getWorld", .get, "/v1/worlds/%6Dain", ["name": "main"]),
        Row("getWorld", .get, "/v1/worlds/copy", ["origin.world": "main", "origin.sequence": 1]),
        Row("deleteWorld", .delete, "/v1/worlds/copy", 204, [:]),
        Row(
            "forkWorld", .post, "/v1/worlds/main/fork", sends: ["name": "w2"], 201,
            ["name": "w2", "seed": 7, "origin.world": "main", "origin.sequence": 1, "lastSequence": 1]),
        Row("forkWorld", .post, "/v1/worlds/main/fork", sends: ["name": "w2", "seed": 8], 201, ["seed": 8]),
        Row(
            "rewindWorld", .post, "/v1/worlds/main/rewind", sends: ["sequence": 0],
            ["lastSequence": 0, "kept": .null, "counts.transactions": 0, "counts.tokens": 0]),
        Row("rewindWorld", .post, "/v1/worlds/main/rewind", sends: ["sequence": 1], ["lastSequence": 1]),
        Row("resetWorld", .post, "/v1/worlds/main/reset", ["lastSequence": 0, "counts.transactions": 0]),
        Row("resetWorld", .post, "/v1/worlds/main/reset", sends: [:], ["lastSequence": 0]),
        Row("resetWorld", .post, "/v1/worlds/copy/reset", ["lastSequence": 1, "origin.sequence": 1]),
        Row(
            "getClock", .get, "/v1/worlds/main/clock",
            [
                "mode": "frozen", "factor": .null, "time": "2030-01-02T10:00:00.000Z", "zone": "America/New_York",
                "nextSettlement.time": "2030-01-03T05:00:00.000Z",
                "nextSettlement.localTime": "2030-01-03T00:00:00.000-05:00",
            ]),
        Row(
            "setClock", .put, "/v1/worlds/main/clock", sends: ["advance": "1h 30m 1ms"],
            ["mode": "frozen", "time": "2030-01-02T11:30:00.001Z", "settled": []]),
        Row(
            "setClock", .put, "/v1/worlds/main/clock", sends: ["time": "2029-12-31T23:00:00-01:00"],
            ["time": "2030-01-01T00:00:00.000Z", "nextSettlement.time": "2030-01-01T05:00:00.000Z"]),
        Row(
            "setClock", .put, "/v1/worlds/main/clock", sends: ["mode": "faster", "factor": 60, "advance": "1s"],
            ["mode": "faster", "factor": 60, "time": "2030-01-02T10:00:01.000Z"]),
        Row("setClock", .put, "/v1/worlds/main/clock", sends: ["mode": "real"], ["mode": "real", "factor": .null]),
        Row(
            "setClock", .put, "/v1/worlds/main/clock", sends: ["advance": "1d 2h"],
            [
                "time": "2030-01-03T12:00:00.000Z", "settled.0.merchant": .string(SmallScenario.merchant),
                "settled.0.settledAt.localTime": "2030-01-03T00:00:00.000-05:00",
            ]),
        Row(
            "runSettlement", .post, "/v1/worlds/main/settlement",
            [
                "time": "2030-01-02T10:00:00.000Z", "lastSequence": 2, "settled.0.site": "shop",
                "settled.0.environment": "UAT", "settled.0.merchant": .string(SmallScenario.merchant),
                "settled.0.batch": 100, "settled.0.transactions": 1, "settled.0.net.amount": "10.00",
                "settled.0.net.currency": "USD", "settled.0.settledAt.time": "2030-01-02T10:00:00.000Z",
            ]),
        Row(
            "listTerminals", .get, "/v1/worlds/main/terminals", ["terminals.0.hsn": "T1", "terminals.0.waiting": .null]),
        Row("getTerminal", .get, "/v1/worlds/main/terminals/T1", ["connection": "online", "operated": false]),
        Row("getTerminal", .get, "/v1/worlds/main/terminals/T2", 404, ["error.code": "unknown-terminal"]),
        Row(
            "changeTerminal", .put, "/v1/worlds/main/terminals/T1", sends: ["connection": "offline", "lowPower": true],
            ["connection": "offline", "lowPower": true, "merchantMode": false]),
        Row(
            "actAtTerminal", .post, "/v1/worlds/main/terminals/T1/act", sends: ["confirm": true], 409,
            ["error.code": "nothing-asked"]),
        Row("listApplications", .get, "/v1/worlds/main/applications", ["applications": []]),
        Row("getApplication", .get, "/v1/worlds/main/applications/1", 404, ["error.code": "unknown-application"]),
        Row(
            "changeApplication", .put, "/v1/worlds/main/applications/1", sends: ["status": "LIVE"], 404,
            ["error.code": "unknown-application"]),
        Row("listOrders", .get, "/v1/worlds/main/orders", ["orders": []]),
        Row("getOrder", .get, "/v1/worlds/main/orders/1", 404, ["error.code": "unknown-order"]),
        Row(
            "changeOrder", .put, "/v1/worlds/main/orders/1", sends: ["status": "NEW"], 404,
            ["error.code": "unknown-order"]),
        Row(
            "listEntries", .get, "/v1/worlds/main/journal?limit=1&order=oldest&operation=authorization",
            ["world": "main", "order": "oldest", "lastSequence": 1, "next": .null, "entries.0.sequence": 1]),
        Row(
            "getEntry", .get, "/v1/worlds/main/journal/1",
            [
                "sequence": 1, "time": "2030-01-02T10:00:00.000Z", "localTime": "2030-01-02T05:00:00.000-05:00",
                "operation": "authorization", "service": "cardpointe", "request.method": "PUT",
                "request.target": "/cardconnect/rest/auth", "request.bodyFormat": "json",
                "request.body.merchid": .string(SmallScenario.merchant), "response.status": 200,
                "response.bodyFormat": "json", "response.body.respstat": "A", "response.body.amount": "10.00",
            ]),
    ]

    static func bench() throws -> Bench {
        let bench = Bench()
        try bench.authorize(capture: true)
        try bench.control(.post, "/v1/worlds/main/fork", ["name": "copy"])
        return bench
    }

    @Test(arguments: rows)
    func answers(_ row: Row) throws {
        let bench = try Self.bench()
        let answer = try bench.control(row.method, row.target, row.body)
        #expect(answer.status == row.status, "\(answer.json.serializedText())")
        for (path, value) in row.expects { #expect(answer.json.at(path) == value, "\(path)") }
        #expect(answer.header("Cache-Control") == "no-store")
        if row.status == 201 {
            let location = try #require(answer.header("Location"))
            #expect(try bench.control(.get, location).json == answer.json)
        }
    }

    @Test func everyRouteHasARow() {
        #expect(Set(Self.rows.map(\.id)) == Set(Routes.all.map(\.id)))
    }

    @Test func rowsAskTheRoutesTheyName() throws {
        let table = RouteTable(Routes.all)
        for row in Self.rows {
            guard case .found(let match) = table.find(row.method, HTTPRequest(method: .get, target: row.target).path)
            else {
                Issue.record("\(row.testDescription) asks no route")
                continue
            }
            #expect(match.route.id == row.id)
        }
    }
}

extension RouteTests.Row {
    init(
        _ id: String, _ method: HTTPMethod, _ target: String, sends body: JSONValue? = nil,
        _ expects: [String: JSONValue]
    ) {
        self.init(id, method, target, sends: body, 200, expects)
    }
}

extension JSONValue {
    /// `settled.0.merchant`
    func at(_ path: String) -> JSONValue? {
        path.split(separator: ".").reduce(Optional(self)) { value, step in
            Int(step).map { value?[$0] } ?? value?[String(step)]
        }
    }
}
