import HTTP
import JSON
import Payments
import Processor
import TestSupport
import Testing

/// A client of the gateway in a world of its own, whose clock stands still.
struct Gateway {
    static let base = "/cardconnect/rest"
    /// Approves everywhere, and no table says anything else about it.
    static let visa = "4444333322221111"
    static let amex = "371449635398431"
    static let expiry = "1230"

    let session: Session

    init(_ scenario: Session.Scenario = "uat-plain", seed: UInt64? = nil) throws {
        session = try Session(scenario, seed: seed)
    }

    var behavior: Behavior { session.behavior }

    /// The first merchant of the first site on a processor.
    func merchant(_ processor: ProcessorName) throws -> String { try #require(merchants(processor).first) }

    /// All merchants of the first site on a processor.
    func merchants(_ processor: ProcessorName) -> [String] {
        behavior.directory.sites[0].merchants.filter { $0.processor == processor && $0.fee == nil }.map(\.id.text)
    }

    func profile(_ processor: ProcessorName) throws -> ProcessorProfile {
        try #require(behavior.processors[processor])
    }

    // MARK: - Requests

    func put(_ endpoint: String, _ body: JSONObject, method: HTTPMethod = .put) throws -> Session.Answer {
        try session.send(method, "\(Self.base)/\(endpoint)", json: .object(body))
    }

    /// An authorization of an approving card, changed and completed by `fields`; `null` takes a member away.
    func auth(_ merchant: String, _ amount: String, _ fields: JSONObject = [:]) throws -> Session.Answer {
        var body: JSONObject = [
            "merchid": .string(merchant), "account": .string(Self.visa), "expiry": .string(Self.expiry),
            "amount": .string(amount),
        ]
        for member in fields.members { body[member.name] = member.value.isNull ? nil : member.value }
        return try put("auth", body)
    }

    /// A captured authorization that has to be approved, and its reference.
    func sale(_ merchant: String, _ amount: String, _ fields: JSONObject = [:]) throws -> String {
        var fields = fields
        fields["capture"] = "Y"
        let answer = try auth(merchant, amount, fields)
        try #require(answer["respstat"] == "A", "\(answer.raw.text)")
        return try #require(answer["retref"])
    }

    func follow(
        _ endpoint: String, _ merchant: String, _ reference: String, _ fields: JSONObject = [:]
    ) throws -> Session.Answer {
        var body: JSONObject = ["merchid": .string(merchant), "retref": .string(reference)]
        for member in fields.members { body[member.name] = member.value.isNull ? nil : member.value }
        return try put(endpoint, body)
    }

    func inquire(_ reference: String, _ merchant: String) throws -> Session.Answer {
        try session.send(.get, "\(Self.base)/inquire/\(reference)/\(merchant)")
    }

    /// Moves the clock over the next cut-off, which settles what is open.
    func nextDay() throws { try session.advance(by: .seconds(86_400)) }

    /// The token of an account, from the tokenizer of the same site.
    func token(of account: String) throws -> String {
        let answer = try session.send(
            .post, "/cardsecure/api/v1/ccn/tokenize", json: ["account": .string(account)])
        return try #require(answer["token"], "\(answer.raw.text)")
    }
}

/// The four members that every answer of the gateway has.
struct Codes: Equatable, CustomStringConvertible {
    var processor: String?
    var code: String?
    var status: String?
    var text: String?

    init(_ processor: String?, _ code: String?, _ status: String?, _ text: String?) {
        self.processor = processor
        self.code = code
        self.status = status
        self.text = text
    }

    init(_ answer: Session.Answer) {
        self.init(answer["respproc"], answer["respcode"], answer["respstat"], answer["resptext"])
    }

    /// As a row of a scenario's table has to be answered.
    init(_ response: ResponseCode) {
        let letter =
            switch response.status {
            case .approved: "A"
            case .retry: "B"
            case .declined: "C"
            }
        self.init(response.processor.text, response.code, letter, response.text)
    }

    var isApproval: Bool { status == "A" }

    var description: String {
        [processor, code, status, text].map { $0 ?? "(absent)" }.joined(separator: " ")
    }
}

extension Session.Answer {
    /// The names of the body's members.
    var names: Set<String> { Set(json.object?.names ?? []) }
}
