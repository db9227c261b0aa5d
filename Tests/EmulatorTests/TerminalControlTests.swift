import HTTP
import JSON
import Platform
import Testing

/// Somebody drives a waiting request by the control API.
@Suite struct TerminalControlTests {
    private static let scenario = "understudy: scenario/1\nname: a\nextends: uat-plain\nclock: { mode: frozen }\n"
    private static let hsn = "12145SC70108037"

    private let clients: TerminalClients
    private let key: String

    init() throws {
        clients = TerminalClients(try LiveServer(text: Self.scenario))
        key = try #require(clients.post("/api/v2/connect", Self.hsn, [("force", true)])?.sessionKey)
        _ = try clients.control(.put, "/terminals/\(Self.hsn)", ["operated": true])
    }

    /// Until the terminal asks this; nobody sleeps meanwhile.
    private func asked(_ question: String) throws {
        while true {
            let (status, body) = try clients.control(.get, "/terminals/\(Self.hsn)")
            try #require(status == 200)
            if body["waiting"]?["question"]?.text == question { return }
        }
    }

    private func act(_ body: JSONValue) throws -> (Int, JSONValue) {
        try clients.control(.post, "/terminals/\(Self.hsn)/act", body)
    }

    private func answer(_ name: String) throws -> TerminalClients.Answer {
        while clients.isBusy { _ = try clients.control(.get, "/clock") }
        return try #require(clients.answers(name).first)
    }

    @Test func aPaymentStepByStep() throws {
        clients.start("paid") { [clients, key] in
            clients.post("/api/v3/authCard", Self.hsn, [("amount", 1000)], session: key)
        }
        try asked("amount")
        #expect(try act(["sign": "yes"]).0 == 409, "something else is asked")
        #expect(try act(["confirm": true]).0 == 200)
        try asked("card")
        #expect(try act(["present": ["card": "4111111111111111", "by": "chip", "name": "ANN OWNER"]]).0 == 200)
        try asked("signature")
        let (status, terminal) = try act(["sign": "yes"])
        #expect(status == 200 && terminal["waiting"] == .null)
        let paid = try answer("paid")
        #expect(paid.status == 200 && paid.body.contains("\"respstat\":\"A\"") && paid.body.contains("ANN OWNER"))
        #expect(try act(["sign": "yes"]).1["error"]?["code"]?.text == "nothing-asked")
    }

    @Test(arguments: [
        (JSONValue.object(JSONObject(pairs: [("cancel", "yes")])), "8", "Operation Cancelled"),
        (JSONValue.object(JSONObject(pairs: [("fail", "cardRemoved")])), "8", "Operation Cancelled"),
        (JSONValue.object(JSONObject(pairs: [("fail", "decryptionFailure")])), "624", "Decryption failure"),
    ])
    func whatGoesWrong(_ act: JSONValue, _ code: String, _ message: String) throws {
        clients.start("read") { [clients, key] in
            clients.post(
                "/api/v2/readCard", Self.hsn, [("amount", 100), ("confirmAmount", false)], session: key)
        }
        try asked("card")
        #expect(try self.act(act).0 == 200)
        let read = try answer("read")
        #expect(read.status == 500 && read.code == code && read.message == message)
    }

    @Test func aTerminalThatIsTakenOffline() throws {
        clients.start("read") { [clients, key] in
            clients.post("/api/v2/readInput", Self.hsn, [("prompt", "x"), ("format", "N4")], session: key)
        }
        try asked("input")
        let (status, body) = try clients.control(.put, "/terminals/\(Self.hsn)", ["connection": "offline"])
        #expect(status == 200 && body["connection"] == "offline" && body["waiting"] == .null)
        #expect(try answer("read").code == "10")
        #expect(clients.post("/api/v1/display", Self.hsn, [("text", "x")])?.code == "6")
        _ = try clients.control(.put, "/terminals/\(Self.hsn)", ["connection": "online", "merchantMode": true])
        #expect(clients.post("/api/v1/display", Self.hsn, [("text", "x")])?.message.contains("merchant mode") == true)
        _ = try clients.control(.put, "/terminals/\(Self.hsn)", ["merchantMode": false])
        #expect(clients.post("/api/v1/display", Self.hsn, [("text", "x")])?.status == 200)
    }

    @Test func typedTextAndTips() throws {
        clients.start("typed") { [clients, key] in
            clients.post("/api/v2/readInput", Self.hsn, [("prompt", "x"), ("format", "N4")], session: key)
        }
        try asked("input")
        #expect(try act(["enter": "12"]).0 == 409, "the device would not take it")
        #expect(try act(["enter": "1234"]).0 == 200)
        #expect(try answer("typed").body == #"{"input":"1234"}"#)
        clients.start("tip") { [clients, key] in
            clients.post("/api/v3/tip", Self.hsn, [("amount", 1000), ("prompt", "Tip")], session: key)
        }
        try asked("tip")
        #expect(try act(["tip": 123]).0 == 200)
        #expect(try answer("tip").body == #"{"amount":1000,"tip":123,"total":1123}"#)
    }

    @Test func mistakes() throws {
        #expect(try clients.control(.get, "/terminals/nobody").1["error"]?["code"]?.text == "unknown-terminal")
        #expect(try act([:]).0 == 422)
        #expect(try act(["confirm": true, "sign": "yes"]).0 == 422)
        let (status, body) = try act(["present": ["card": "4111-1111", "by": "chip"]])
        #expect(status == 422 && body["error"]?["field"] == "present.card")
        #expect(!body.serializedText().contains("4111"))
        let (_, all) = try clients.control(.get, "/terminals")
        #expect((all["terminals"]?.array ?? []).count > 5)
    }
}
