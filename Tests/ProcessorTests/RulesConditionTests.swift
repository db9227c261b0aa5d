import Payments
import Processor
import Testing

/// Each kind of condition by itself: requests for which it holds and for which it does not.
@Suite struct RulesConditionTests {
    struct Row: CustomTestStringConvertible, Sendable {
        let testDescription: String
        let conditions: RuleConditions
        let subject: RuleSubject
        let states: [String: String]
        let holds: Bool

        init(
            _ name: String, holds: Bool, when condition: (inout RuleConditions) -> Void,
            states: [String: String] = [:], _ subject: (inout RuleSubject) -> Void = { _ in }
        ) {
            testDescription = name
            var conditions = RuleConditions()
            condition(&conditions)
            self.conditions = conditions
            self.subject = rulesSubject(subject)
            self.states = states
            self.holds = holds
        }
    }

    static func check(_ row: Row) {
        let book = rulesBook([Rule(name: "rule", conditions: row.conditions, action: RuleAction())])
        let world = RulesWorld(states: row.states)
        #expect((book.firstMatch(row.subject, state: world, seed: 1).winner?.index == 0) == row.holds)
        let explained = book.explain(row.subject, state: world, seed: 1)
        #expect(explained.map(\.verdict) == [row.holds ? .wins : .differs])
        #expect(explained[0].misses.isEmpty == row.holds)
        let nearest = book.nearest(row.subject, state: world, seed: 1, limit: 1)
        #expect(nearest.map(\.misses) == (row.holds ? [] : [explained[0].misses]))
        #expect(book.unreachable().isEmpty)
    }

    @Test(arguments: [
        Row("nothing is asked", holds: true, when: { _ in }),
        Row("service", holds: true, when: { $0.services = ["vault", "gateway"] }),
        Row("other service", holds: false, when: { $0.services = ["vault"] }),
        Row("operation", holds: true, when: { $0.operations = ["authorization", "void"] }),
        Row("other operation", holds: false, when: { $0.operations = ["capture"] }),
        Row("operation in other letters", holds: false, when: { $0.operations = ["Authorization"] }),
        Row("site", holds: true, when: { $0.sites = ["fts"] }),
        Row("other site", holds: false, when: { $0.sites = ["abc"] }),
        Row("environment", holds: true, when: { $0.environments = [.uat] }),
        Row("other environment", holds: false, when: { $0.environments = [.production] }),
        Row("merchant", holds: true, when: { $0.merchants = ["1", "2"] }) { $0.merchant = "2" },
        Row("other merchant", holds: false, when: { $0.merchants = ["1", "2"] }) { $0.merchant = "3" },
        Row("no merchant", holds: false, when: { $0.merchants = ["1"] }),
        Row("processor", holds: true, when: { $0.processors = ["FNOR"] }) { $0.processor = "FNOR" },
        Row("other processor", holds: false, when: { $0.processors = ["FNOR"] }) { $0.processor = "RPCT" },
        Row("no processor", holds: false, when: { $0.processors = ["FNOR"] }),
        Row("currency", holds: true, when: { $0.currencies = ["USD"] }) { $0.currency = "USD" },
        Row("other currency", holds: false, when: { $0.currencies = ["USD"] }) { $0.currency = "CAD" },
        Row("no currency", holds: false, when: { $0.currencies = ["USD"] }),
        Row("entry mode", holds: true, when: { $0.entryModes = [.keyed, .chip] }) { $0.entryMode = .chip },
        Row("other entry mode", holds: false, when: { $0.entryModes = [.keyed] }) { $0.entryMode = .chip },
        Row("no entry mode", holds: false, when: { $0.entryModes = [.keyed] }),
        Row("state", holds: true, when: { $0.states = [StateValue(name: "a", value: "1")] }, states: ["a": "1"]),
        Row("other state", holds: false, when: { $0.states = [StateValue(name: "a", value: "1")] }, states: ["a": "2"]),
        Row("unset state is empty", holds: true, when: { $0.states = [StateValue(name: "a", value: "")] }),
        Row(
            "one of two states", holds: false,
            when: { $0.states = [StateValue(name: "a", value: "1"), StateValue(name: "b", value: "1")] },
            states: ["a": "1"]),
        Row(
            "all of two kinds", holds: true,
            when: {
                $0.services = ["gateway"]; $0.sites = ["fts"]
            }),
        Row(
            "one of two kinds", holds: false,
            when: {
                $0.services = ["gateway"]; $0.sites = ["abc"]
            }),
    ])
    func requestsAndWorlds(_ row: Row) { Self.check(row) }

    @Test(arguments: [
        Row("card", holds: true, when: { $0.cards = Array(RulesCards.numbers[0...1]) }) {
            $0.card = RulesCards.facts(1)
        },
        Row("other card", holds: false, when: { $0.cards = [RulesCards.numbers[0]] }) { $0.card = RulesCards.facts(1) },
        Row("no card", holds: false, when: { $0.cards = [RulesCards.numbers[0]] }),
        Row("token", holds: true, when: { $0.tokens = ["9418594164541111"] }) {
            $0.card = RulesCards.facts(0, token: "9418594164541111")
        },
        Row("other token", holds: false, when: { $0.tokens = ["9418594164541111"] }) {
            $0.card = RulesCards.facts(0, token: "9418594164541112")
        },
        Row("no token", holds: false, when: { $0.tokens = ["9418594164541111"] }) { $0.card = RulesCards.facts(0) },
        Row("brand", holds: true, when: { $0.brands = ["Visa"] }) { $0.card = RulesCards.facts(0, brand: "Visa") },
        Row("other brand", holds: false, when: { $0.brands = ["Visa"] }) {
            $0.card = RulesCards.facts(2, brand: "Mastercard")
        },
        Row("no brand", holds: false, when: { $0.brands = ["Visa"] }) { $0.card = RulesCards.facts(0) },
        Row("BIN of six", holds: true, when: { $0.bins = [BIN("411111")] }) { $0.card = RulesCards.facts(0) },
        Row("BIN of one", holds: true, when: { $0.bins = [BIN("5"), BIN("4")] }) { $0.card = RulesCards.facts(0) },
        Row("other BIN", holds: false, when: { $0.bins = [BIN("411112")] }) { $0.card = RulesCards.facts(0) },
        Row("BIN longer than is known", holds: false, when: { $0.bins = [BIN("41111111")] }) {
            $0.card = RulesCards.facts(0)
        },
        Row("no card for a BIN", holds: false, when: { $0.bins = [BIN("4")] }),
        Row("last four", holds: true, when: { $0.lastFours = ["8431"] }) { $0.card = RulesCards.facts(3) },
        Row("other last four", holds: false, when: { $0.lastFours = ["8431"] }) { $0.card = RulesCards.facts(0) },
    ])
    func cards(_ row: Row) { Self.check(row) }

    @Test(arguments: [
        Row("below", holds: false, when: { $0.amounts = [5100...5199] }) { $0.amount = 5099 },
        Row("at the lower end", holds: true, when: { $0.amounts = [5100...5199] }) { $0.amount = 5100 },
        Row("at the upper end", holds: true, when: { $0.amounts = [5100...5199] }) { $0.amount = 5199 },
        Row("above", holds: false, when: { $0.amounts = [5100...5199] }) { $0.amount = 5200 },
        Row("exact", holds: true, when: { $0.amounts = [700...700] }) { $0.amount = 700 },
        Row("none", holds: false, when: { $0.amounts = [0...Int64.max] }),
        Row("highest", holds: true, when: { $0.amounts = [0...Int64.max] }) { $0.amount = .max },
        Row("lowest", holds: true, when: { $0.amounts = [Int64.min...0] }) { $0.amount = .min },
        Row("just outside the half", holds: false, when: { $0.amounts = [Int64.min...0] }) { $0.amount = 1 },
        Row("second of two", holds: true, when: { $0.amounts = [900...999, 100...199] }) { $0.amount = 100 },
        Row("between two", holds: false, when: { $0.amounts = [900...999, 100...199] }) { $0.amount = 500 },
        Row("where two meet", holds: true, when: { $0.amounts = [200...299, 100...199] }) { $0.amount = 200 },
        Row("in a range within another", holds: true, when: { $0.amounts = [100...900, 200...300] }) {
            $0.amount = 800
        },
        Row("above all and everything", holds: true, when: { $0.amounts = [5...Int64.max, 7...Int64.max] }) {
            $0.amount = 6
        },
        Row("refund", holds: true, when: { $0.amounts = [-500...(-1)] }) { $0.amount = -500 },
    ])
    func amounts(_ row: Row) { Self.check(row) }

    private static func wire(_ fields: [String: String] = [:], headers: [String: String] = [:]) -> RulesWire {
        RulesWire(fields: fields, headers: headers)
    }

    @Test(arguments: [
        Row("postal code", holds: true, when: { $0.postalCodes = [.suffix("55")] }) { $0.postalCode = "19455" },
        Row("other postal code", holds: false, when: { $0.postalCodes = [.suffix("55")] }) { $0.postalCode = "55194" },
        Row("no postal code", holds: false, when: { $0.postalCodes = [.prefix("")] }),
        Row("order id", holds: true, when: { $0.orderIDs = [.exactly("A-1")] }) { $0.orderID = "A-1" },
        Row("other order id", holds: false, when: { $0.orderIDs = [.exactly("A-1")] }) { $0.orderID = "A-12" },
        Row("cardholder", holds: true, when: { $0.cardholders = [.exactly("x"), .contains("DECLINE")] }) {
            $0.cardholder = "JO DECLINE 51"
        },
        Row("other cardholder", holds: false, when: { $0.cardholders = [.contains("DECLINE")] }) {
            $0.cardholder = "JO"
        },
        Row(
            "field with value", holds: true,
            when: { $0.fields = [FieldCondition(name: "ecomind", patterns: [.exactly("E")])] }
        ) {
            $0.wire = wire(["ecomind": "E"])
        },
        Row(
            "field with other value", holds: false,
            when: { $0.fields = [FieldCondition(name: "ecomind", patterns: [.exactly("E")])] }
        ) { $0.wire = wire(["ecomind": "T"]) },
        Row(
            "field with value is missing", holds: false,
            when: { $0.fields = [FieldCondition(name: "ecomind", patterns: [.glob("*")])] }),
        Row("field is there", holds: true, when: { $0.fields = [FieldCondition(name: "capture")] }) {
            $0.wire = wire(["capture": ""])
        },
        Row("field is missing", holds: false, when: { $0.fields = [FieldCondition(name: "capture")] }) {
            $0.wire = wire(["Capture": "Y"])
        },
        Row(
            "field has to be missing", holds: true,
            when: { $0.fields = [FieldCondition(name: "capture", isPresent: false)] }),
        Row(
            "field has to be missing and is not", holds: false,
            when: { $0.fields = [FieldCondition(name: "capture", isPresent: false)] }
        ) {
            $0.wire = wire(["capture": "N"])
        },
        Row(
            "one of two fields", holds: false,
            when: { $0.fields = [FieldCondition(name: "a"), FieldCondition(name: "b")] }
        ) { $0.wire = wire(["a": "1"]) },
        Row(
            "header with value", holds: true,
            when: { $0.headers = [FieldCondition(name: "X-Test", patterns: [.prefix("dec")])] }
        ) {
            $0.wire = wire(headers: ["x-test": "decline"])
        },
        Row(
            "header with other value", holds: false,
            when: { $0.headers = [FieldCondition(name: "X-Test", patterns: [.prefix("dec")])] }
        ) {
            $0.wire = wire(headers: ["x-test": "approve"])
        },
        Row("header is there", holds: true, when: { $0.headers = [FieldCondition(name: "X-Test")] }) {
            $0.wire = wire(headers: ["x-test": ""])
        },
        Row("a field is no header", holds: false, when: { $0.headers = [FieldCondition(name: "x")] }) {
            $0.wire = wire(["x": "1"])
        },
        Row(
            "header has to be missing", holds: false,
            when: { $0.headers = [FieldCondition(name: "X-Test", isPresent: false)] }
        ) {
            $0.wire = wire(headers: ["X-TEST": "1"])
        },
    ])
    func textsAndFields(_ row: Row) { Self.check(row) }

    @Test func theFirstOfSeveralWins() {
        let book = rulesBook([
            rulesRule("capture") { $0.operations = ["capture"] },
            rulesRule("amount") { $0.amounts = [100...100] },
            rulesRule("card") { $0.cards = [RulesCards.numbers[0]] },
            rulesRule("any") { _ in },
        ])
        func winner(_ change: (inout RuleSubject) -> Void) -> String? {
            book.firstMatch(rulesSubject(change), state: NoRuleState(), seed: 1).winner?.name
        }
        #expect(winner { $0.card = RulesCards.facts(0) } == "card")
        #expect(
            winner {
                $0.card = RulesCards.facts(0); $0.amount = 100
            } == "amount")
        #expect(
            winner {
                $0.amount = 100; $0.operation = "capture"
            } == "capture")
        #expect(winner { _ in } == "any")
    }

    @Test func noRulesMatchNothing() {
        let match = RuleBook.empty.firstMatch(rulesSubject(), state: NoRuleState(), seed: 1)
        #expect(match.winner == nil && match.counted.isEmpty)
        #expect(RuleBook.empty.explain(rulesSubject(), state: NoRuleState(), seed: 1).isEmpty)
        #expect(RuleBook.empty.isEmpty && RuleBook.empty.unreachable().isEmpty)
    }
}
