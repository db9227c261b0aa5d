import Emulator
import HTTP
import JSON
import Payments
import Processor
import PropertySupport
import TestSupport
import Testing

/// The same scenario, seed and requests give the same bytes, whatever else goes on.
@Suite("Same requests, same bytes")
struct TableTestsDeterminism {
    struct Row: Sendable, CustomTestStringConvertible {
        let scenario: String
        let seed: UInt64?
        var testDescription: String { "\(scenario), seed \(seed.map(String.init) ?? "of the scenario")" }
    }

    /// Shuffled and with dummy members, and without.
    static let rows = ["uat", "uat-plain"].flatMap { scenario in
        [nil, 1, 42, .max].map { Row(scenario: scenario, seed: $0) }
    }

    /// What one merchant's client asks for; each request may need the reference that an earlier one was answered with.
    private static func script(
        _ merchant: String, _ send: (TableRequest) -> Emulator.Delivered
    ) -> [String] {
        var answers: [String] = []
        func ask(_ request: TableRequest) -> Emulator.Delivered {
            let answer = send(request)
            answers.append(answer.wire)
            return answer
        }
        let mine: JSONValue = .string(merchant)
        for number in 0..<6 {
            let order: JSONValue = .string("\(merchant)-\(number)")
            let sale = ask(.auth(merchant, "2\(number).00", ["orderid": order, "capture": "Y", "cvv2": "112"]))
            let kept = ask(.auth(merchant, "3\(number).00", ["postal": "19406", "name": "Jo"]))
            _ = ask(.auth(merchant, "10\(number)5.00"))
            _ = ask(.auth(merchant, "1.00", ["account": "larry"]))
            _ = ask(.auth(merchant, "1.00", ["account": "4999006200620062"]))
            _ = ask(.auth(merchant, "7.00", ["account": "4387750101010101"]))
            let reference: JSONValue = .string(kept["retref"] ?? "")
            _ = ask(.gateway("capture", ["merchid": mine, "retref": reference, "amount": "5.00"]))
            _ = ask(.gateway("void", ["merchid": mine, "retref": reference]))
            _ = ask(.gateway("refund", ["merchid": mine, "retref": .string(sale["retref"] ?? ""), "amount": "1.00"]))
            _ = ask(TableRequest(.get, "/cardconnect/rest/inquire/\(sale["retref"] ?? "")/\(merchant)"))
            _ = ask(TableRequest(.get, "/cardconnect/rest/inquireByOrderid/\(merchant)-\(number)/\(merchant)/1"))
            _ = ask(TableRequest(.post, "/cardsecure/api/v1/ccn/tokenize", ["account": "5454545454545454"]))
            _ = ask(TableRequest(.get, "/cardconnect/rest/nothing"))
            _ = ask(.gateway("auth", ["merchid": "larry"]))
        }
        return answers
    }

    @Test(arguments: rows)
    func twoEmulators(_ row: Row) throws {
        let runs = try (0..<2).map { _ in
            let bench = try TableBench(.named(row.scenario), seed: row.seed)
            return Self.script(TableBench.merchant) { bench.send($0) }
        }
        #expect(runs[0] == runs[1])
        #expect(Set(runs[0]).count > 40, "the answers tell of different things")
    }

    /// What other merchants do, of the same site and of another, changes nothing for this one.
    @Test(arguments: rows)
    func otherMerchants(_ row: Row) throws {
        let alone = try TableBench(.named(row.scenario), seed: row.seed)
        let expected = Self.script(TableBench.merchant) { alone.send($0) }
        let busy = try TableBench(.named(row.scenario), seed: row.seed)
        var random = TestRandom(seed: row.seed ?? 7)
        let others = ["496480518000", "496170000101", "496170000202", "496170000404"]
        let found = Self.script(TableBench.merchant) { request in
            for _ in 0..<random.below(4) {
                let other = random.pick(others)
                _ = busy.send(.auth(other, "5.00", ["capture": "Y", "account": "4788250000121443"]))
                var foreign = TableRequest.auth("800000019079", "6.00", ["capture": "Y"])
                foreign.headers = [
                    HTTPField("Host", "boltgw-uat.cardconnect.com"),
                    HTTPField("Authorization", "Basic Ym9sdGd3OmJvbHRndzEyMw=="),
                ]
                #expect(busy.send(foreign).response.status == 200)
            }
            return busy.send(request)
        }
        #expect(found == expected)
    }

    /// Another seed gives other identifiers, and only those.
    @Test(arguments: ["uat", "uat-plain"])
    func anotherSeed(_ scenario: String) throws {
        let first = try TableBench(.named(scenario), seed: 1).send(.auth(TableBench.merchant, "5.00"))
        let second = try TableBench(.named(scenario), seed: 2).send(.auth(TableBench.merchant, "5.00"))
        #expect(first.wire != second.wire)
        #expect(first["authcode"] != second["authcode"] && first["retref"] != second["retref"])
        for name in ["token", "amount", "respcode", "avsresp", "merchid"] { #expect(first[name] == second[name]) }
    }

    /// Shuffling changes the order and adds members, and leaves those that count as they are (reference §2.5).
    @Test func shuffledIsTheSameUnderneath() throws {
        let plain = try TableBench("uat-plain"), shuffled = try TableBench("uat")
        var orders: Set<[String]> = []
        for number in 0..<20 {
            let request = TableRequest.auth(TableBench.merchant, "\(number + 1).00")
            let clean = try #require(JSONValue(parsing: plain.send(request).response.body).object)
            let mixed = try #require(JSONValue(parsing: shuffled.send(request).response.body).object)
            for member in clean.members { #expect(mixed[member.name] == member.value, "\(member.name)") }
            let dummies = mixed.names.filter { clean[$0] == nil }
            #expect((3...6).contains(dummies.count))
            #expect(dummies.allSatisfy { $0.wholeMatch(of: /[A-Za-z]{4,7}/) != nil })
            orders.insert(mixed.names.filter { clean[$0] != nil })
        }
        #expect(orders.count > 15)
    }

    /// Production neither shuffles nor adds.
    @Test func productionIsPlain() throws {
        let plain = try TableBench("uat-plain"), shuffled = try TableBench("uat")
        var request = TableRequest.auth(TableBench.merchant, "5.00")
        request.headers = [HTTPField("Host", "fts.cardconnect.com")]
        #expect(plain.send(request).wire == shuffled.send(request).wire)
    }

    /// Traffic of another world in between changes nothing in this one, and both are alike.
    @Test(arguments: ["uat", "uat-plain"])
    func otherWorlds(_ scenario: String) throws {
        let server = try TableServer(scenario)
        try server.createWorld("other")
        let alone = try TableServer(scenario)
        let expected = Self.script(TableBench.merchant) { alone.emulator.deliver($0.http) }
        let mixed = Self.script(TableBench.merchant) { request in
            var elsewhere = TableRequest.auth(TableBench.merchant, "8.00", ["capture": "Y", "orderid": "x"])
            elsewhere.headers = [HTTPField("Understudy-World", "other")]
            #expect(server.emulator.deliver(elsewhere.http).response.status == 200)
            return server.emulator.deliver(request.http)
        }
        #expect(mixed == expected)
        try server.createWorld("fresh")
        let fresh = Self.script(TableBench.merchant) { request in
            var request = request
            request.target = "/~fresh" + request.target
            return server.emulator.deliver(request.http)
        }
        #expect(fresh == expected, "a world begins like any other, and its prefix shows nowhere")
    }
}
