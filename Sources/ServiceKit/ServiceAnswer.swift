package import HTTP
package import Payments
package import Processor

/// What a service answers: the HTTP message, what of it may be kept, and how it travels.
package struct ServiceAnswer: ~Copyable, Sendable {
    package var response: HTTPResponse
    /// The body as the journal keeps it; nil: as sent.
    package var recordedBody: [UInt8]?
    /// Path and query as the journal keeps them; what looks like a card number is taken out when they get there.
    package var recordedTarget: String
    /// The body of the request as the journal keeps it.
    package var recordedRequest: [UInt8]
    /// Named in the journal when no command was performed.
    package var operation: String
    package var reasons: [Reason] = []
    /// The journal entry of the command that was performed.
    package var sequence: Int?
    /// Between which rewinds the entry was made.
    package var era = 0
    package var delivery: Delivery = .ordinary
    /// World time at which the delay of the delivery begins.
    package var decidedAt: Instant?
    /// Set when this is no answer yet; nothing else counts then.
    package var held: HeldAnswer?
    /// What held answers this request has brought about.
    package var wakes: [HeldAnswer.Key] = []

    package init(
        _ response: HTTPResponse, operation: String, recordedBody: [UInt8]? = nil, recordedTarget: String,
        recordedRequest: [UInt8] = []
    ) {
        self.response = response
        self.operation = operation
        self.recordedBody = recordedBody
        self.recordedTarget = recordedTarget
        self.recordedRequest = recordedRequest
    }

    /// Takes over what a performed command says about its answer.
    package mutating func follow(_ recorded: Recorded) {
        sequence = recorded.sequence
        era = recorded.era
        delivery = recorded.delivery
        decidedAt = recorded.at
        guard let replacement = recorded.replacement else { return }
        response.status = replacement.status
        response.headers = [HTTPField("Content-Type", replacement.contentType)]
        response.body = Array(replacement.body.utf8)
        recordedBody = nil
    }
}
