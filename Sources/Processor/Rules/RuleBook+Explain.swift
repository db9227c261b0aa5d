/// What became of one rule when a request was considered.
package struct RuleConsideration: Hashable, Sendable {
    package enum Verdict: Hashable, Sendable {
        /// The rule decides.
        case wins
        /// Everything holds, but an earlier rule has decided already.
        case comesTooLate(winner: Int)
        /// Some conditions do not hold.
        case differs
    }

    /// The place of the rule in its ``RuleBook``.
    package let rule: Int
    package let name: String
    package let source: SourceLine?
    package let verdict: Verdict
    /// Each condition that does not hold, in words, without card numbers.
    package let misses: [String]
    /// How many conditions do hold.
    package let held: Int
}

extension RuleBook {
    /// Says of every rule, in order, whether it holds, and if not, why. Nothing is counted.
    package func explain(
        _ subject: RuleSubject, state: some RuleStateReading, seed: UInt64
    ) -> [RuleConsideration] {
        var winner: Int?
        return rules.indices.map { place in
            let misses = self.misses(place, for: subject, state: state, seed: seed)
            let verdict: RuleConsideration.Verdict
            if !misses.isEmpty {
                verdict = .differs
            } else if let winner {
                verdict = .comesTooLate(winner: winner)
            } else {
                winner = place
                verdict = .wins
            }
            return consideration(place, verdict, misses: misses)
        }
    }

    /// The rules that do not hold but come nearest: the fewest conditions differ, and of those the most hold.
    ///
    /// - Parameter limit: how many at most; the time of the search hardly depends on it.
    package func nearest(
        _ subject: RuleSubject, state: some RuleStateReading, seed: UInt64, limit: Int
    ) -> [RuleConsideration] {
        guard limit > 0 else { return [] }
        var best: [(missed: Int, held: Int, place: Int)] = []
        for place in rules.indices {
            let bound = best.count == limit ? best[limit - 1].missed : Int.max
            let missed = missCount(place, for: subject, state: state, seed: seed, giveUpAbove: bound)
            guard missed > 0, missed <= bound else { continue }
            let entry = (missed: missed, held: compiled[place].conditionCount - missed, place: place)
            let position = best.firstIndex { ($0.missed, -$0.held) > (entry.missed, -entry.held) } ?? best.count
            guard position < limit else { continue }
            best.insert(entry, at: position)
            if best.count > limit { best.removeLast() }
        }
        return best.map { entry in
            consideration(
                entry.place, .differs, misses: misses(entry.place, for: subject, state: state, seed: seed))
        }
    }

    private func consideration(
        _ place: Int, _ verdict: RuleConsideration.Verdict, misses: [String]
    ) -> RuleConsideration {
        RuleConsideration(
            rule: place, name: rules[place].name, source: rules[place].source, verdict: verdict, misses: misses,
            held: compiled[place].conditionCount - misses.count)
    }

    private func misses(
        _ place: Int, for subject: RuleSubject, state: some RuleStateReading, seed: UInt64
    ) -> [String] {
        let rule = compiled[place]
        let misses = rule.conditions.compactMap { condition in
            condition.holds(for: subject, state: state) ? nil : condition.miss(for: subject, state: state)
        }
        // A request that does not fulfil the other conditions is no attempt and draws no lot.
        guard misses.isEmpty else { return misses }
        return [
            rule.attemptMiss(rule: place, for: subject, state: state),
            rule.drawMiss(rule: place, for: subject, state: state, seed: seed),
        ].compactMap(\.self)
    }

    /// How many conditions do not hold; counting stops when the bound is exceeded.
    private func missCount(
        _ place: Int, for subject: RuleSubject, state: some RuleStateReading, seed: UInt64, giveUpAbove bound: Int
    ) -> Int {
        var missed = 0
        for condition in compiled[place].conditions where !condition.holds(for: subject, state: state) {
            missed += 1
            if missed > bound { return missed }
        }
        guard missed == 0, compiled[place].isCounting else { return missed }
        return misses(place, for: subject, state: state, seed: seed).count
    }
}

extension CompiledRule {
    fileprivate var conditionCount: Int {
        conditions.count + (attempt == nil ? 0 : 1) + (perMillion == nil ? 0 : 1)
    }

    fileprivate func attemptMiss(
        rule: Int, for subject: RuleSubject, state: some RuleStateReading
    ) -> String? {
        guard let attempt else { return nil }
        guard let (_, number) = attemptNumber(rule: rule, of: attempt.scope, for: subject, state: state) else {
            return "attempts are counted per \(attempt.scope.rawValue), and there is none"
        }
        if attempt.numbers.contains(where: { $0.contains(number) }) { return nil }
        let wanted = attempt.numbers.map { range in
            if range.lowerBound == range.upperBound { return "\(range.lowerBound)" }
            if range.upperBound == .max { return "\(range.lowerBound) and above" }
            return "\(range.lowerBound)…\(range.upperBound)"
        }
        let scope = attempt.scope == .world ? "" : " for this \(attempt.scope.rawValue)"
        return "this is attempt \(number)\(scope), not \(ShownText.alternatives(wanted))"
    }

    fileprivate func drawMiss(
        rule: Int, for subject: RuleSubject, state: some RuleStateReading, seed: UInt64
    ) -> String? {
        guard let perMillion else { return nil }
        let drawn = draw(rule: rule, for: subject, state: state, seed: seed).drawn
        return drawn < perMillion ? nil : "the lot drawn is \(drawn) of a million, not below \(perMillion)"
    }
}
