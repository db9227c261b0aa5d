import Emulator
import HTTP
import JSON
import Processor
import ServiceKit
import TestSupport
import Testing

/// What a document of a request may have: at the limit it is read, one past it is no JSON.
@Suite struct RequestLimitTests {
    struct Row: CustomTestStringConvertible, Sendable {
        let name: String
        /// Nil: what is usual.
        let limit: String?
        let most: Int
        let member: @Sendable (Int) -> String

        init(_ name: String, _ limit: String?, _ most: Int, _ member: @escaping @Sendable (Int) -> String) {
            self.name = name
            self.limit = limit
            self.most = most
            self.member = member
        }

        var testDescription: String { "\(name): \(most)" }
    }

    /// The document itself is one level.
    private static func levels(_ count: Int) -> String {
        String(repeating: "[", count: count - 1) + String(repeating: "]", count: count - 1)
    }

    private static func text(_ count: Int) -> String { "\"" + String(repeating: "x", count: count) + "\"" }

    private static func elements(_ count: Int) -> String {
        "[" + Array(repeating: "1", count: count).joined(separator: ",") + "]"
    }

    private static func members(_ count: Int) -> String {
        "{" + (0..<count).map { "\"\($0)\":1" }.joined(separator: ",") + "}"
    }

    static let rows: [Row] = [
        Row("levels", nil, 64, levels), Row("levels", "requestDepth: 3", 3, levels),
        Row("levels", "requestDepth: 256", 256, levels), Row("a text", nil, 262_144, text),
        Row("a text", "requestTextBytes: 100", 100, text), Row("elements", nil, 100_000, elements),
        Row("elements", "requestElements: 2", 2, elements), Row("members", nil, 1_000, members),
        Row("members", "requestMembers: 8", 8, members),
    ]

    @Test(arguments: rows) func atTheLimitAndOnePast(_ row: Row) throws {
        let limits = row.limit.map { "limits: { \($0) }\n" } ?? ""
        let session = try Session(.inline("understudy: scenario/1\nname: small\nextends: uat-plain\n\(limits)"))
        func pay(_ count: Int) throws -> Session.Answer {
            let body =
                #"{"merchid":"496160873888","account":"4111111111111111","expiry":"1235","amount":"100","other":"#
                + row.member(count) + "}"
            return try session.send(.put, "/cardconnect/rest/auth", body: Array(body.utf8))
        }
        let answer = try pay(row.most)
        #expect(answer.status == 200 && answer["respstat"] == "A", "\(answer.raw.text)")
        #expect(try pay(row.most + 1).status == 400)
    }

    struct Service: CustomTestStringConvertible, Sendable {
        let testDescription: String
        let path: String
        let members: String
        var method = HTTPMethod.post
        let headers: HTTPFields
    }

    /// The same for all that reads documents.
    @Test(arguments: [
        Service(
            testDescription: "CardSecure", path: "/cardsecure/api/v1/ccn/tokenize",
            members: #""account":"4111111111111111""#, headers: [:]),
        Service(
            testDescription: "Bolt", path: "/api/v1/listTerminals", members: #""merchantId":"496160873888""#,
            headers: [
                "Host": "bolt-uat.cardpointe.com", "Authorization": "dW5kZXJzdHVkeSBrZXkgb2YgdGVybWluYWxzIG9mIGZ0",
            ]),
        Service(
            testDescription: "Fluid Pay", path: "/api/transaction/search", members: #""limit":1"#,
            headers: ["Authorization": "api_Understudy00000000000000000"]),
        Service(
            testDescription: "gateway", path: "/cardconnect/rest/auth",
            members: #""merchid":"496160873888","account":"4111111111111111","expiry":"1235","amount":"100""#,
            method: .put, headers: [:]),
    ])
    func everyService(_ service: Service) throws {
        let head = "understudy: scenario/1\nname: small\nextends: uat-plain\n"
        let limits =
            "requestDepth: 3, requestElements: 2, requestMembers: 7, requestTextBytes: 64, requestBodyBytes: 1024"
        let session = try Session(.inline(head + "limits: { \(limits) }\n"))
        func status(_ member: String) throws -> Int {
            let body = "{\(service.members),\"other\":\(member)}"
            return try session.send(service.method, service.path, body: Array(body.utf8), headers: service.headers)
                .status
        }
        for good in [Self.levels(3), Self.elements(2), Self.members(7), Self.text(64)] {
            #expect(try status(good) == 200, "\(good)")
        }
        let blanks = String(repeating: " ", count: 1024)
        for bad in [Self.levels(4), Self.elements(3), Self.members(8), Self.text(65), "1" + blanks] {
            #expect(try status(bad) == 400, "\(bad)")
        }
    }

    /// What was taken is shown again, and what is hidden in it is masked in the journal.
    @Test func deepDocumentsAreKept() throws {
        let session = try Session(
            .inline("understudy: scenario/1\nname: small\nextends: uat-plain\nlimits: { requestDepth: 256 }\n"))
        let deep =
            String(repeating: "[", count: 90) + #""\u0034111111111111111","x""# + String(repeating: "]", count: 90)
        let body =
            #"{"merchid":"496160873888","account":"4111111111111111","expiry":"1235","amount":"100","userfields":[{"a":"#
            + deep + "}]}"
        let answer = try session.send(.put, "/cardconnect/rest/auth", body: Array(body.utf8))
        #expect(answer["respstat"] == "A", "\(answer.raw.text)")
        let inquiry = try session.send(
            .get, "/cardconnect/rest/inquire/\(answer["retref"] ?? "")/496160873888")
        #expect(inquiry.raw.text.contains(#""userfields":[{"a":[[[["#), "\(inquiry.raw.text)")
        let world = session.emulator.worlds.main.snapshot
        for sequence in 1...world.lastSequence {
            let words = String(describing: world.journal.entry(sequence))
            #expect(!words.contains("111111111111111"))
        }
    }

    @Test func longestDocument() throws {
        let session = try Session(
            .inline("understudy: scenario/1\nname: small\nextends: uat-plain\nlimits: { requestBodyBytes: 1024 }\n"))
        let document = #"{"merchid":"496160873888","account":"4111111111111111","expiry":"1235","amount":"100"}"#
        for (length, status) in [(1024, 200), (1025, 400)] {
            let body = document + String(repeating: " ", count: length - document.utf8.count)
            #expect(try session.send(.put, "/cardconnect/rest/auth", body: Array(body.utf8)).status == status)
        }
    }
}
