import Foundation
import HTTP
import JSON
import Platform
import Testing

/// Requests to terminals over sockets, while others cancel, connect, disconnect and go away, and time goes by: each ends
/// once, in one documented way.
@Suite struct TerminalRaceTests {
    private static let scenario = """
        understudy: scenario/1
        name: races
        extends: uat-plain
        clock: { mode: frozen }
        bolt:
          terminals:
            - { hsn: "R1", merchant: "496160873888", model: iSC Touch 250, script: [ { present: { card: "4111111111111111", by: chip }, after: 20s, repeats: true } ] }
            - { hsn: "R2", merchant: "496160873888", model: Mini 2, script: [ { leave: {}, on: card, repeats: true } ] }
            - { hsn: "R3", merchant: "496160873888", model: Mini 2, script: [ { sign: {}, after: 10s, repeats: true } ] }

        """

    private static let seeds: [UInt64] =
        ProcessInfo.processInfo.environment["SEED"].flatMap { UInt64($0) }.map { [$0] } ?? Array(1...5)

    @Test(arguments: seeds)
    func oneEndingEach(seed: UInt64) throws {
        var random = Steps(state: seed)
        let server = try LiveServer(text: Self.scenario)
        let clients = TerminalClients(server)
        var dropped = 0
        for round in 0..<12 {
            let hsn = ["R1", "R2", "R3"][random.next(3)]
            let key = clients.post("/api/v2/connect", hsn, [("force", true)])?.sessionKey
            for step in 0..<(2 + random.next(5)) {
                let name = "\(round)"
                switch step == 0 ? random.next(2) : random.next(8) {
                case 0: clients.start(name) { clients.post("/api/v2/readCard", hsn, Self.asked, session: key) }
                case 1: clients.start(name) { clients.post("/api/v3/authCard", hsn, Self.asked, session: key) }
                case 2: clients.start("cancel") { clients.post("/api/v1/cancel", hsn) }
                case 3: clients.start("connect") { clients.post("/api/v2/connect", hsn, [("force", true)]) }
                case 4: clients.start("disconnect") { clients.post("/api/v2/disconnect", hsn, session: key) }
                case 5:
                    // A client that goes away: the terminal goes on all the same.
                    dropped += 1
                    clients.start("gone") {
                        clients.post(
                            "/api/v2/readCard", hsn, Self.asked, session: key, givesUpAfter: .milliseconds(1))
                    }
                case 6: try Self.advance(clients, "11s")
                default: try Self.advance(clients, "2m")
                }
            }
            while clients.isBusy { try Self.advance(clients, "2m") }
            for answer in clients.answers("\(round)") {
                #expect(Self.isDocumented(answer), "seed \(seed), round \(round): \(answer.status) \(answer.body)")
            }
        }
        try Self.advance(clients, "5m")
        let requests = try Self.requests(clients)
        #expect(requests.asked.count == Set(requests.asked).count, "seed \(seed): each is asked once")
        #expect(requests.ended.count == Set(requests.ended).count, "seed \(seed): none ends twice")
        #expect(Set(requests.asked).isSubset(of: requests.ended), "seed \(seed): none is left waiting")
        #expect(server.log.all.isEmpty, "seed \(seed): \(server.log.all)")
        print("terminal races, seed \(seed): \(requests.ended.count) requests ended, \(dropped) clients went away")
    }

    private static let asked: [(String, JSONValue)] = [("amount", 100), ("confirmAmount", false)]

    private static func advance(_ clients: TerminalClients, _ duration: String) throws {
        let (status, _) = try clients.control(.put, "/clock", ["advance": .string(duration)])
        try #require(status == 200)
    }

    /// Source: the table of errors of the terminal service.
    private static func isDocumented(_ answer: TerminalClients.Answer) -> Bool {
        switch (answer.status, answer.code, answer.message) {
        case (200, _, _): answer.body.contains("\"token\"")
        case (500, "8", "Command Cancelled"), (500, "8", "Authorization Cancelled"): true
        case (500, "900", "Authorization Voided"): answer.body.contains("authResponse")
        case (500, "1", "Terminal request timed out"): true
        case (500, "7", let text): text.hasSuffix("is already in use")
        case (500, "1", let text): text.hasPrefix("Session key for hsn") || text == "SessionKey header is required"
        default: false
        }
    }

    /// The numbers of requests that waited, and of those that ended, as the journal has them.
    private static func requests(_ clients: TerminalClients) throws -> (asked: [Int], ended: [Int]) {
        var asked: [Int] = []
        var ended: [Int] = []
        var target: String? = "/journal?limit=500&order=oldest"
        while let page = target {
            let (status, body) = try clients.control(.get, page)
            try #require(status == 200)
            for event in (body["entries"]?.array ?? []).flatMap({ $0["events"]?.array ?? [] }) {
                guard let number = event["request"]?.integer ?? event["facts"]?["request"]?.integer else { continue }
                switch event["type"]?.text {
                case "asked": asked.append(number)
                case "ended": ended.append(number)
                default: break
                }
            }
            target = body["next"]?.text.map { $0.replacing("/v1/worlds/main", with: "") }
        }
        try #require(!ended.isEmpty)
        return (asked, ended)
    }
}

/// SplitMix64: the same steps for the same seed.
private struct Steps {
    var state: UInt64

    mutating func next(_ bound: Int) -> Int {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return Int((mixed ^ (mixed >> 31)) % UInt64(bound))
    }
}
