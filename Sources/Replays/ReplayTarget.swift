package import HTTP

/// What replays are played against: an emulator in this process, or a server somewhere.
package protocol ReplayTarget: AnyObject {
    /// Sends a request and waits for what becomes of it.
    ///
    /// - Parameter delay: what the replay expects, for targets that have to move a clock to get the answer.
    func send(
        _ request: HTTPRequest, expecting delay: ReplayExpectation.Delay
    ) throws(ReplayTargetFault) -> ReplayAnswer
    /// Sends a request that has to wait for something, and leaves it waiting under a name.
    func begin(_ request: HTTPRequest, as name: String) throws(ReplayTargetFault)
    /// What became of a request that was left waiting.
    func finish(_ name: String) throws(ReplayTargetFault) -> ReplayAnswer
    func control(_ step: ReplayControl) throws(ReplayTargetFault)
    /// The next message that the server has sent to a webhook and that nobody has looked at; nil when there is none.
    func nextDelivery() throws(ReplayTargetFault) -> ReplayDelivery?
    /// Why the last answer is as it is, a sentence each; empty where nobody can know.
    func reasons() -> [String]
}

extension ReplayTarget {
    package func nextDelivery() throws(ReplayTargetFault) -> ReplayDelivery? {
        throw .notHere("what is sent to webhooks can be seen in process only")
    }
}

/// A message to a webhook.
package struct ReplayDelivery: Sendable {
    package var url: String
    package var headers: [HTTPField]
    package var body: [UInt8]

    package init(url: String, headers: [HTTPField], body: [UInt8]) {
        self.url = url
        self.headers = headers
        self.body = body
    }
}

/// Why a target could not do a step.
package enum ReplayTargetFault: Error, Hashable, Sendable, CustomStringConvertible {
    /// This target cannot do such a thing at all.
    case notHere(String)
    /// It should have worked, and did not.
    case failed(String)

    package var description: String {
        switch self {
        case .notHere(let why), .failed(let why): why
        }
    }
}

/// What came of a request.
package struct ReplayAnswer: Sendable {
    package enum Arrival: String, Hashable, Sendable {
        case whole, truncated, dropped, reset
    }

    /// 0 when there was no answer.
    package var status: Int
    /// Empty when the status line had none.
    package var reason: String
    package var headers: [HTTPField]
    package var body: [UInt8]
    package var arrival: Arrival
    /// World time between request and answer; nil when this target cannot know.
    package var delay: Duration?

    package init(
        status: Int = 0, reason: String = "", headers: [HTTPField] = [], body: [UInt8] = [],
        arrival: Arrival = .whole, delay: Duration? = nil
    ) {
        self.status = status
        self.reason = reason
        self.headers = headers
        self.body = body
        self.arrival = arrival
        self.delay = delay
    }

    /// The value of the first field of this name.
    func header(_ name: String) -> String? {
        let wanted = name.lowercased()
        return headers.first { $0.name.lowercased() == wanted }?.value
    }
}
