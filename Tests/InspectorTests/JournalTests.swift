import HTTP
import JSON
import Payments
import Processor
import ServiceKit
import Testing

@testable import Inspector

/// The journal, read through the API.
@Suite struct JournalTests {
    private static let path = "/v1/worlds/main/journal"

    /// Entries 1 to 24: sales, refusals, tokens, a clock, a settlement.
    private static func bench(_ configuration: ControlConfiguration = ControlConfiguration()) throws -> Bench {
        let bench = Bench(SmallScenario.behavior(), configuration)
        for index in 0..<22 {
            switch index % 4 {
            case 0, 1: try bench.authorize(capture: true)
            case 2: _ = bench.reply(.put, "/cardconnect/rest/auth", Array("{".utf8))
            default: try bench.pay(.post, "/cardsecure/api/v1/ccn/tokenize", ["account": .string(SmallScenario.card)])
            }
        }
        try bench.control(.put, "/v1/worlds/main/clock", ["advance": "1d"])
        return bench
    }

    private static func sequences(_ answer: Bench.Answer) -> [Int] {
        answer.json.at("entries")?.array?.compactMap { $0["sequence"]?.integer } ?? []
    }

    struct Row: CustomTestStringConvertible, Sendable {
        let query: String
        let expects: [Int]
        var testDescription: String { query }

        init(_ query: String, _ expects: [Int]) {
            self.query = query
            self.expects = expects
        }
    }

    static let rows: [Row] = [
        Row("", Array((1...24).reversed())), Row("?order=newest", Array((1...24).reversed())),
        Row("?order=oldest", Array(1...24)), Row("?limit=3", [24, 23, 22]), Row("?order=oldest&limit=3", [1, 2, 3]),
        Row("?after=22", [24, 23]), Row("?order=oldest&after=22", [23, 24]), Row("?before=3", [2, 1]),
        Row("?after=4&before=8", [7, 6, 5]), Row("?order=oldest&after=4&before=8", [5, 6, 7]),
        Row("?after=24", []), Row("?before=1", []), Row("?before=0", []), Row("?after=9223372036854775807", []),
        Row("?after=8&before=4", []), Row("?operation=clock", [23]), Row("?operation=settlement", [24]),
        Row("?operation=Clock", []), Row("?service=cardsecure", [20, 16, 12, 8, 4]),
        Row("?service=cardsecure&after=9&before=17&order=oldest", [12, 16]),
        Row("?status=400", [19, 15, 11, 7, 3]), Row("?status=4xx", [19, 15, 11, 7, 3]),
        Row("?status=4xx&service=cardsecure", []), Row("?status=2xx&limit=2", [22, 21]), Row("?status=500", []),
        Row("?operation=authorization&status=200&limit=500&order=oldest", [1, 2, 5, 6, 9, 10, 13, 14, 17, 18, 21, 22]),
    ]

    @Test(arguments: rows)
    func pages(_ row: Row) throws {
        let answer = try Self.bench().control(.get, Self.path + row.query)
        #expect(answer.status == 200)
        #expect(Self.sequences(answer) == row.expects, "\(answer.json.serializedText())")
    }

    struct Walk: CustomTestStringConvertible, Sendable {
        let query: String
        let scan: Int
        let bytes: Int
        var testDescription: String { "\(query), \(scan) scanned, \(bytes) bytes" }
    }

    static let walks: [Walk] = [
        "?limit=1", "?limit=5", "?limit=24", "?limit=5&order=oldest", "?limit=2&order=oldest&after=3&before=20",
        "?limit=2&after=3&before=20", "?limit=2&status=4xx", "?limit=2&service=cardsecure&order=oldest",
        "?limit=7&operation=authorization&status=2xx&after=2",
    ].flatMap { query in
        [(10_000, 1 << 20), (3, 1 << 20), (1, 1), (10_000, 600)].map { Walk(query: query, scan: $0, bytes: $1) }
    }

    /// Following `next` gives what one long page gives, nothing twice, whatever ends a page.
    @Test(arguments: walks)
    func nextLeadsThroughEverything(_ walk: Walk) throws {
        let whole = try Self.bench().control(
            .get, Self.path + walk.query.replacing(#/limit=\d+/#, with: "limit=500"))
        var configuration = ControlConfiguration()
        configuration.pageScan = walk.scan
        configuration.pageBytes = walk.bytes
        let bench = try Self.bench(configuration)
        var found: [Int] = []
        var next: String? = Self.path + walk.query
        var pages = 0
        while let target = next, pages < 50 {
            let page = try bench.control(.get, target)
            #expect(page.status == 200, "\(target)")
            found += Self.sequences(page)
            next = page.json["next"]?.stringValue
            pages += 1
        }
        #expect(next == nil)
        #expect(found == Self.sequences(whole))
        #expect(!found.isEmpty)
    }

    @Test func emptyJournal() throws {
        let answer = try Bench().control(.get, Self.path)
        #expect(answer.json.at("entries") == [])
        #expect(answer.json.at("kept") == .null)
        #expect(answer.json.at("next") == .null)
    }

    @Test func onlyWhatIsKept() throws {
        let bench = Bench(SmallScenario.behavior(journalEntries: 3))
        for _ in 0..<5 { try bench.authorize() }
        let answer = try bench.control(.get, Self.path)
        #expect(Self.sequences(answer) == [5, 4, 3])
        #expect(answer.json.at("kept") == ["from": 3, "to": 5])
    }

    @Test func reasonsAndEventsInWords() throws {
        let bench = Bench()
        let sale = try bench.authorize("10.00", capture: true)
        let entry = try bench.control(.get, Self.path + "/1").json
        let token = try #require(sale["token"]?.stringValue)
        let types = entry.at("events")?.array?.compactMap { $0["type"]?.stringValue }
        #expect(types == ["tokenized", "recorded", "batchOpened", "planned", "captured"])
        #expect(
            entry.at("events.0.text")
                == .string("token \(token) stands for a Visa card ending in 1111 at shop/UAT"))
        #expect(
            entry.at("events.0.facts") == [
                "token": .string(token), "brand": "Visa", "bin": "411111", "lastFour": "1111", "scope": "shop/UAT",
                "unique": false,
            ])
        #expect(entry.at("events.1.facts.requested") == "10.00")
        #expect(entry.at("events.1.facts.token") == .string(token))
        #expect(entry.at("events.3.text") == "the settlement is due at 2030-01-03T00:00:00.000-05:00")
        #expect(entry.at("events.4.text") == "10.00 USD of transaction 0 went into batch 100")
        let reasons = entry.at("reasons")?.array ?? []
        #expect(reasons.contains(["text": "nothing else applied: BANK approves", "source": .null]))
        let refused = try bench.pay(
            .put, "/cardconnect/rest/void", ["merchid": .string(SmallScenario.merchant), "retref": "1"])
        #expect(refused["respstat"] == "C")
        let reason = try bench.control(.get, Self.path + "/2").json.at("reasons.0")
        #expect(reason == ["text": "the gateway refused: transactionNotFound", "source": "small.yaml:9"])
    }

    /// Every event has words, and only those that the document lists.
    @Test func everyEventTypeIsListed() throws {
        let scope = SiteScope(site: "shop", environment: .uat)
        let merchant = MerchantKey(scope: scope, id: "1")
        let batch = BatchID(merchant: merchant, number: 1)
        let now = SmallScenario.start
        let bench = Bench()
        try bench.authorize()
        try bench.authorize()
        var events = bench.worlds.main.snapshot.journal.entry(1)?.events ?? []
        let key = Vault.TokenKey(scope: scope, token: "9411111111111111")
        events += [
            .vault(
                .tokenized(
                    VaultedAccount(
                        token: "9021111111111111", fingerprint: Fingerprint(high: 1, low: 2),
                        kind: .bank(routingNumber: "021000021", accountLength: 9), lastFour: "6789"),
                    scope: scope, isUnique: true)),
            .vault(.verificationHeld(HeldVerification(expiry: nil, cvv: .other, until: now), key)),
            .vault(.verificationUsed(key)), .ledger(.batchOpened(batch, source: "till", at: now)),
            .ledger(.captured(TransactionID(1), Money(minorUnits: 5, currency: .usd), in: batch, at: now)),
            .ledger(.reduced(TransactionID(1), to: Money(minorUnits: 5, currency: .usd))),
            .ledger(.voided(TransactionID(1), at: now)), .ledger(.refunded(TransactionID(1), minorUnits: 5)),
            .ledger(
                .amended(TransactionID(1), Boxed(PaymentOrder(account: "a", user: "u", userName: "n", kind: .sale)))),
            .gateway(.numbered("a", objects: 1)),
            .ledger(.batchClosed(batch, on: 1)), .ledger(.batchSent(batch, as: 1)),
            .ledger(
                .batchSettled(
                    batch, .partlyAccepted, [SettlementException(TransactionID(1), .rejected)], at: now)),
            .ledger(.returned(TransactionID(1), of: batch, "R01")),
            .ledger(.fundingExpected(.batch(batch, settledOn: 1), of: merchant)),
            .ledger(
                .fundingExpected(
                    .returned(Funding.Return(transaction: TransactionID(1), code: "R01"), on: 1), of: merchant)),
            .ledger(.funded(Funding(merchant: merchant, day: 2, batches: [batch], returns: []))),
            .ledger(.batchesReported(merchant, through: 1)),
            .rate(.counted(RateWindows.Key(endpoint: "inquire", client: "here"), at: now)),
            .rule(.attempted(rule: 0, key: "k")),
            .rule(.stateSet(name: "s", value: "v")),
            .clockSet(WorldClock(mode: .scaled(perMille: 1_500), showing: now, at: now)),
            .agenda(.planned(.settlement, at: now)), .agenda(.cancelled(.settlement)), .agenda(.done(.settlement)),
        ]
        if let image = SignatureImage("aGVsbG8=") { events.append(.ledger(.signed(TransactionID(1), Boxed(image)))) }
        events.append(.ledger(.feeChanged(TransactionID(1), .waived)))
        events.append(.ledger(.supplemented(TransactionID(1), Boxed(Supplement(purchase: PurchaseData())))))
        let enrolled = EnrolledAccount(merchant: merchant, token: "9411111111111111")
        events += [
            .updater(.enrolled(enrolled, expiry: nil, due: now)), .updater(.removed(enrolled)),
            .updater(.looked(enrolled, nil, next: now)),
        ]
        events.append(.ledger(.adjusted(TransactionID(1), to: Money(minorUnits: 1, currency: .usd))))
        let profile = ProfileKey(owner: merchant, id: "12345678901234567890")
        let stored = Boxed(StoredAccount(number: 1, token: "9411111111111111", kind: .card("Visa")))
        events += [
            .profile(.created(profile, stored)), .profile(.accountStored(profile, stored)),
            .profile(.defaultChosen(StoredAccountKey(profile, 1))),
            .profile(.accountRemoved(StoredAccountKey(profile, 1))), .profile(.removed(profile)),
            .profile(.opened(profile, Boxed(CustomerRecord(createdAt: now)))),
            .profile(.recordKept(profile, Boxed(CustomerRecord(createdAt: now)))),
        ]
        events += TerminalEvents.all(scope, merchant, at: now)
        let documents = events.map { EventWords(zone: .usEastern).json($0) }
        for document in documents { #expect(Schema.named(Shapes.event).misfit(document) == nil) }
        #expect(Set(documents.compactMap { $0["type"]?.stringValue }) == Set(EventWords.types))
        let bank = try #require(documents.first { $0.at("facts.token") == "9021111111111111" })
        #expect(!bank.serializedText().contains("021000021"), "no number, not even of a bank")
    }

    // MARK: - Secrets

    private static let grouped = ["4111 1111 1111 1111", "4111-1111-1111-1111"]

    /// Requests that carry a card number or a verification value wherever a client might put one.
    private static func sendSecrets(_ bench: Bench) {
        let card = JSONValue.string(SmallScenario.card)
        let base: JSONObject = [
            "merchid": .string(SmallScenario.merchant), "account": card, "expiry": "1230", "amount": "5.00",
            "cvv2": .string(Bench.cvv),
        ]
        func auth(_ changes: [(String, JSONValue)]) -> [UInt8] {
            var body = base
            for (name, value) in changes { body[name] = value }
            return body.serialized()
        }
        let auths = [
            auth([]), auth([("account", .number(SmallScenario.card))]), auth([("capture", "Y"), ("tokenize", "Y")]),
            auth([("orderid", card)]), auth([("address", card), ("postal", card), ("city", card)]),
            auth([("amount", card)]), auth([("expiry", card)]), auth([("account", .string(grouped[0]))]),
            auth([("account", .string(grouped[1]))]),
            auth([("userfields", [["note": card], ["note": .string(grouped[1])]])]), auth([("pan", card)]),
            auth([("CVV2", .string(Bench.cvv))]), auth([("track", .string(";\(SmallScenario.card)=3012101?"))]),
            auth([(SmallScenario.card, "name")]), auth([("merchid", card)]),
            Array("{\"account\":\"\(SmallScenario.card)\",\"cvv2\":\"\(Bench.cvv)\"".utf8),
            Array("[\"\(SmallScenario.card)\"]".utf8), Array("account=\(SmallScenario.card)".utf8),
        ]
        for body in auths { _ = bench.reply(.put, "/cardconnect/rest/auth", body) }
        for operation in ["capture", "void", "refund", "voidByOrderId"] {
            _ = bench.reply(.put, "/cardconnect/rest/\(operation)", auth([("retref", card), ("orderid", card)]))
        }
        let merchant = SmallScenario.merchant
        for path in [
            "inquire/\(SmallScenario.card)/\(merchant)", "inquireByOrderid/\(SmallScenario.card)/\(merchant)",
            SmallScenario.card, "auth/\(SmallScenario.card)?account=\(SmallScenario.card)",
            "auth?cvv=1&a=\(grouped[1])",
        ] { _ = bench.reply(.get, "/cardconnect/rest/\(path)", []) }
        let tokenizations: [JSONValue] = [
            ["account": card, "cvv": .string(Bench.cvv), "expiry": "1230", "unique": true],
            ["account": .string(grouped[0]), "cvv": .string(Bench.cvv)],
            ["devicedata": card, "encryptionhandler": card],
            ["account": ["number": card]], ["source": card], ["account": .string(SmallScenario.card + "0")],
        ]
        for body in tokenizations { _ = bench.reply(.post, "/cardsecure/api/v1/ccn/tokenize", body.serialized()) }
        _ = bench.reply(.get, "/cardsecure/\(SmallScenario.card)?a=\(SmallScenario.card)", [])
    }

    /// Not through the API, but what the journal itself holds.
    private static func held(_ bench: Bench) throws -> String {
        let world = bench.worlds.main.snapshot
        var held = ""
        for sequence in 1...world.lastSequence {
            let entry = try #require(world.journal.entry(sequence))
            dump(entry, to: &held)
            if let exchange = entry.exchange {
                held += String(decoding: exchange.requestBody, as: UTF8.self)
                held += String(decoding: exchange.responseBody, as: UTF8.self)
            }
        }
        return held
    }

    /// Names and order ids go into the books, and so into the events.
    @Test(arguments: ["name", "orderid"], grouped + ["my \(SmallScenario.card)", "a\(grouped[1])b"])
    func noCardNumberInWhatTheBooksKeep(_ field: String, _ text: String) throws {
        let bench = Bench()
        var body = try #require(Bench.authorization("5.00").object)
        body[field] = .string(text)
        try bench.pay(.put, "/cardconnect/rest/auth", .object(body))
        let held = try Self.held(bench)
        for secret in [SmallScenario.card] + Self.grouped { #expect(!held.contains(secret)) }
    }

    @Test func noCardNumberAndNoVerificationValue() throws {
        let bench = Bench()
        Self.sendSecrets(bench)
        let last = bench.worlds.main.snapshot.lastSequence
        #expect(last == 34, "every request has its entry")
        let page = try bench.control(.get, Self.path + "?limit=500")
        #expect(page.json.at("entries")?.array?.count == last)
        let told = String(decoding: page.body, as: UTF8.self)
        for text in [told, try Self.held(bench)] {
            for secret in [SmallScenario.card, Bench.cvv] + Self.grouped {
                #expect(!text.contains(secret), "\(secret.count) characters")
            }
            #expect(text.contains("1111"), "the last four digits may be there")
        }
    }
}
