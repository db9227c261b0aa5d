import HTTP
import JSON
import Payments
import Processor
import TestSupport
import Testing

/// A client of the tokenizer in a world of its own.
struct Tokenizer {
    static let path = "/cardsecure/api/v1/ccn/tokenize"
    static let visa = "4111111111111111"
    static let headers = [
        "Access-Control-Allow-Origin", "Access-Control-Allow-Headers", "Access-Control-Allow-Methods",
    ]

    let session: Session

    init(_ scenario: Session.Scenario = "uat-plain", seed: UInt64? = nil) throws {
        session = try Session(scenario, seed: seed)
        // The service asks for no credentials (reference §2.1).
        session.user = nil
    }

    func post(_ body: JSONValue) throws -> Session.Answer { try session.send(.post, Self.path, json: body) }

    /// The token of an account that has to be tokenized.
    func token(_ account: String, _ fields: JSONObject = [:]) throws -> String {
        var body: JSONObject = ["account": .string(account)]
        for member in fields.members { body[member.name] = member.value }
        let answer = try post(.object(body))
        try #require(answer.status == 200, "\(answer.raw.text)")
        return try #require(answer["token"])
    }

    /// An authorization with the gateway of the same site; the first credential and merchant of a site.
    func authorize(_ fields: JSONObject, site: Int = 0) throws -> Session.Answer {
        let site = session.behavior.directory.sites[site]
        session.user = "\(site.credentials[0].user):\(site.credentials[0].password)"
        defer { session.user = nil }
        var body: JSONObject = ["merchid": .string(site.merchants[0].id.text), "amount": "1.00"]
        for member in fields.members { body[member.name] = member.value }
        return try session.send(.put, "/cardconnect/rest/auth", json: .object(body))
    }
}
