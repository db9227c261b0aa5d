import Payments
import Processor
import Testing

/// Attempts, lots and the counters behind them.
@Suite struct RulesCountingTests {
    /// Sends requests one after the other, as the books would; true for each that the first rule decided.
    static func run(
        _ rules: [Rule], _ subjects: [RuleSubject], world: inout RulesWorld, seed: UInt64 = 1
    ) -> [Int?] {
        let book = rulesBook(rules)
        return subjects.map { subject in
            let match = book.firstMatch(subject, state: world, seed: seed)
            world.record(match.counted)
            return match.winner?.index
        }
    }

    struct Scoped: CustomTestStringConvertible, Sendable {
        let testDescription: String
        let scope: AttemptCondition.Scope
        /// Two things that are counted separately, in the order of the requests; nil has none of the kind.
        let requests: [RuleSubject]
        let wins: [Bool]
    }

    static func subjects<Value>(_ values: [Value?], _ set: (inout RuleSubject, Value) -> Void) -> [RuleSubject] {
        values.map { value in rulesSubject { if let value { set(&$0, value) } } }
    }

    /// Requests of A, B, A, B, A and of nobody; the rule is for every second one.
    @Test(arguments: [
        Scoped(
            testDescription: "all of the world", scope: .world,
            requests: subjects(["A", "B", "A", nil]) { $0.merchant = $1 }, wins: [false, true, false, false]),
        Scoped(
            testDescription: "per merchant", scope: .merchant,
            requests: subjects(["A", "B", "A", "B", "A", nil, nil]) { $0.merchant = $1 },
            wins: [false, false, true, true, false, false, false]),
        Scoped(
            testDescription: "per order", scope: .order,
            requests: subjects(["A", "B", "A", "B", "A", nil, nil]) { $0.orderID = $1 },
            wins: [false, false, true, true, false, false, false]),
        Scoped(
            testDescription: "per transaction", scope: .transaction,
            requests: subjects(["A", "B", "A", "B", "A", nil, nil]) { $0.reference = $1 },
            wins: [false, false, true, true, false, false, false]),
        Scoped(
            testDescription: "per card, with or without token", scope: .card,
            requests: subjects([
                RulesCards.facts(0), RulesCards.facts(1), RulesCards.facts(0, token: "9"), RulesCards.facts(1),
                RulesCards.facts(0), nil, nil,
            ]) { $0.card = $1 },
            wins: [false, false, true, true, false, false, false]),
    ])
    func secondAttempt(_ row: Scoped) {
        var world = RulesWorld()
        let rule = rulesRule { $0.attempt = AttemptCondition(numbers: [2...2], scope: row.scope) }
        #expect(Self.run([rule], row.requests, world: &world).map { $0 == 0 } == row.wins)
    }

    @Test func bothEndsOfAttemptRanges() {
        var world = RulesWorld()
        let rule = rulesRule { $0.attempt = AttemptCondition(numbers: [2...3, 5...Int.max]) }
        let wins = Self.run([rule], Array(repeating: rulesSubject(), count: 7), world: &world).map { $0 == 0 }
        #expect(wins == [false, true, true, false, true, true, true])
    }

    @Test func onlyRequestsThatFulfilTheRestAreCounted() {
        var world = RulesWorld(states: ["armed": "yes"])
        let rule = rulesRule {
            $0.operations = ["capture"]
            $0.states = [StateValue(name: "armed", value: "yes")]
            $0.attempt = AttemptCondition(numbers: [2...2])
        }
        let capture = rulesSubject { $0.operation = "capture" }
        #expect(Self.run([rule], [capture, rulesSubject(), rulesSubject()], world: &world) == [nil, nil, nil])
        world.states = [:]
        #expect(Self.run([rule], [capture], world: &world) == [nil])
        world.states = ["armed": "yes"]
        #expect(Self.run([rule], [capture], world: &world) == [0])
    }

    @Test func rulesBehindTheWinnerCountNothing() {
        let counting = rulesRule { $0.attempt = AttemptCondition(numbers: [1...1]) }
        let book = rulesBook([
            rulesRule {
                $0.operations = ["void"]; $0.attempt = AttemptCondition(numbers: [1...1])
            }, counting, counting,
            counting,
        ])
        var world = RulesWorld()
        let seen = (0..<4).map { _ in
            let match = book.firstMatch(rulesSubject(), state: world, seed: 1)
            world.record(match.counted)
            return match.counted.map(\.rule)
        }
        #expect(seen == [[1], [1, 2], [1, 2, 3], [1, 2, 3]])
    }

    @Test func anEmptyListOfNumbersAsksForNothing() {
        let book = rulesBook([rulesRule { $0.attempt = AttemptCondition(numbers: [], scope: .order) }])
        let match = book.firstMatch(rulesSubject(), state: NoRuleState(), seed: 1)
        #expect(match.winner?.index == 0 && match.counted.isEmpty)
    }

    /// The draws of one merchant under one seed.
    static func draws(perMillion: Int, count: Int, seed: UInt64, merchant: MerchantID = "1") -> [Bool] {
        var world = RulesWorld()
        let subject = rulesSubject { $0.merchant = merchant }
        let rule = rulesRule { $0.perMillion = perMillion }
        return run([rule], Array(repeating: subject, count: count), world: &world, seed: seed).map { $0 == 0 }
    }

    @Test func lotsDependOnSeedAndMerchantAlone() {
        let draws = Self.draws(perMillion: 500_000, count: 64, seed: 7)
        #expect(draws == Self.draws(perMillion: 500_000, count: 64, seed: 7))
        #expect(draws != Self.draws(perMillion: 500_000, count: 64, seed: 8))
        #expect(draws != Self.draws(perMillion: 500_000, count: 64, seed: 7, merchant: "2"))
    }

    @Test func otherMerchantsDoNotChangeTheLots() {
        let rule = rulesRule { $0.perMillion = 500_000 }
        var world = RulesWorld()
        let mixed = (0..<64).flatMap { _ in
            [rulesSubject { $0.merchant = "1" }, rulesSubject { $0.merchant = "2" }, rulesSubject()]
        }
        let wins = Self.run([rule], mixed, world: &world, seed: 7).enumerated().filter { $0.offset % 3 == 0 }
        #expect(wins.map { $0.element == 0 } == Self.draws(perMillion: 500_000, count: 64, seed: 7))
    }

    struct Share: CustomTestStringConvertible, Sendable {
        let perMillion: Int
        let expected: ClosedRange<Int>
        var testDescription: String { "\(perMillion) of a million" }
    }

    /// Five standard deviations around the mean of 20,000 draws.
    @Test(arguments: [
        Share(perMillion: 0, expected: 0...0), Share(perMillion: -5, expected: 0...0),
        Share(perMillion: 10_000, expected: 130...270), Share(perMillion: 250_000, expected: 4_694...5_306),
        Share(perMillion: 999_999, expected: 19_995...20_000), Share(perMillion: 1_000_000, expected: 20_000...20_000),
        Share(perMillion: 2_000_000, expected: 20_000...20_000),
    ])
    func lotsFallAsOftenAsAsked(_ row: Share) {
        let wins = Self.draws(perMillion: row.perMillion, count: 20_000, seed: 42).count { $0 }
        #expect(row.expected.contains(wins))
    }

    /// Many merchants with one request each see the share as well.
    @Test func lotsOfFirstRequestsDiffer() {
        let wins = (0..<10_000).count { merchant in
            Self.draws(perMillion: 250_000, count: 1, seed: 42, merchant: MerchantID("\(merchant)"))[0]
        }
        #expect((2_283...2_717).contains(wins))
    }

    @Test func attemptsAndLotsOfOneRuleAreCountedApart() {
        let rule = rulesRule {
            $0.attempt = AttemptCondition(numbers: [1...3], scope: .merchant)
            $0.perMillion = 500_000
        }
        var world = RulesWorld()
        let subject = rulesSubject { $0.merchant = "1" }
        let draws = Self.draws(perMillion: 500_000, count: 5, seed: 3)
        let wins = Self.run([rule], Array(repeating: subject, count: 5), world: &world, seed: 3).map { $0 == 0 }
        #expect(wins == [draws[0], draws[1], draws[2], false, false])
        #expect(world.counts.values.sorted() == [5, 5])
    }
}
