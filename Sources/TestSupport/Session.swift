package import Emulator
package import HTTP
package import JSON
import Payments
package import Processor
import Replays

/// One world of its own in this process, and a client of it: what most tests of a service need.
///
/// The clock stands still until ``advance(by:)``; an answer that a client would wait for moves it to the moment at
/// which it comes.
package final class Session {
    /// Where a session's scenario comes from.
    package enum Scenario: ExpressibleByStringLiteral {
        /// A shipped scenario, or a path.
        case named(String)
        /// YAML; `extends: uat-plain` makes it short.
        case inline(String)

        /// A name, or YAML when it has more than one line.
        package init(stringLiteral text: String) { self = text.contains("\n") ? .inline(text) : .named(text) }
    }

    /// What came of a request.
    package struct Answer {
        package let status: Int
        /// `null` when the body is no JSON.
        package let json: JSONValue
        package let raw: ReplayAnswerView

        /// A member of the body as text; nil when it is not there.
        package subscript(name: String) -> String? { json[name]?.text }
    }

    /// The answer as a client saw it.
    package struct ReplayAnswerView {
        package let reason: String
        package let headers: HTTPFields
        package let body: [UInt8]
        /// World time between request and answer.
        package let delay: Duration
        /// `whole`, `truncated`, `dropped` or `reset`.
        package let arrival: String

        package var text: String { String(decoding: body, as: UTF8.self) }
    }

    package let behavior: Behavior
    private let target: InProcessTarget
    /// `user:password` of the scenario's first credential; nil sends none.
    package var user: String?
    package var host = "localhost"

    /// Shared by all sessions of a test run: shipped scenarios are read once.
    private static let catalog = ScenarioCatalog(key: Array(repeating: 7, count: 32))

    /// - Parameters:
    ///   - clock: RFC 3339; where the clock stands still.
    /// - Throws: when the scenario does not load; the error's description has the diagnostics.
    package init(
        _ scenario: Scenario = "uat-plain", seed: UInt64? = nil, clock: String = "2030-01-02T10:00:00-05:00"
    ) throws {
        switch scenario {
        case .named(let name): behavior = try Self.catalog.load(name).behavior
        case .inline(let text): behavior = try Self.catalog.load(text: text).behavior
        }
        var setup = ReplaySetup()
        setup.seed = seed
        guard let moment = InstantText.read(clock) else { throw Problem(description: "'\(clock)' is no moment") }
        setup.clock = moment
        target = InProcessTarget(behavior: behavior, setup: setup)
        user = behavior.directory.sites.first?.credentials.first.map { "\($0.user):\($0.password)" }
    }

    package struct Problem: Error, CustomStringConvertible {
        package let description: String
    }

    package var emulator: Emulator { target.emulator }

    /// Messages to webhooks stay in the outbox.
    package var leavesWebhooks: Bool {
        get { target.leavesWebhooks }
        set { target.leavesWebhooks = newValue }
    }

    // MARK: - Requests

    /// Sends JSON, or nothing when there is none.
    package func send(
        _ method: HTTPMethod, _ path: String, json: JSONValue? = nil, headers: HTTPFields = HTTPFields()
    ) throws -> Answer {
        try send(method, path, body: json?.serialized() ?? [], headers: headers)
    }

    /// Sends bytes as they are.
    package func send(
        _ method: HTTPMethod, _ path: String, body: [UInt8], headers: HTTPFields = HTTPFields()
    ) throws -> Answer {
        var fields = headers
        if fields["Host"] == nil { fields.append("Host", host) }
        if fields["Authorization"] == nil, let user {
            fields.append("Authorization", ReplayCredentials.basic(user))
        }
        if fields["Content-Type"] == nil, !body.isEmpty { fields.append("Content-Type", "application/json") }
        let request = HTTPRequest(method: method, target: path, headers: fields, body: body)
        let answer = try target.send(request, expecting: .any)
        return Answer(
            status: answer.status, json: Self.json(answer.body),
            raw: ReplayAnswerView(
                reason: answer.reason, headers: HTTPFields(answer.headers), body: answer.body,
                delay: answer.delay ?? .zero, arrival: answer.arrival.rawValue))
    }

    private static func json(_ body: [UInt8]) -> JSONValue {
        do throws(JSONError) { return try JSONValue(parsing: body) } catch { return .null }
    }

    // MARK: - World

    package func advance(by duration: Duration) throws { try target.control(.moveClock(by: duration)) }

    /// Runs settlement now.
    package func settle() throws { try target.control(.settle) }

    /// Why the last answer is as it is, a sentence each.
    package var reasons: [String] { target.reasons() }
}
