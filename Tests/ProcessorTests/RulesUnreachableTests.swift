import Payments
import Processor
import Testing

@Suite struct RulesUnreachableTests {
    struct Row: CustomTestStringConvertible, Sendable {
        let testDescription: String
        let earlier: RuleConditions
        let later: RuleConditions
        let isCovered: Bool

        init(
            _ name: String, _ earlier: (inout RuleConditions) -> Void, before later: (inout RuleConditions) -> Void,
            _ isCovered: Bool
        ) {
            testDescription = name
            self.earlier = rulesConditions(earlier)
            self.later = rulesConditions(later)
            self.isCovered = isCovered
        }
    }

    @Test(arguments: [
        Row("anything before one operation", { _ in }, before: { $0.operations = ["void"] }, true),
        Row("one operation before anything", { $0.operations = ["void"] }, before: { _ in }, false),
        Row("the same twice", { $0.operations = ["void"] }, before: { $0.operations = ["void"] }, true),
        Row(
            "two operations before one", { $0.operations = ["void", "capture"] }, before: { $0.operations = ["void"] },
            true),
        Row(
            "one operation before two", { $0.operations = ["void"] }, before: { $0.operations = ["void", "capture"] },
            false),
        Row(
            "fewer conditions before more", { $0.sites = ["a"] },
            before: {
                $0.sites = ["a"]; $0.merchants = ["1"]
            }, true),
        Row("other conditions", { $0.sites = ["a"] }, before: { $0.merchants = ["1"] }, false),
        Row(
            "cards", { $0.cards = Array(RulesCards.numbers[0...2]) }, before: { $0.cards = [RulesCards.numbers[1]] },
            true),
        Row(
            "other cards", { $0.cards = [RulesCards.numbers[0]] }, before: { $0.cards = [RulesCards.numbers[1]] }, false
        ),
        Row("BIN within a BIN", { $0.bins = [BIN("41")] }, before: { $0.bins = [BIN("4111")] }, true),
        Row("BIN around a BIN", { $0.bins = [BIN("4111")] }, before: { $0.bins = [BIN("41")] }, false),
        Row("amounts within", { $0.amounts = [1...9] }, before: { $0.amounts = [1...3, 9...9] }, true),
        Row("amounts that two ranges cover", { $0.amounts = [5...9, 1...4] }, before: { $0.amounts = [2...8] }, true),
        Row("amounts with a gap", { $0.amounts = [6...9, 1...4] }, before: { $0.amounts = [2...8] }, false),
        Row("amounts one too high", { $0.amounts = [1...9] }, before: { $0.amounts = [1...10] }, false),
        Row("amounts one too low", { $0.amounts = [1...9] }, before: { $0.amounts = [0...9] }, false),
        Row("prefix before text", { $0.orderIDs = [.prefix("A")] }, before: { $0.orderIDs = [.exactly("AB")] }, true),
        Row(
            "prefix before longer prefix", { $0.orderIDs = [.prefix("A")] }, before: { $0.orderIDs = [.prefix("AB")] },
            true),
        Row(
            "longer prefix before prefix", { $0.orderIDs = [.prefix("AB")] }, before: { $0.orderIDs = [.prefix("A")] },
            false),
        Row(
            "suffix before longer suffix", { $0.orderIDs = [.suffix("B")] }, before: { $0.orderIDs = [.suffix("AB")] },
            true),
        Row("part before prefix", { $0.orderIDs = [.contains("B")] }, before: { $0.orderIDs = [.prefix("ABC")] }, true),
        Row("glob before glob", { $0.orderIDs = [.glob("A*C")] }, before: { $0.orderIDs = [.glob("A?B*C")] }, true),
        Row(
            "a question mark before a star", { $0.orderIDs = [.glob("A?")] }, before: { $0.orderIDs = [.glob("A*")] },
            false),
        Row(
            "question marks before a star", { $0.orderIDs = [.glob("A??")] }, before: { $0.orderIDs = [.glob("A*")] },
            false),
        Row(
            "any text before a pattern", { $0.orderIDs = [.glob("*")] }, before: { $0.orderIDs = [.contains("x")] },
            true),
        Row("any text before no condition", { $0.orderIDs = [.glob("*")] }, before: { _ in }, false),
        Row(
            "one of two patterns", { $0.orderIDs = [.prefix("A")] },
            before: { $0.orderIDs = [.prefix("AB"), .prefix("B")] }, false),
        Row(
            "patterns on different things", { $0.orderIDs = [.prefix("A")] },
            before: { $0.cardholders = [.prefix("A")] }, false),
        Row(
            "presence before value", { $0.fields = [FieldCondition(name: "x")] },
            before: { $0.fields = [FieldCondition(name: "x", patterns: [.exactly("1")])] }, true),
        Row(
            "value before presence", { $0.fields = [FieldCondition(name: "x", patterns: [.exactly("1")])] },
            before: { $0.fields = [FieldCondition(name: "x")] }, false),
        Row(
            "absence twice", { $0.fields = [FieldCondition(name: "x", isPresent: false)] },
            before: { $0.fields = [FieldCondition(name: "x", isPresent: false)] }, true),
        Row(
            "field before header", { $0.fields = [FieldCondition(name: "x")] },
            before: { $0.headers = [FieldCondition(name: "x")] }, false),
        Row(
            "second field of two", { $0.fields = [FieldCondition(name: "x", patterns: [.prefix("a")])] },
            before: {
                $0.fields = [
                    FieldCondition(name: "x", patterns: [.suffix("b")]),
                    FieldCondition(name: "x", patterns: [.exactly("ab")]),
                ]
            }, true),
        Row(
            "the same state", { $0.states = [StateValue(name: "s", value: "1")] },
            before: {
                $0.states = [StateValue(name: "s", value: "1")]; $0.sites = ["a"]
            }, true),
        Row(
            "another state", { $0.states = [StateValue(name: "s", value: "1")] },
            before: { $0.states = [StateValue(name: "s", value: "2")] }, false),
        Row("the earlier one counts", { $0.attempt = AttemptCondition(numbers: [1...1]) }, before: { _ in }, false),
        Row("the earlier one draws lots", { $0.perMillion = 999_999 }, before: { _ in }, false),
        Row("the earlier one draws lots and always wins", { $0.perMillion = 1_000_000 }, before: { _ in }, true),
        Row("the later one counts", { _ in }, before: { $0.attempt = AttemptCondition(numbers: [1...1]) }, true),
    ])
    func covers(_ row: Row) {
        let rules = [row.earlier, row.later].map { Rule(name: "rule", conditions: $0, action: RuleAction()) }
        #expect(
            rulesBook(rules).unreachable().map { [$0.rule, $0.because] } == (row.isCovered ? [[1, 0]] : []))
    }

    struct Contradiction: CustomTestStringConvertible, Sendable {
        let testDescription: String
        let conditions: RuleConditions
        let isOne: Bool

        init(_ name: String, _ isOne: Bool, _ conditions: (inout RuleConditions) -> Void) {
            testDescription = name
            self.conditions = rulesConditions(conditions)
            self.isOne = isOne
        }
    }

    @Test(arguments: [
        Contradiction("no condition", false) { _ in },
        Contradiction("none of a million", true) { $0.perMillion = 0 },
        Contradiction("one of a million", false) { $0.perMillion = 1 },
        Contradiction("attempt 0", true) { $0.attempt = AttemptCondition(numbers: [0...0, -3...(-1)]) },
        Contradiction("attempt 0 or 1", false) { $0.attempt = AttemptCondition(numbers: [0...1]) },
        Contradiction("two values of one state", true) {
            $0.states = [StateValue(name: "s", value: "1"), StateValue(name: "s", value: "2")]
        },
        Contradiction("two states", false) {
            $0.states = [StateValue(name: "s", value: "1"), StateValue(name: "t", value: "2")]
        },
        Contradiction("there and absent", true) {
            $0.fields = [FieldCondition(name: "x"), FieldCondition(name: "x", isPresent: false)]
        },
        Contradiction("absent and like something", true) {
            $0.headers = [
                FieldCondition(name: "x", isPresent: false), FieldCondition(name: "x", patterns: [.contains("a")]),
            ]
        },
        Contradiction("one there, the other absent", false) {
            $0.fields = [FieldCondition(name: "x"), FieldCondition(name: "y", isPresent: false)]
        },
        Contradiction("two texts at once", true) {
            $0.fields = [
                FieldCondition(name: "x", patterns: [.exactly("a"), .glob("b")]),
                FieldCondition(name: "x", patterns: [.prefix("c")]),
            ]
        },
        Contradiction("two patterns that one text fits", false) {
            $0.fields = [
                FieldCondition(name: "x", patterns: [.exactly("a"), .exactly("cb")]),
                FieldCondition(name: "x", patterns: [.prefix("c")]),
            ]
        },
    ])
    func contradictions(_ row: Contradiction) {
        let book = rulesBook([Rule(name: "rule", conditions: row.conditions, action: RuleAction())])
        #expect(book.unreachable().map { [$0.rule, $0.because] } == (row.isOne ? [[0, nil]] : []))
        #expect((book.contradiction(inRule: 0) != nil) == row.isOne)
    }

    @Test func theFirstCulpritIsNamed() {
        let book = rulesBook([
            rulesRule { $0.operations = ["void"] }, rulesRule { $0.amounts = [1...100] },
            rulesRule { $0.amounts = [1...50] }, rulesRule { $0.amounts = [7...7] }, rulesRule { _ in },
            rulesRule { $0.operations = ["capture"] },
        ])
        #expect(book.unreachable().map { [$0.rule, $0.because] } == [[2, 1], [3, 1], [5, 4]])
    }
}
