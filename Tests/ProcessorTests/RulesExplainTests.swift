import Payments
import Processor
import Testing

/// What explanations say, and what they never say.
@Suite struct RulesExplainTests {
    struct Row: CustomTestStringConvertible, Sendable {
        let testDescription: String
        let conditions: RuleConditions
        let subject: RuleSubject

        init(
            _ text: String, when condition: (inout RuleConditions) -> Void,
            _ subject: (inout RuleSubject) -> Void = { _ in }
        ) {
            testDescription = text
            conditions = rulesConditions(condition)
            self.subject = rulesSubject(subject)
        }
    }

    @Test(arguments: [
        Row("operation authorization is not capture or void", when: { $0.operations = ["void", "capture"] }),
        Row("environment UAT is not PROD", when: { $0.environments = [.production] }),
        Row("there is no merchant, wanted 496160873888", when: { $0.merchants = ["496160873888"] }),
        Row("merchant 1 is not 2, 3, 4, 5 or 2 more", when: { $0.merchants = ["2", "3", "4", "5", "6", "7"] }) {
            $0.merchant = "1"
        },
        Row("card …1111 is not the card …8291", when: { $0.cards = [RulesCards.numbers[1]] }) {
            $0.card = RulesCards.facts(0)
        },
        Row("there is no card, wanted …8291", when: { $0.cards = [RulesCards.numbers[1]] }),
        Row("there is no token, wanted t1", when: { $0.tokens = ["t1"] }) { $0.card = RulesCards.facts(0) },
        Row("there is no card, wanted Visa", when: { $0.brands = ["Visa"] }),
        Row("BIN \"411111\" is not like \"5*\"", when: { $0.bins = [BIN("5")] }) { $0.card = RulesCards.facts(0) },
        Row("amount 10.00 is not in 51.00…51.99", when: { $0.amounts = [5100...5199] }) { $0.amount = 1000 },
        Row("amount 0.05 is not 51.00 or 52.00", when: { $0.amounts = [5200...5200, 5100...5100] }) { $0.amount = 5 },
        Row("amount -1.00 is not in 0.00 and above", when: { $0.amounts = [0...Int64.max] }) { $0.amount = -100 },
        Row("there is no amount, wanted 51.00", when: { $0.amounts = [5100...5100] }),
        Row("order id \"A\" is not \"B\"", when: { $0.orderIDs = [.exactly("B")] }) { $0.orderID = "A" },
        Row(
            "order id \"A\" is not like \"B*\", \"*C\", \"*D*\" or \"?E\"",
            when: {
                $0.orderIDs = [.prefix("B"), .suffix("C"), .contains("D"), .glob("?E")]
            }
        ) { $0.orderID = "A" },
        Row("field \"x\" is absent", when: { $0.fields = [FieldCondition(name: "x")] }),
        Row(
            "field \"x\" is absent, wanted \"1\"",
            when: {
                $0.fields = [FieldCondition(name: "x", patterns: [.exactly("1")])]
            }),
        Row("header \"X-Y\" is there", when: { $0.headers = [FieldCondition(name: "X-Y", isPresent: false)] }) {
            $0.wire = RulesWire(headers: ["X-Y": "1"])
        },
        Row("state \"s\" is \"\", not \"1\"", when: { $0.states = [StateValue(name: "s", value: "1")] }),
        Row(
            "this is attempt 1, not 2…3 or 5 and above",
            when: {
                $0.attempt = AttemptCondition(numbers: [2...3, 5...Int.max])
            }),
        Row(
            "this is attempt 1 for this order, not 2",
            when: {
                $0.attempt = AttemptCondition(numbers: [2...2], scope: .order)
            }
        ) { $0.orderID = "A" },
        Row(
            "attempts are counted per order, and there is none",
            when: {
                $0.attempt = AttemptCondition(numbers: [1...1], scope: .order)
            }),
        // Card numbers and verification values, wherever a rule or a request has them.
        Row("order id \"…1111\" is not \"…4242\"", when: { $0.orderIDs = [.exactly("4242424242424242")] }) {
            $0.orderID = "4111111111111111"
        },
        Row(
            "cardholder \"JO …1111 X\" is not like \"…1111*\"", when: { $0.cardholders = [.prefix("4111111111111111")] }
        ) {
            $0.cardholder = "JO 4111-1111 1111.1111 X"
        },
        Row(
            "field \"account\" \"…0000\" is not \"…1111\"",
            when: {
                $0.fields = [FieldCondition(name: "account", patterns: [.exactly("4111111111111111")])]
            }
        ) { $0.wire = RulesWire(fields: ["account": "6011000995500000"]) },
        Row(
            "field \"cvv2\" is not as wanted",
            when: {
                $0.fields = [FieldCondition(name: "cvv2", patterns: [.exactly("123")])]
            }
        ) { $0.wire = RulesWire(fields: ["cvv2": "987"]) },
        Row("merchant …1111 is not 1", when: { $0.merchants = ["1"] }) { $0.merchant = "4111111111111111" },
        Row("cardholder \"a\u{FFFD}b\" is not \"b\"", when: { $0.cardholders = [.exactly("b")] }) {
            $0.cardholder = "a\nb"
        },
    ])
    func words(_ row: Row) {
        let book = rulesBook([Rule(name: "rule", conditions: row.conditions, action: RuleAction())])
        let explained = book.explain(row.subject, state: NoRuleState(), seed: 1)
        #expect(explained.map(\.misses) == [[row.testDescription]])
    }

    @Test func lotsAreToldWithTheirNumber() throws {
        let book = rulesBook([rulesRule { $0.perMillion = 1 }])
        let misses = book.explain(rulesSubject(), state: NoRuleState(), seed: 1)[0].misses
        let text = try #require(misses.first)
        #expect(text.wholeMatch(of: #/the lot drawn is \d+ of a million, not below 1/#) != nil)
    }

    @Test func longTextsAreCut() {
        let book = rulesBook([rulesRule { $0.cardholders = [.exactly("b")] }])
        let subject = rulesSubject { $0.cardholder = String(repeating: "ab ", count: 10_000) }
        let text = book.explain(subject, state: NoRuleState(), seed: 1)[0].misses[0]
        #expect(text.count < 100 && text.hasSuffix("…\" is not \"b\""))
    }

    @Test func everyRuleHasAVerdict() {
        let source = SourceLine(file: "a.yaml", line: 7)
        var rules = [
            rulesRule("void") {
                $0.operations = ["void"]; $0.sites = ["fts"]
            }, rulesRule("any") { _ in },
            rulesRule("late") { $0.sites = ["fts"] },
            rulesRule("all wrong") {
                $0.operations = ["void"]; $0.sites = ["x"]
            },
        ]
        rules[0].source = source
        let explained = rulesBook(rules).explain(rulesSubject(), state: NoRuleState(), seed: 1)
        #expect(explained.map(\.verdict) == [.differs, .wins, .comesTooLate(winner: 1), .differs])
        #expect(explained.map(\.name) == ["void", "any", "late", "all wrong"])
        #expect(explained.map(\.held) == [1, 0, 1, 0])
        #expect(explained.map(\.misses.count) == [1, 0, 0, 2])
        #expect(explained[0].source == source)
    }

    @Test func theNearestComeFirst() {
        let book = rulesBook([
            rulesRule("two differ") {
                $0.operations = ["void"]; $0.sites = ["x"]
            },
            rulesRule("one of one differs") { $0.operations = ["void"] },
            rulesRule("one of three differs") {
                $0.operations = ["void"]; $0.sites = ["fts"]; $0.services = ["gateway"]
            },
            rulesRule("holds") { $0.services = ["gateway"] },
            rulesRule("only the attempt differs") {
                $0.services = ["gateway"]
                $0.attempt = AttemptCondition(numbers: [2...2])
            },
        ])
        func nearest(_ limit: Int) -> [String] {
            book.nearest(rulesSubject(), state: NoRuleState(), seed: 1, limit: limit).map(\.name)
        }
        let all = ["one of three differs", "only the attempt differs", "one of one differs", "two differ"]
        #expect(nearest(9) == all)
        #expect(nearest(2) == Array(all[..<2]))
        #expect(nearest(0).isEmpty)
    }
}
