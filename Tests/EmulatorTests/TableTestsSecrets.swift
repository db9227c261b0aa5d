import Emulator
import Foundation
import HTTP
import JSON
import Payments
import Processor
import PropertySupport
import TestSupport
import Testing

/// No card number and no verification value reaches journal or books, wherever a client puts one.
@Suite("Card data is not kept")
struct TableTestsSecrets {
    @Test(arguments: PropertySeeds.few)
    func randomRequests(_ seed: UInt64) throws {
        let bench = try TableBench()
        var random = SecretRequests(seed: seed)
        var seen = try bench.world().lastSequence
        var numbers: Set<String> = []
        for step in 0..<150 {
            let (request, secrets) = random.next()
            let answer = bench.send(request)
            if let reference = answer["retref"], answer["respstat"] == "A" { random.references.append(reference) }
            numbers.formUnion(secrets.numbers)
            let world = try bench.world()
            for sequence in (seen + 1)...world.lastSequence {
                let kept = KeptText(try #require(world.journal.entry(sequence)))
                let found = kept.found(secrets)
                #expect(found.isEmpty, "seed \(seed), step \(step): \(request.target) \(kept.text)")
            }
            seen = world.lastSequence
        }
        let books = KeptText(dumped(try bench.world().books))
        #expect(books.found(Secrets(numbers: numbers, values: [])).isEmpty, "seed \(seed): the books")
        #expect(numbers.count > 200, "there was something to find")
    }

    /// In each place alone, so that a failure says which.
    @Test(arguments: SecretRequests.gatewayFields)
    func oneField(_ field: String) throws {
        let bench = try TableBench()
        let reference = try #require(bench.send(.auth(TableBench.otherMerchant, "90.00", ["capture": "Y"]))["retref"])
        var seen = try bench.world().lastSequence
        for (number, text) in SecretRequests.spellings {
            for endpoint in ["auth", "capture", "void", "voidByOrderId", "refund"] {
                var body: JSONObject = [
                    "merchid": .string(TableBench.otherMerchant), "account": .string(TableBench.visa), "expiry": "1230",
                    "amount": "1.00", "retref": .string(reference), "orderid": "A-1",
                ]
                body[field] = text
                _ = bench.send(.gateway(endpoint, body))
                let world = try bench.world()
                for sequence in (seen + 1)...world.lastSequence {
                    let kept = KeptText(try #require(world.journal.entry(sequence)))
                    #expect(kept.found(Secrets(numbers: [number], values: [])).isEmpty, "\(endpoint): \(kept.text)")
                }
                seen = world.lastSequence
            }
        }
    }

    struct Place: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let request: @Sendable (String) -> TableRequest

        init(_ name: String, _ request: @escaping @Sendable (String) -> TableRequest) {
            testDescription = name
            self.request = request
        }
    }

    /// In paths, queries, credentials and names, of requests that succeed or fail.
    @Test(arguments: [
        Place("reference of an inquiry") {
            TableRequest(.get, "/cardconnect/rest/inquire/\($0)/\(TableBench.merchant)")
        },
        Place("merchant of an inquiry") { TableRequest(.get, "/cardconnect/rest/inquire/1/\($0)") },
        Place("order of an inquiry") {
            TableRequest(.get, "/cardconnect/rest/inquireByOrderid/\($0)/\(TableBench.merchant)")
        },
        Place("order in a set") {
            TableRequest(.get, "/cardconnect/rest/inquireByOrderid/x\($0)/\(TableBench.merchant)/1")
        },
        Place("number in the middle of a path") {
            TableRequest(.get, "/cardconnect/rest/inquireByOrderid/x\($0)y/\(TableBench.merchant)")
        },
        Place("wrong path") { TableRequest(.get, "/cardconnect/rest/bin/\($0)") },
        Place("wrong method") { TableRequest(.delete, "/cardconnect/rest/inquire/\($0)/1") },
        Place("query") { TableRequest(.get, "/cardconnect/rest?account=\($0)&cvv2=4321") },
        Place("query of a wrong path") { TableRequest(.get, "/cardconnect/rest/settlestat?merchid=\($0)") },
        Place("path of the tokenizer") { TableRequest(.get, "/cardsecure/cs/\($0)?action=CE&data=\($0)") },
        Place("unauthorized path") {
            TableRequest(.get, "/cardconnect/rest/inquire/\($0)/1", headers: [HTTPField("Authorization", $0)])
        },
        Place("body that is none") { TableRequest(.put, "/cardconnect/rest/auth", body: Array($0.utf8)) },
        Place("body that is cut off") {
            TableRequest(.put, "/cardconnect/rest/auth", body: Array("{\"account\":\"\($0)\",\"\($0)".utf8))
        },
        Place("name of a member") { .auth(TableBench.merchant, "1.00", JSONObject(pairs: [($0, .string($0))])) },
        Place("nested") {
            .auth(
                TableBench.merchant, "1.00",
                ["userfields": [["a": .string($0)], JSONValue(pairs: [($0, 1)])], "items": [["upc": .string($0)]]])
        },
        Place("account of the tokenizer") {
            TableRequest(.post, "/cardsecure/api/v1/ccn/tokenize", ["account": .string($0)])
        },
        Place("account that is none") {
            TableRequest(
                .post, "/cardsecure/api/v1/ccn/tokenize", ["account": .string("x" + $0), "source": .string($0)])
        },
        Place("other members of the tokenizer") {
            TableRequest(
                .post, "/cardsecure/api/v1/ccn/tokenize",
                ["devicedata": .string("%B\($0)^DOE/JO^3012"), "expiry": .string($0), "unique": .string($0)])
        },
        Place("account that is no card") { .auth(TableBench.merchant, "1.00", ["account": .string($0 + "x")]) },
        Place("currency") { .auth(TableBench.merchant, "1.00", ["currency": .string($0)]) },
    ])
    func place(_ place: Place) throws {
        let bench = try TableBench()
        for (number, text) in SecretRequests.spellings {
            guard let text = text.stringValue else { continue }
            _ = bench.send(place.request(text.replacing(" ", with: "-")))
            let world = try bench.world()
            for sequence in 1...world.lastSequence {
                let kept = KeptText(try #require(world.journal.entry(sequence)))
                #expect(kept.found(Secrets(numbers: [number], values: [])).isEmpty, "\(kept.text)")
            }
        }
    }

    /// A client may encode any character of a path (RFC 3986 §2.1), digits too.
    @Test func percentEncodedPath() throws {
        let bench = try TableBench()
        let encoded = "%34" + TableBench.visa.dropFirst()
        _ = bench.send(TableRequest(.get, "/cardconnect/rest/inquire/\(encoded)/\(TableBench.merchant)"))
        let kept = KeptText(try #require(try bench.world().journal.entry(1)))
        #expect(kept.found(Secrets(numbers: [TableBench.visa], values: [])).isEmpty, "\(kept.text)")
    }

    /// The search finds what there is to find.
    @Test func theSearchWorks() {
        let secrets = Secrets(numbers: [TableBench.visa], values: ["4321"])
        for text in [
            "\"\(TableBench.visa)\"", "x4444 3333 2222 1111", "4444-3333-2222-1111", "{\"cvv\":\"4321\"}", "cvv 4321",
        ] {
            #expect(!KeptText(text).found(secrets).isEmpty, "\(text)")
        }
        #expect(KeptText("9444433332222111 ************1111 43210").found(secrets).isEmpty)
    }
}
