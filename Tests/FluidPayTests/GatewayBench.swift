import HTTP
import JSON
import TestSupport
import Testing

/// A merchant of the gateway in a world of its own.
struct GatewayBench {
    let session: Session
    private static let headers: HTTPFields = ["Authorization": "api_Understudy00000000000000000"]

    init(_ scenario: Session.Scenario = "uat-plain", clock: String = "2030-01-02T10:00:00Z") throws {
        session = try Session(scenario, clock: clock)
    }

    func post(_ path: String, _ body: JSONValue = [:]) throws -> Session.Answer {
        try session.send(.post, path, json: body, headers: Self.headers)
    }

    func get(_ path: String) throws -> Session.Answer { try session.send(.get, path, headers: Self.headers) }

    static func card(_ number: String) -> JSONValue {
        ["card": ["entry_type": "keyed", "number": .string(number), "expiration_date": "12/45"]]
    }

    /// All payments that a search finds, page by page.
    func search(_ filters: JSONObject) throws -> [JSONValue] {
        var found: [JSONValue] = []
        while true {
            var body = filters
            body["limit"] = 100
            body["offset"] = JSONValue(found.count)
            let answer = try post("/api/transaction/search", .object(body))
            #expect(answer.status == 200, "\(answer.raw.text)")
            let page = answer.json["data"]?.array ?? []
            found += page
            if page.isEmpty || found.count >= answer.json["total_count"]?.integer ?? 0 { return found }
        }
    }

    /// From the beginning to the end of time.
    static let ever: JSONValue = ["start_date": "1990-01-01T00:00:00Z", "end_date": "2199-01-01T00:00:00Z"]
}

extension JSONValue {
    func number(_ name: String) -> Int { self[name]?.integer ?? 0 }
    func string(_ name: String) -> String { self[name]?.stringValue ?? "" }
}
