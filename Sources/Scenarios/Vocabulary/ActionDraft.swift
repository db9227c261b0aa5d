import Payments
import Processor

/// `then` while it is read.
struct ActionDraft: Sendable {
    /// An answer whose code waits for the processors of the rule.
    struct PendingCode: Sendable {
        var code: String
        var text: String?
        /// Nil allows every status.
        var status: ResponseStatus?
        var place: Place
    }

    var answer: RuleAction.Answer?
    var pending: PendingCode?
    var delay: Duration?
    var loss: Delivery.Loss?
    var strikes: Delivery.CommitPoint?
    var states: [StateValue] = []
    var settlement = SettlementWish()
    /// Set by a rule about settlement.
    var settlementPlace: Place?
    /// The keys that gave answer and loss, for the message about a second one.
    var answerKey: String?
    var answerPlace: Place?
    var lossKey: String?
    var strikesKey: String?

    static let section = Section<ActionDraft>("the action", answers + deliveries + settlements)

    static let reader = section.reader({ _ in ActionDraft() }) { draft, node, reading -> ActionDraft? in
        let isEmpty =
            draft.answerKey == nil && draft.lossKey == nil && draft.delay == nil && draft.states.isEmpty
            && draft.settlementPlace == nil
        guard !isEmpty else {
            guard case .mapping(let members) = node.content, members.isEmpty else { return draft }
            return reading.error(at: node.place, "a rule that does nothing; say for example 'approve'")
        }
        return draft
    }

    /// The delivery for the domain; nil leaves it as usual.
    var delivery: Delivery? {
        guard delay != nil || loss != nil || strikes != nil else { return nil }
        return Delivery(delay: delay ?? .zero, loss: loss, strikes: strikes)
    }

    private static let answers: [Field<ActionDraft>] = [
        answer("approve", .nothing, "approve the whole amount") { _ in .approve },
        answer("approvePartially", .amount, "approve this much of the amount") { .approvePartially(minorUnits: $0) },
        code("decline", .declined, "decline: a code of the processor, or its wording as one word (doNotHonor)"),
        code("retry", .retry, "ask to try again: a code of the processor, or its wording as one word"),
        Field("respond", CodeDraft.reader, "answer with any code of the processor: { code: \"05\", text: No }") {
            code, member, draft, reading in
            draft.claim(answer: member, reading)
            draft.pending = PendingCode(
                code: code.code, text: code.text, status: nil, place: member.value["code"]?.place ?? member.value.place)
        },
        answer("refuse", .choice("refusal"), "refuse as the gateway itself") { .refuse($0) },
        answer("timeout", .timeout, "the processor never answers: { after: 32s }, or {} for the gateway's time") {
            .timeout(after: $0)
        },
        answer("http", HTTPDraft.reader, "an HTTP answer in place of the service's own") {
            .http(status: $0.status, contentType: $0.contentType, body: $0.body)
        },
        answer("tokenizerError", .knownTokenizerCode, "an error of the tokenizer, by its code") {
            .tokenizerError(code: $0)
        },
    ]

    private static let deliveries: [Field<ActionDraft>] = [
        Field("delay", .duration, "how much later the answer comes, in world time") { delay, _, draft, _ in
            draft.delay = delay
        },
        loss("loseResponse", .commitPoint, "close the connection without an answer") { (.dropped, $0) },
        loss("reset", .optionalCommitPoint, "reset the connection") { (.reset, $0) },
        loss("truncate", .integer(0...(1 << 30)), "cut the answer after so many bytes of its body") {
            (.truncated(afterBytes: $0), nil)
        },
        loss("slow", SlowDraft.reader, "send the answer in small pieces: { bytes: 10, pause: 1s }") {
            (.slow(bytesPerPiece: $0.bytes, pause: $0.pause), nil)
        },
        loss("malformed", .nothing, "cut the body so that it is no JSON any more") { _ in (.malformed, nil) },
        Field("strikes", .commitPoint, "on which side of the books the delivery goes wrong") {
            point, member, draft, reading in draft.claim(strikes: point, member, reading)
        },
        Field("set", .states, "named states of the world and their new values") { states, _, draft, _ in
            draft.states = states
        },
    ]

    private static func answer<Value>(
        _ key: String, _ reader: Reader<Value>, _ summary: String,
        _ make: @escaping @Sendable (Value) -> RuleAction.Answer
    ) -> Field<ActionDraft> {
        Field(key, reader, summary) { value, member, draft, reading in
            draft.claim(answer: member, reading)
            draft.answer = make(value)
        }
    }

    private static func code(_ key: String, _ status: ResponseStatus, _ summary: String) -> Field<ActionDraft> {
        Field(key, .name("a code or a reason"), summary) { text, member, draft, reading in
            draft.claim(answer: member, reading)
            draft.pending = PendingCode(code: text, text: nil, status: status, place: member.value.place)
        }
    }

    private static func loss<Value>(
        _ key: String, _ reader: Reader<Value>, _ summary: String,
        _ make: @escaping @Sendable (Value) -> (Delivery.Loss, Delivery.CommitPoint?)
    ) -> Field<ActionDraft> {
        Field(key, reader, summary) { value, member, draft, reading in
            if let other = draft.lossKey {
                reading.report(.error, at: member.keyPlace, "'\(other)' and '\(key)' cannot both happen to one answer")
            }
            let (loss, point) = make(value)
            draft.loss = loss
            draft.lossKey = key
            if let point { draft.claim(strikes: point, member, reading) }
        }
    }

    private mutating func claim(answer member: YAMLNode.Member, _ reading: Reading) {
        if let answerKey {
            reading.report(
                .error, at: member.keyPlace, "'\(answerKey)' and '\(member.key)' cannot both be the answer of one rule")
        }
        answerKey = member.key
        answerPlace = member.keyPlace
    }

    private mutating func claim(strikes point: Delivery.CommitPoint, _ member: YAMLNode.Member, _ reading: Reading) {
        if let strikesKey, strikes != point {
            reading.report(.error, at: member.keyPlace, "'\(strikesKey)' and '\(member.key)' contradict each other")
        }
        strikes = point
        strikesKey = member.key
    }
}

extension Reader where Value == Delivery.CommitPoint {
    /// `beforeProcessing`: nothing has happened in the books; `afterProcessing`: only the answer suffers.
    static let commitPoint = Reader(.choice(["beforeProcessing", "afterProcessing"])) { node, reading in
        guard case .scalar(let text, _) = node.content, !node.isNull else {
            return reading.expected("beforeProcessing or afterProcessing", at: node)
        }
        switch text {
        case "beforeProcessing": return .before
        case "afterProcessing": return .after
        default:
            let near = text == "before" || text == "after" ? text + "Processing" : text
            reading.unknown(
                "moment", near == text ? text : text, at: node.place, among: ["beforeProcessing", "afterProcessing"])
            return nil
        }
    }
}

extension Reader where Value == Delivery.CommitPoint? {
    /// A commit point, or nothing.
    static let optionalCommitPoint = Reader(
        .either([.nothing, .choice(["beforeProcessing", "afterProcessing"])])
    ) { node, reading in
        if case .mapping(let members) = node.content, members.isEmpty { return .some(nil) }
        if node.isNull { return .some(nil) }
        return Reader<Delivery.CommitPoint>.commitPoint.read(node, reading).map { .some($0) }
    }
}

/// `{ after: 32s }` while it is read.
private struct TimeoutDraft: Sendable {
    var after: Duration?
}

extension Reader where Value == Duration? {
    static var timeout: Reader {
        let section = Section<TimeoutDraft>(
            "a time-out",
            [Field("after", \.after, .duration, "when the gateway gives up; left out: its own time")]
        ).reader({ _ in TimeoutDraft() }) { draft, _, _ in Optional(draft.after) }
        return Reader(.either([.nothing, section.shape])) { node, reading in
            node.isNull ? .some(nil) : section.read(node, reading)
        }
    }
}

/// `{ status: 503, body: "", contentType: text/plain }` while it is read.
struct HTTPDraft: Sendable {
    var status = 0
    var contentType = "application/json"
    var body = ""

    static let reader = Section<HTTPDraft>(
        "an HTTP answer",
        [
            Field("status", \.status, .integer(200...599), required: true, "the status code"),
            Field("contentType", \.contentType, .name("a media type"), "left out: application/json"),
            Field("body", \.body, .text, "left out: empty"),
        ]
    ).reader { _ in HTTPDraft() }
}

/// `{ bytes: 10, pause: 1s }` while it is read.
struct SlowDraft: Sendable {
    var bytes = 1
    var pause: Duration = .zero

    static let reader = Section<SlowDraft>(
        "a slow answer",
        [
            Field("bytes", \.bytes, .integer(1...(1 << 20)), required: true, "how many at a time"),
            Field("pause", \.pause, .duration, required: true, "how long between two pieces"),
        ]
    ).reader { _ in SlowDraft() }
}
