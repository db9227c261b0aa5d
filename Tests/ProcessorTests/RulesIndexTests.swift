import Payments
import Processor
import PropertySupport
import Testing

/// How many rules a look-up looks at: few, however many there are.
@Suite struct RulesIndexTests {
    static let count = 3_000

    struct Row: CustomTestStringConvertible, Sendable {
        let testDescription: String
        let rule: @Sendable (inout RuleConditions, Int) -> Void
        let subject: @Sendable (inout RuleSubject) -> Void
        let expected: [Int]

        init(
            _ name: String, _ rule: @escaping @Sendable (inout RuleConditions, Int) -> Void, finds expected: [Int],
            _ subject: @escaping @Sendable (inout RuleSubject) -> Void
        ) {
            testDescription = name
            self.rule = rule
            self.subject = subject
            self.expected = expected
        }
    }

    static func card(_ place: Int) -> PrimaryAccountNumber? { PrimaryAccountNumber("4000\(100_000 + place)") }

    @Test(arguments: [
        Row("cards", { $0.cards = card($1).map { [$0] } ?? [] }, finds: [77]) { subject in
            subject.card = card(77).map { number in
                CardFacts(
                    fingerprint: RulesCards.fingerprint(number), token: nil, brand: nil, bin: number.bin,
                    lastFour: number.lastFour)
            }
        },
        Row("tokens", { $0.tokens = [CardToken("t\($1)")] }, finds: [77]) {
            $0.card = RulesCards.facts(0, token: "t77")
        },
        Row("amounts", { $0.amounts = [Int64($1)...Int64($1)] }, finds: [77]) { $0.amount = 77 },
        Row("ranges", { $0.amounts = [Int64($1 * 10)...Int64($1 * 10 + 10)] }, finds: [76, 77]) { $0.amount = 770 },
        Row(
            "merchants",
            {
                $0.merchants = [MerchantID("\($1)")]; $0.operations = ["authorization"]
            }, finds: [77]
        ) {
            $0.merchant = "77"
        },
        Row("order ids", { $0.orderIDs = [.exactly("\($1)")] }, finds: [77]) { $0.orderID = "77" },
        Row("starts of order ids", { $0.orderIDs = [.prefix("A\($1)")] }, finds: [7, 77]) { $0.orderID = "A77x" },
        Row("ends of cardholders", { $0.cardholders = [.suffix("A\($1)")] }, finds: [77]) { $0.cardholder = "xA77" },
        Row("globs", { $0.orderIDs = [.glob("\($1)-*-?")] }, finds: [77]) { $0.orderID = "77-x-y" },
        Row("fields", { $0.fields = [FieldCondition(name: "udf1", patterns: [.exactly("\($1)")])] }, finds: [77]) {
            $0.wire = RulesWire(fields: ["udf1": "77"])
        },
        Row("headers", { $0.headers = [FieldCondition(name: "X-Case", patterns: [.exactly("\($1)")])] }, finds: [77]) {
            $0.wire = RulesWire(headers: ["x-case": "77"])
        },
        Row(
            "the rarest of several",
            {
                $0.services = ["gateway"]
                $0.amounts = [0...Int64.max]
                $0.merchants = ["1"]
                $0.postalCodes = [.exactly("\($1)")]
            }, finds: [77]
        ) {
            $0.amount = 5
            $0.merchant = "1"
            $0.postalCode = "77"
        },
    ])
    func fewAreLookedAt(_ row: Row) {
        let book = rulesBook((0..<Self.count).map { place in rulesRule { row.rule(&$0, place) } })
        #expect(book.candidates(for: rulesSubject(row.subject)) == row.expected)
        let match = book.firstMatch(rulesSubject(row.subject), state: NoRuleState(), seed: 1)
        #expect(match.winner?.index == row.expected.first)
        #expect(book.candidates(for: rulesSubject()).isEmpty)
    }

    @Test func patternsInBothListsAreLookedAtOnce() {
        let book = rulesBook([rulesRule { $0.orderIDs = [.prefix("a"), .prefix("ab"), .exactly("abc")] }])
        #expect(book.candidates(for: rulesSubject { $0.orderID = "abc" }) == [0])
    }

    /// Ranges within ranges: each amount finds exactly those around it, at their very ends too.
    @Test func nestedRanges() {
        let count = Int64(Self.count)
        let book = rulesBook((0..<count).map { place in rulesRule { $0.amounts = [place...(2 * count - place)] } })
        for amount in [-1, 0, 1, 50, count - 1, count, count + 1, 2 * count - 50, 2 * count, 2 * count + 1] {
            let expected = (0..<count).filter { ($0...(2 * count - $0)).contains(amount) }.map(Int.init)
            #expect(book.candidates(for: rulesSubject { $0.amount = amount }) == expected, "amount \(amount)")
        }
    }

    @Test(arguments: PropertySeeds.many)
    func randomRanges(seed: UInt64) {
        var random = TestRandom(seed: seed)
        let ranges = (0..<60).map { _ in random.range() }
        let book = rulesBook(ranges.map { range in rulesRule { $0.amounts = [range] } })
        for amount in Array(-5...30) + [Int64.min, Int64.min + 1, .max, .max - 1] {
            let expected = ranges.indices.filter { ranges[$0].contains(amount) }
            #expect(book.candidates(for: rulesSubject { $0.amount = amount }) == expected, "seed \(seed): \(amount)")
        }
    }
}
