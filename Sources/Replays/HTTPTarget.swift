package import HTTP
import Platform

/// A server as it is named on the command line.
package struct ReplayServer: Hashable, Sendable {
    package let endpoint: HTTPEndpoint
    /// What stands in front of every path; mostly empty.
    package let basePath: String

    package var isSecure: Bool { endpoint.isSecure }

    package init(_ endpoint: HTTPEndpoint, basePath: String = "") {
        self.endpoint = endpoint
        self.basePath = basePath
    }

    /// Reads `http://localhost:8080/base` or `https://…`; nil for anything else.
    package init?(_ url: String) {
        guard let (endpoint, path) = HTTPEndpoint.parse(url) else { return nil }
        self.init(endpoint, basePath: path.hasSuffix("/") ? String(path.dropLast()) : path)
    }
}

/// Plays replays against a server. With a control API, a replay gets a world of its own there, and its clock is moved;
/// without one, the server is taken as it is.
package final class HTTPTarget: ReplayTarget {
    private let server: ReplayServer
    private let client: HTTPClient
    private let control: ControlClient?
    private let timeout: Duration
    /// The world that requests go to; nil: whatever the server takes when none is named.
    private let ownWorld: String?
    /// Sends requests whose answer only comes when the clock is moved.
    private var helper: EventLoop?
    /// Requests that were left waiting, each with a thread of its own.
    private var waiting: [String: (answer: PendingAnswer, loop: EventLoop)] = [:]

    /// Makes a world for the replay where that is possible.
    ///
    /// - Parameters:
    ///   - timeout: for each answer.
    ///   - filter: makes connections to an `https` server, and verifies that it is that server.
    /// - Throws: ``ReplayTargetFault`` when the control API cannot be reached or makes no world.
    package init(
        _ server: ReplayServer, control: ReplayServer?, setup: ReplaySetup, timeout: Duration,
        filter: ClientFilterFactory? = nil
    ) throws(ReplayTargetFault) {
        self.server = server
        client = HTTPClient(server.endpoint, filter: filter)
        self.control = control.map { ControlClient($0, timeout: timeout, filter: filter) }
        self.timeout = timeout
        if let control = self.control, setup.wantsOwnWorld || setup.scenario != nil {
            ownWorld = try control.makeWorld(setup)
        } else {
            ownWorld = nil
        }
    }

    deinit { helper?.stop() }

    /// Removes the replay's world.
    package func close() throws(ReplayTargetFault) {
        if let control, let ownWorld { try control.deleteWorld(ownWorld) }
    }

    package func control(_ step: ReplayControl) throws(ReplayTargetFault) {
        guard let control else {
            throw .notHere("only the control API of an Understudy can do this: name it with --control")
        }
        try control.control(step, in: world)
    }

    package func reasons() -> [String] {
        guard let control else { return [] }
        do throws(ReplayTargetFault) {
            return try control.reasons(world)
        } catch {
            // The step has failed anyway, and that is what the report is about.
            return []
        }
    }

    package func send(
        _ request: HTTPRequest, expecting delay: ReplayExpectation.Delay
    ) throws(ReplayTargetFault) -> ReplayAnswer {
        let request = addressed(request)
        guard let control, let delay = delay.duration, delay > .zero else {
            do throws(HTTPClientError) {
                return ReplayAnswer(try client.send(request, timeout: timeout))
            } catch {
                throw .failed(error.description)
            }
        }
        return try send(request, waiting: delay, control)
    }

    private func addressed(_ request: HTTPRequest) -> HTTPRequest {
        var request = request
        request.target = (ownWorld.map { "/~\($0)" } ?? "") + server.basePath + request.target
        return request
    }

    private var world: String { ownWorld ?? "main" }

    // MARK: - Requests that are left waiting

    package func begin(_ request: HTTPRequest, as name: String) throws(ReplayTargetFault) {
        guard let control else {
            throw .notHere("only with the control API of an Understudy is it sure that the request waits")
        }
        let before = try control.lastSequence(world)
        let pending = PendingAnswer()
        let loop: EventLoop
        do throws(SystemError) { loop = try EventLoop(label: "understudy.replay.\(name)") } catch {
            throw .failed("no thread to wait on: \(error)")
        }
        waiting[name] = (pending, loop)
        let request = addressed(request)
        loop.perform { [client, timeout] _ in
            do throws(HTTPClientError) {
                pending.fulfil(.success(try client.send(request, timeout: timeout)))
            } catch {
                pending.fulfil(.failure(error))
            }
        }
        while !pending.isFulfilled, try control.lastSequence(world) == before {}
        if pending.isFulfilled { throw .failed("the answer came at once") }
    }

    package func finish(_ name: String) throws(ReplayTargetFault) -> ReplayAnswer {
        guard let (pending, loop) = waiting.removeValue(forKey: name) else {
            throw .failed("no request waits as '\(name)'")
        }
        defer { loop.stop() }
        do throws(HTTPClientError) {
            return ReplayAnswer(try pending.wait())
        } catch {
            throw .failed(error.description)
        }
    }

    // MARK: - Answers that wait for the clock

    /// Sends on another thread, and moves the clock when the journal shows that the request was decided.
    ///
    /// First by a millisecond less than expected: nothing may have come by then.
    private func send(
        _ request: HTTPRequest, waiting delay: Duration, _ control: ControlClient
    ) throws(ReplayTargetFault) -> ReplayAnswer {
        let before = try control.lastSequence(world)
        let pending = PendingAnswer()
        try helperLoop().perform { [client, timeout] _ in
            do throws(HTTPClientError) {
                pending.fulfil(.success(try client.send(request, timeout: timeout)))
            } catch {
                pending.fulfil(.failure(error))
            }
        }
        while !pending.isFulfilled, try control.lastSequence(world) == before {}
        let almost = delay - .milliseconds(1)
        try control.advance(world, by: almost)
        // One more round trip gives an answer that came too early the time to arrive.
        _ = try control.lastSequence(world)
        let isEarly = pending.isFulfilled
        try control.advance(world, by: .milliseconds(1))
        do throws(HTTPClientError) {
            var answer = ReplayAnswer(try pending.wait())
            answer.delay = isEarly ? .zero : delay
            return answer
        } catch {
            throw .failed(error.description)
        }
    }

    private func helperLoop() throws(ReplayTargetFault) -> EventLoop {
        if let helper { return helper }
        do throws(SystemError) {
            let loop = try EventLoop(label: "understudy.replay")
            helper = loop
            return loop
        } catch {
            throw .failed("no thread to wait on: \(error)")
        }
    }
}

/// An answer that another thread waits for.
private final class PendingAnswer: Sendable {
    private let result = Lock<Result<HTTPClientResponse, HTTPClientError>?>(nil)
    private let gate = Gate()

    var isFulfilled: Bool { result.withLock { $0 != nil } }

    func fulfil(_ value: Result<HTTPClientResponse, HTTPClientError>) {
        result.withLock { $0 = value }
        gate.open()
    }

    func wait() throws(HTTPClientError) -> HTTPClientResponse {
        gate.wait()
        guard let value = result.withLock({ $0 }) else { preconditionFailure("the gate opens behind the result") }
        return try value.get()
    }
}

extension ReplayAnswer {
    init(_ response: HTTPClientResponse) {
        let arrival: Arrival =
            switch response.ending {
            case .complete: .whole
            case .truncated: .truncated
            case .dropped: .dropped
            case .reset: .reset
            }
        self.init(
            status: response.status, reason: response.reason, headers: response.headers.lines, body: response.body,
            arrival: arrival)
    }
}
