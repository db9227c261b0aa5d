import Emulator
import HTTP
import JSON
import Payments
import Processor
import ServiceKit
import Synchronization
import Testing

@testable import Inspector

/// The control API and the emulator behind it, without sockets, with a machine's clock that only a test moves.
final class Bench: Sendable {
    let emulator: Emulator
    let api: ControlAPI
    let clock = RealClock()
    let readiness = Readiness()

    init(
        _ behavior: Behavior = SmallScenario.behavior(), _ configuration: ControlConfiguration = ControlConfiguration()
    ) {
        emulator = Emulator(behavior: behavior, realTime: { [clock] in clock.now })
        api = ControlAPI(
            worlds: emulator.worlds, loadScenario: Self.load, configuration: configuration,
            version: VersionInfo(version: "1.2.3", commit: "abc"), isReady: { [readiness] in readiness.isReady })
    }

    final class RealClock: Sendable {
        private let instant = Mutex(Instant(seconds: 1_700_000_000))
        var now: Instant { instant.withLock { $0 } }
        func advance(_ duration: Duration) { instant.withLock { $0 = $0 + duration } }
    }

    final class Readiness: Sendable {
        private let value = Mutex(true)
        var isReady: Bool {
            get { value.withLock { $0 } }
            set { value.withLock { $0 = newValue } }
        }
    }

    private static let load: ScenarioSource = { name in
        switch name {
        case "small": .success(SmallScenario.behavior())
        case "other": .success(SmallScenario.behavior(name: "other", seed: 99))
        case "broken": .failure(.broken(["broken.yaml:3:5: error: unknown key 'colour'"]))
        default: .failure(.unknown(known: ["broken", "other", "small"]))
        }
    }

    var worlds: WorldRegistry { emulator.worlds }

    // MARK: - Control

    struct Answer: Sendable {
        let status: Int
        let headers: [HTTPField]
        let body: [UInt8]
        let json: JSONValue

        func header(_ name: String) -> String? { HTTPFields(headers)[name] }
        var errorCode: String? { json["error"]?["code"]?.stringValue }
        var message: String { json["error"]?["message"]?.stringValue ?? "" }
    }

    /// Sends a request, and checks that the answer has the shape that the OpenAPI document gives it.
    @discardableResult
    func control(
        _ method: HTTPMethod, _ target: String, _ body: JSONValue? = nil, raw: [UInt8]? = nil,
        headers: HTTPFields = [:], location: SourceLocation = #_sourceLocation
    ) throws -> Answer {
        var fields = headers
        if fields["Host"] == nil { fields.append("Host", "localhost:8081") }
        if body != nil, fields["Content-Type"] == nil { fields.append("Content-Type", "application/json") }
        let request = HTTPRequest(
            method: method, target: target, headers: fields, body: raw ?? body?.serialized() ?? [])
        guard case .now(let response) = api.respond(to: request) else {
            throw Unexpected(what: "the control API never waits")
        }
        let json: JSONValue = response.body.isEmpty ? .null : try JSONValue(parsing: response.body)
        let answer = Answer(status: response.status, headers: response.headers, body: response.body, json: json)
        try check(answer, to: request, location)
        return answer
    }

    private func check(_ answer: Answer, to request: HTTPRequest, _ location: SourceLocation) throws {
        guard case .found(let match) = api.table.find(request.method, request.path) else {
            #expect(Schema.named(Shapes.error).misfit(answer.json) == nil, sourceLocation: location)
            return
        }
        if answer.status == match.route.success.status {
            if let schema = match.route.success.schema {
                #expect(schema.misfit(answer.json) == nil, "\(answer.json.serializedText())", sourceLocation: location)
            } else {
                #expect(answer.body.isEmpty, sourceLocation: location)
            }
        } else {
            #expect(Schema.named(Shapes.error).misfit(answer.json) == nil, sourceLocation: location)
            // A body or parameter where none belongs is refused everywhere: the document's default answer.
            let known = match.route.everyFault + [400, 413, 415, 422]
            #expect(known.contains(answer.status), "\(answer.status)", sourceLocation: location)
        }
    }

    struct Unexpected: Error { let what: String }

    // MARK: - Emulated services

    static let cvv = "7391"
    static let basic = "Basic Y2xlcms6c2VjcmV0"

    func reply(_ method: HTTPMethod, _ path: String, _ body: [UInt8], world: String? = nil) -> HTTPReply {
        var headers: HTTPFields = [
            "Host": "localhost:8080", "Authorization": Self.basic, "Content-Type": "application/json",
        ]
        if let world { headers.append("Understudy-World", world) }
        return emulator.respond(to: HTTPRequest(method: method, target: path, headers: headers, body: body))
    }

    /// Sends a request to an emulated service, and does not wait for its answer.
    @discardableResult
    func pay(_ method: HTTPMethod, _ path: String, _ body: JSONValue?, world: String? = nil) throws -> JSONValue {
        guard case .now(let response) = reply(method, path, body?.serialized() ?? [], world: world) else {
            throw Unexpected(what: "this answer waits")
        }
        return try JSONValue(parsing: response.body)
    }

    @discardableResult
    func authorize(_ amount: String = "10.00", capture: Bool = false, world: String? = nil) throws -> JSONValue {
        try pay(.put, "/cardconnect/rest/auth", Self.authorization(amount, capture: capture), world: world)
    }

    static func authorization(_ amount: String, capture: Bool = false) -> JSONValue {
        [
            "merchid": .string(SmallScenario.merchant), "account": .string(SmallScenario.card), "expiry": "1230",
            "cvv2": .string(cvv), "amount": .string(amount), "capture": capture ? "Y" : "N",
        ]
    }
}
