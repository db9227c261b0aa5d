package import Payments

/// The rules of a scenario, compiled so that ten thousand of them cost about what ten cost.
package struct RuleBook: Sendable {
    package let rules: [Rule]
    let compiled: [CompiledRule]
    let index: RuleIndex

    /// Compiles the rules.
    ///
    /// - Parameter fingerprint: the same that makes ``CardFacts/fingerprint`` of requests, so that card numbers of
    ///   rules are found without the numbers of requests.
    package init(_ rules: [Rule], fingerprint: (PrimaryAccountNumber) -> Fingerprint) {
        self.rules = rules
        compiled = rules.map { CompiledRule($0.conditions, fingerprint: fingerprint) }
        index = RuleIndex(compiled)
    }

    /// Compiles rules that name no card number, for which no fingerprint is needed. To name one is a programming error.
    package init(_ rules: [Rule]) {
        self.init(rules) { _ in preconditionFailure("rules that name cards need a fingerprint") }
    }

    package static let empty = RuleBook([])

    package var isEmpty: Bool { compiled.isEmpty }

    /// The first rule whose conditions all hold, and the requests that rules count.
    ///
    /// The caller records ``RuleMatch/counted`` and so raises the counters that `state` reads; a request is attempt
    /// number `state.attempts(rule:key:) + 1`. A rule with both `attempt` and `perMillion` counts the two separately,
    /// and neither depends on the other.
    ///
    /// - Parameter seed: of the world. The same seed, rule, merchant and number of earlier draws give the same draw.
    package func firstMatch(_ subject: RuleSubject, state: some RuleStateReading, seed: UInt64) -> RuleMatch {
        guard !isEmpty else { return .none }
        var candidates = index.candidates(for: subject)
        var counted: [CountedAttempt] = []
        while let place = candidates.next() {
            guard compiled[place].holdsUncounted(for: subject, state: state) else { continue }
            guard
                !compiled[place].isCounting
                    || compiled[place].holdsCounted(
                        rule: place, for: subject, state: state, seed: seed, counting: &counted)
            else { continue }
            return RuleMatch(winner: winner(place), counted: counted)
        }
        return RuleMatch(winner: nil, counted: counted)
    }

    /// The places of the rules that ``firstMatch(_:state:seed:)`` would have to look at if none of them matched.
    package func candidates(for subject: RuleSubject) -> [Int] {
        var candidates = index.candidates(for: subject)
        var places: [Int] = []
        while let place = candidates.next() { places.append(place) }
        return places
    }

    private func winner(_ place: Int) -> RuleMatch.Winner {
        let rule = rules[place]
        return RuleMatch.Winner(index: place, name: rule.name, action: rule.action, source: rule.source)
    }
}
