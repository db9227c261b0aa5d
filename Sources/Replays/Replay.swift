import HTTP
package import Payments

/// One session with a server: what it needs, and what is sent and expected, step by step. One file is one replay.
package struct Replay: Sendable {
    /// As the file was named; shown in reports.
    package var path: String
    package var setup: ReplaySetup
    package var steps: [ReplayStep]
    /// Parts of ``steps`` that are played several times, in the order in which they begin.
    package var loops: [ReplayLoop] = []
    /// Card-like numbers that stand in the file itself: reports show them as they are, and mask all others.
    package var clearNumbers: Set<String>

    package init(
        path: String, setup: ReplaySetup, steps: [ReplayStep], loops: [ReplayLoop] = [],
        clearNumbers: Set<String> = []
    ) {
        self.path = path
        self.setup = setup
        self.steps = steps
        self.loops = loops
        self.clearNumbers = clearNumbers
    }
}

/// What has to be there before the first step. Nil leaves it to the target.
package struct ReplaySetup: Hashable, Sendable {
    /// The name of a shipped scenario, or a path relative to the replay's file.
    package var scenario: String?
    package var seed: UInt64?
    /// Where the world's clock starts.
    package var clock: Instant?
    /// How the clock goes on; a clock with a start stands still unless this says otherwise.
    package var clockMode: ReplayClockMode?
    /// Names with a value from the start; the caller may give them others.
    package var definitions: [ReplayDefinition] = []
    package var provenance: ReplayProvenance?
    /// The first comment of the file: what it is about.
    package var summary = ""
    /// Keys of the scenario that change what all steps show.
    package var switches: [String] = []

    package init() {}

    /// Whether the replay wants a world of its own, rather than whatever is there.
    package var wantsOwnWorld: Bool { seed != nil || clock != nil || clockMode != nil }

    package var effectiveClockMode: ReplayClockMode? { clockMode ?? (clock == nil ? nil : .frozen) }
}

package struct ReplayDefinition: Hashable, Sendable {
    package var name: String
    package var value: String

    package init(name: String, value: String) {
        self.name = name
        self.value = value
    }

    /// A letter, then letters, digits and `_`; not the word of a matcher.
    package static func isName(_ text: String) -> Bool {
        ReplayName.isName(text) && !ReplayMatcher.keywords.contains(text)
    }
}

/// How a world's time goes by.
package enum ReplayClockMode: Hashable, Sendable {
    case real, frozen
    /// World seconds per real second.
    case scaled(by: Int)
}

/// Where the knowledge comes from that a step shows.
package struct ReplayProvenance: Hashable, Sendable {
    package enum Kind: String, Hashable, Sendable, CaseIterable {
        /// Stated by the service's documentation.
        case documented
        /// Seen in recorded traffic or in a public client.
        case observed
        /// Worked out from the other two: a choice of this project.
        case inferred
    }

    package var kind: Kind
    /// A page, a recording; empty when the file names none.
    package var source: String
}

package struct ReplayStep: Sendable {
    package enum Action: Sendable {
        case exchange(ReplayExchange)
        /// A message to a webhook that should have been sent by now: where to, and what it holds.
        case delivery(ReplayText, ReplayExpectation)
        case control(ReplayControl)
    }

    package var title: String
    /// Where the request or the control step stands, from 1.
    package var line: Int
    /// Of the step, or else of the file.
    package var provenance: ReplayProvenance?
    package var action: Action
    /// Keys of the scenario that change what this step shows, besides those of the file.
    package var switches: [String] = []

    /// A title in parentheses: the step prepares what later ones show. It is played and compared like any other.
    package var isPreparation: Bool { title.hasPrefix("(") && title.hasSuffix(")") }
}

/// What happens besides requests.
package enum ReplayControl: Hashable, Sendable, CustomStringConvertible {
    case moveClock(by: Duration)
    case setClock(Instant)
    /// Runs settlement now.
    case settle
    /// The answer of a request that was left waiting has come by now.
    case answer(String)
    /// Every message to a webhook has been looked at.
    case noDelivery
    /// What the addresses of webhooks answer from now on.
    case endpoint(Int)
    /// Sends a message to a webhook once more; counted from 1 in the order in which the world made them.
    case resend(Int)
    /// An application for boarding is in this state from now on; by its merchant id of the boarding service.
    case application(Int, status: String)
    /// An order of equipment is in this state from now on.
    case order(Int, status: String)

    package var description: String {
        switch self {
        case .moveClock(let duration): "clock +\(ReplayDuration.write(duration))"
        case .setClock(let moment): "clock = \(InstantText.utc(moment))"
        case .settle: "settle"
        case .answer(let name): "answer \(name)"
        case .noDelivery: "no delivery"
        case .endpoint(let status): "endpoint \(status)"
        case .resend(let number): "resend \(number)"
        case .application(let number, let status): "application \(number) \(status)"
        case .order(let number, let status): "order \(number) \(status)"
        }
    }
}

/// A request and the answer it should get.
package struct ReplayExchange: Sendable {
    package var method: String
    package var target: ReplayText
    /// In order, the file's defaults first.
    package var headers: [ReplayField]
    package var body: ReplayText?
    package var expectation: ReplayExpectation
}

/// A header field with placeholders.
package struct ReplayField: Sendable {
    package var name: String
    package var value: ReplayText
}

package struct ReplayExpectation: Sendable {
    package enum Arrival: Sendable {
        /// An answer with this status. A reason phrase is looked at only when one is given.
        case answer(status: Int, reason: Reason?)
        /// The connection is closed without an answer.
        case dropped
        /// The connection is reset.
        case reset
    }

    package enum Reason: Hashable, Sendable {
        case absent
        case text(String)
    }

    package enum Delay: Hashable, Sendable {
        case none, any
        /// World time between request and answer.
        case exactly(Duration)
    }

    package enum Body: Sendable {
        case any, empty
        /// Member by member.
        case json(ReplayPattern, extraMembers: Bool)
        /// The whole text, byte by byte but for placeholders.
        case text(ReplayText)
        /// The text somewhere in the body.
        case containing(ReplayText)
    }

    package var arrival: Arrival
    package var headers: [ReplayField] = []
    package var delay: Delay = .none
    /// The body is cut short: fewer bytes come than the head announces.
    package var isTruncated = false
    /// The request is left waiting under this name; the answer is looked at in a later step.
    package var waitsAs: String?
    package var body: Body = .empty
}

extension ReplayExpectation.Delay {
    package var duration: Duration? {
        switch self {
        case .none, .any: nil
        case .exactly(let duration): duration
        }
    }
}
