import Payments
import Processor
import PropertySupport
import Testing

/// Random rules and requests; a failing seed can be repeated with the environment variable `SEED`.
@Suite struct RulesPropertyTests {
    @Test(arguments: PropertySeeds.many)
    func firstMatchAgreesWithReadingAllRules(seed: UInt64) {
        var random = TestRandom(seed: seed)
        let rules = random.rules(upTo: random.pick([5, 40, 200]))
        let book = rulesBook(rules)
        let naive = RulesNaive(rules: rules, seed: seed)
        var world = RulesWorld()
        for step in 0..<50 {
            world.states = random.states()
            let subject = random.subject()
            let expected = naive.firstMatch(subject, world)
            let match = book.firstMatch(subject, state: world, seed: seed)
            #expect(match.winner?.index == expected.winner, "seed \(seed) step \(step)")
            #expect(match.winner?.name == expected.winner.map { "rules[\($0)]" }, "seed \(seed) step \(step)")
            #expect(match.counted == expected.counted, "seed \(seed) step \(step)")
            world.record(match.counted)
        }
    }

    @Test(arguments: PropertySeeds.many)
    func explanationsAgreeWithTheDecision(seed: UInt64) {
        var random = TestRandom(seed: seed)
        let rules = random.rules(upTo: 30)
        let book = rulesBook(rules)
        let naive = RulesNaive(rules: rules, seed: seed)
        var world = RulesWorld()
        for step in 0..<12 {
            world.states = random.states()
            let subject = random.subject()
            let match = book.firstMatch(subject, state: world, seed: seed)
            let explained = book.explain(subject, state: world, seed: seed)
            #expect(explained.map(\.rule) == Array(rules.indices))
            #expect(explained.firstIndex { $0.verdict == .wins } == match.winner?.index, "seed \(seed) step \(step)")
            #expect(explained.allSatisfy { $0.misses.isEmpty == ($0.verdict != .differs) }, "seed \(seed) step \(step)")
            let wronglyHeld = explained.filter {
                $0.verdict != .differs && !naive.holds(rules[$0.rule].conditions, subject, world)
            }
            #expect(wronglyHeld == [], "seed \(seed) step \(step)")
            // Nearest is the same list, sorted in full.
            let limit = Int.random(in: 1...8, using: &random)
            let sorted = explained.filter { $0.verdict == .differs }
                .sorted { ($0.misses.count, -$0.held, $0.rule) < ($1.misses.count, -$1.held, $1.rule) }
            #expect(
                book.nearest(subject, state: world, seed: seed, limit: limit) == Array(sorted.prefix(limit)),
                "seed \(seed) step \(step)")
            world.record(match.counted)
        }
    }

    @Test(arguments: PropertySeeds.many)
    func whatIsUnreachableIsNeverReached(seed: UInt64) {
        var random = TestRandom(seed: seed)
        let rules = random.rules(upTo: 60)
        let book = rulesBook(rules)
        let naive = RulesNaive(rules: rules, seed: seed)
        let unreachable = book.unreachable()
        let neverReached = Set(unreachable.map(\.rule))
        var world = RulesWorld()
        for step in 0..<60 {
            world.states = random.states()
            let subject = random.subject()
            let match = book.firstMatch(subject, state: world, seed: seed)
            world.record(match.counted)
            #expect(match.winner.map { neverReached.contains($0.index) } != true, "seed \(seed) step \(step)")
            // Stronger: where the later rule holds, the one that is said to come first holds too.
            let wrong = unreachable.filter { rule, because in
                naive.holds(rules[rule].conditions, subject, world)
                    && because.map { !naive.holds(rules[$0].conditions, subject, world) } ?? false
            }
            #expect(wrong.map(\.rule) == [], "seed \(seed) step \(step)")
        }
    }

    /// Of many rules the index finds the same culprits as of two at a time, where it has nothing to choose from.
    @Test(arguments: PropertySeeds.many)
    func theIndexMissesNoCover(seed: UInt64) {
        var random = TestRandom(seed: seed)
        let rules = random.rules(upTo: 30)
        let expected: [[Int?]] = rules.indices.compactMap { place in
            if rulesBook([rules[place]]).unreachable().contains(where: { $0.because == nil }) { return [place, nil] }
            let culprit = rules[..<place].indices.first { earlier in
                rulesBook([rules[earlier], rules[place]]).unreachable().contains { $0.rule == 1 && $0.because == 0 }
            }
            return culprit.map { [place, $0] }
        }
        #expect(rulesBook(rules).unreachable().map { [$0.rule, $0.because] } == expected, "seed \(seed)")
    }
}
