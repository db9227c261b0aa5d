import Emulator
import HTTP
import JSON
import Payments
import Processor
import PropertySupport
import ServiceKit
import TestSupport
import Testing

/// Whatever order requests, cancels, connects, disconnects and time come in: each request to a terminal ends once, in
/// one documented way.
struct CancelRaceTests {
    private static let scenario: Session.Scenario = """
        understudy: scenario/1
        name: races
        extends: uat-plain
        bolt:
          terminals:
            - { hsn: "R1", merchant: "496160873888", model: iSC Touch 250, script: [ { present: { card: "4111111111111111", by: chip }, after: 20s, repeats: true } ] }
            - { hsn: "R2", merchant: "496160873888", model: Mini 2, script: [ { leave: {}, on: card, repeats: true }, { sign: {}, after: 10s, repeats: true } ] }
            - { hsn: "R3", merchant: "496160873888", model: Mini 2, script: [ { sign: {}, after: 10s, repeats: true } ] }

        """

    private static let key = "dW5kZXJzdHVkeSBrZXkgb2YgdGVybWluYWxzIG9mIGZ0"

    @Test(arguments: PropertySeeds.many.prefix(20))
    func oneEndingEach(seed: UInt64) throws {
        var random = TestRandom(seed: seed)
        let session = try Session(Self.scenario, seed: seed)
        session.user = nil
        var open: [TerminalRequestID: TerminalKey] = [:]
        var ended: [TerminalRequestID: TerminalResult.Ending] = [:]
        var keys: [String: String] = [:]
        let world = session.emulator.worlds.main

        func post(_ path: String, _ hsn: String, _ members: [(String, JSONValue)] = []) {
            var fields = HTTPFields([
                HTTPField("Authorization", Self.key), HTTPField("Content-Type", "application/json"),
            ])
            fields.append("Host", "bolt-uat.cardpointe.com")
            if let key = keys[hsn] { fields.append("X-CardConnect-SessionKey", key) }
            let body = JSONValue(pairs: [("merchantId", "496160873888"), ("hsn", .string(hsn))] + members)
            let delivered = session.emulator.deliver(
                HTTPRequest(method: .post, target: path, headers: fields, body: body.serialized()))
            if let key = delivered.response.headers.first(where: { $0.name == "X-CardConnect-SessionKey" }) {
                keys[hsn] = String(key.value.prefix(32))
            }
            let books = world.snapshot.books.terminals
            if delivered.held != nil, let id = books[Self.terminal(hsn)].request { open[id] = Self.terminal(hsn) }
        }

        for _ in 0..<200 {
            let hsn = ["R1", "R2", "R3"][Int(random.next() % 3)]
            switch random.next() % 7 {
            case 0: post("/api/v2/connect", hsn, [("force", true)])
            case 1: post("/api/v2/connect", hsn)
            case 2: post("/api/v2/disconnect", hsn)
            case 3: post("/api/v1/cancel", hsn)
            case 4: post("/api/v2/readCard", hsn, [("amount", 100)])
            case 5: post("/api/v3/authCard", hsn, [("amount", 100)])
            default: try session.advance(by: .seconds(Int64(random.next() % 60)))
            }
            let books = world.snapshot.books.terminals
            for (id, terminal) in open {
                if let result = books.result(id) {
                    #expect(books.request(id) == nil, "a request that is over does not wait")
                    if let before = ended[id] {
                        #expect(before == result.ending, "an ending does not change")
                    } else {
                        #expect(Self.isDocumented(result.ending), "\(result.ending)")
                        ended[id] = result.ending
                    }
                } else {
                    #expect(books.request(id) != nil && books[terminal].request == id, "it waits at its terminal")
                }
            }
        }
        try session.advance(by: .seconds(120))
        #expect(world.snapshot.books.terminals.waitingCount == 0, "nothing waits longer than its time")
        #expect(open.keys.allSatisfy { world.snapshot.books.terminals.result($0) != nil })
    }

    private static func terminal(_ hsn: String) -> TerminalKey {
        TerminalKey(scope: SiteScope(site: "fts", environment: .uat), serial: TerminalSerial(hsn))
    }

    private static func isDocumented(_ ending: TerminalResult.Ending) -> Bool {
        switch ending {
        case .read, .paid: true
        case .failed(let fault, _, _):
            [.commandCancelled, .authorizationCancelled, .authorizationVoided, .timedOut].contains(fault)
        case .confirmed, .entered, .signed, .tipped: false
        }
    }
}
