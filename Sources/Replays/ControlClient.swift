import HTTP
import JSON
import Payments

/// Talks to the control API of a running server, about one world.
struct ControlClient: Sendable {
    private let client: HTTPClient
    private let basePath: String
    private let timeout: Duration

    init(_ server: ReplayServer, timeout: Duration, filter: ClientFilterFactory? = nil) {
        client = HTTPClient(server.endpoint, filter: filter)
        basePath = server.basePath
        self.timeout = timeout
    }

    /// Makes a world of its own for a replay, under the first free name.
    func makeWorld(_ setup: ReplaySetup) throws(ReplayTargetFault) -> String {
        for number in 1...10_000 {
            let name = "replay-\(number)"
            var body: JSONObject = ["name": .string(name)]
            if let scenario = setup.scenario { body.append("scenario", .string(scenario)) }
            if let seed = setup.seed { body.append("seed", JSONValue(seed)) }
            if let clock = Self.clock(setup) { body.append("clock", .object(clock)) }
            let (status, answer) = try call(.post, "/v1/worlds", .object(body))
            if status == 201 { return name }
            guard status == 409, answer["error"]?["code"]?.stringValue == "world-exists" else {
                throw .failed("the control API made no world: \(Self.words(status, answer))")
            }
        }
        throw .failed("the control API has too many worlds that begin with 'replay-'")
    }

    func deleteWorld(_ world: String) throws(ReplayTargetFault) {
        _ = try expect(204, .delete, "/v1/worlds/\(world)", nil)
    }

    func control(_ step: ReplayControl, in world: String) throws(ReplayTargetFault) {
        switch step {
        case .moveClock(let duration): try advance(world, by: duration)
        case .setClock(let moment):
            _ = try expect(200, .put, "/v1/worlds/\(world)/clock", ["time": .string(InstantText.utc(moment))])
        case .settle: _ = try expect(200, .post, "/v1/worlds/\(world)/settlement", nil)
        case .resend(let number): _ = try expect(200, .post, "/v1/worlds/\(world)/webhooks/\(number)/replay", nil)
        case .application(let number, let status):
            _ = try expect(200, .put, "/v1/worlds/\(world)/applications/\(number)", ["status": .string(status)])
        case .order(let number, let status):
            _ = try expect(200, .put, "/v1/worlds/\(world)/orders/\(number)", ["status": .string(status)])
        case .answer: break
        case .noDelivery, .endpoint: throw .notHere("what is sent to webhooks can be seen in process only")
        }
    }

    func advance(_ world: String, by duration: Duration) throws(ReplayTargetFault) {
        guard duration > .zero else { return }
        let text = DurationText.write(duration)
        _ = try expect(200, .put, "/v1/worlds/\(world)/clock", ["advance": .string(text)])
    }

    /// The number of the newest journal entry.
    func lastSequence(_ world: String) throws(ReplayTargetFault) -> Int {
        guard let number = try expect(200, .get, "/v1/worlds/\(world)", nil)["lastSequence"]?.integer else {
            throw .failed("the control API tells no 'lastSequence' of the world '\(world)'")
        }
        return number
    }

    /// Why the newest answer is as it is.
    func reasons(_ world: String) throws(ReplayTargetFault) -> [String] {
        let page = try expect(200, .get, "/v1/worlds/\(world)/journal?order=newest&limit=5", nil)
        let entry = page["entries"]?.array?.first { $0.present("request") != nil }
        return (entry?["reasons"]?.array ?? []).compactMap { reason in
            reason["text"]?.stringValue.map { text in
                text + (reason["source"]?.stringValue.map { " (\($0))" } ?? "")
            }
        }
    }

    // MARK: - Calling

    private func expect(
        _ wanted: Int, _ method: HTTPMethod, _ path: String, _ body: JSONValue?
    ) throws(ReplayTargetFault) -> JSONValue {
        let (status, answer) = try call(method, path, body)
        guard status == wanted else { throw .failed("the control API refused: \(Self.words(status, answer))") }
        return answer
    }

    private func call(
        _ method: HTTPMethod, _ path: String, _ body: JSONValue?
    ) throws(ReplayTargetFault) -> (status: Int, answer: JSONValue) {
        var request = HTTPRequest(method: method, target: basePath + path)
        if let body {
            request.headers.append("Content-Type", "application/json")
            request.body = body.serialized()
        }
        let response: HTTPClientResponse
        do throws(HTTPClientError) {
            response = try client.send(request, timeout: timeout)
        } catch {
            throw .failed("the control API at \(client.endpoint) does not answer: \(error)")
        }
        guard response.ending == .complete else {
            throw .failed("the control API at \(client.endpoint) closed the connection")
        }
        guard !response.body.isEmpty else { return (response.status, .null) }
        do throws(JSONError) {
            return (response.status, try JSONValue(parsing: response.body))
        } catch {
            throw .failed("\(client.endpoint) answers no JSON to \(path): is it the control API?")
        }
    }

    private static func clock(_ setup: ReplaySetup) -> JSONObject? {
        var clock = JSONObject()
        switch setup.effectiveClockMode {
        case .real: clock.append("mode", "real")
        case .frozen: clock.append("mode", "frozen")
        case .scaled(let factor):
            clock.append("mode", "faster")
            clock.append("factor", JSONValue(factor))
        case nil: break
        }
        if let moment = setup.clock { clock.append("time", .string(InstantText.utc(moment))) }
        return clock.isEmpty ? nil : clock
    }

    private static func words(_ status: Int, _ answer: JSONValue) -> String {
        answer["error"]?["message"]?.stringValue ?? "it answered \(status)"
    }
}
