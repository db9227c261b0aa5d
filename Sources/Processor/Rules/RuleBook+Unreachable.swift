extension RuleBook {
    /// The rules that can never match, in order: each with the earlier rule that always comes first, or with nil when
    /// its own conditions contradict each other.
    ///
    /// A rule in this list is certainly unreachable; one that is missing may still be, for instance when several
    /// earlier rules only together leave it nothing.
    package func unreachable() -> [(rule: Int, because: Int?)] {
        compiled.indices.compactMap { place in
            if compiled[place].contradiction != nil { return (place, nil) }
            return firstCover(of: place).map { (place, $0) }
        }
    }

    /// Why the conditions of a rule contradict each other, in words; nil when they do not.
    package func contradiction(inRule place: Int) -> String? { compiled[place].contradiction }

    private func firstCover(of place: Int) -> Int? {
        var candidates = index.candidates(covering: compiled[place])
        while let earlier = candidates.next(), earlier < place {
            if compiled[earlier].covers(compiled[place]) { return earlier }
        }
        return nil
    }
}

extension CompiledRule {
    /// Whether this rule certainly holds whenever the other one does. False may also mean that it is not known.
    func covers(_ other: CompiledRule) -> Bool {
        !isCounting
            && conditions.allSatisfy { condition in other.conditions.contains { $0.implies(condition) } }
    }

    /// Why the rule can never hold, in words; nil when nothing is known against it.
    var contradiction: String? {
        if let perMillion, perMillion <= 0 { return "it holds for none of a million requests" }
        if let attempt, attempt.numbers.allSatisfy({ $0.upperBound < 1 }) { return "the first attempt is number 1" }
        for (place, condition) in conditions.enumerated() {
            for other in conditions[..<place] {
                if let reason = condition.contradiction(with: other) { return reason }
            }
        }
        return nil
    }
}

extension RuleCondition {
    /// Whether the other condition certainly holds whenever this one does.
    func implies(_ other: RuleCondition) -> Bool {
        switch (self, other) {
        case (.oneOf(let facet, let values), .oneOf(let otherFacet, let otherValues)):
            facet == otherFacet && values.isSubset(of: otherValues)
        case (.card(let cards, _), .card(let otherCards, _)): cards.isSubset(of: otherCards)
        case (.amount(let ranges), .amount(let otherRanges)):
            // Merged ranges never touch, so each has to be within a single one.
            ranges.allSatisfy { range in
                otherRanges.contains { $0.lowerBound <= range.lowerBound && range.upperBound <= $0.upperBound }
            }
        case (.matches(let place, let patterns), .matches(let otherPlace, let otherPatterns)):
            place == otherPlace
                && patterns.allSatisfy { pattern in otherPatterns.contains { $0.covers(pattern) } }
        case (.matches(let place, _), .present(let otherPlace)), (.present(let place), .present(let otherPlace)),
            (.absent(let place), .absent(let otherPlace)):
            place == otherPlace
        case (.state(let value), .state(let otherValue)): value == otherValue
        case (.oneOf, _), (.card, _), (.amount, _), (.matches, _), (.present, _), (.absent, _), (.state, _): false
        }
    }

    /// Why this and the other condition never hold together; nil when they may.
    func contradiction(with other: RuleCondition) -> String? {
        switch (self, other) {
        case (.state(let value), .state(let otherValue)):
            return value.name == otherValue.name && value.value != otherValue.value
                ? "a state has one value at a time" : nil
        case (.absent(let place), .present(let otherPlace)), (.absent(let place), .matches(let otherPlace, _)),
            (.present(let place), .absent(let otherPlace)), (.matches(let place, _), .absent(let otherPlace)):
            return place == otherPlace ? "it wants the same text to be there and to be absent" : nil
        case (.matches(let place, let patterns), .matches(let otherPlace, let otherPatterns)):
            guard place == otherPlace else { return nil }
            return Self.excludeEachOther(patterns, otherPatterns) || Self.excludeEachOther(otherPatterns, patterns)
                ? "no text fits both its conditions on the same place" : nil
        case (.oneOf, _), (.card, _), (.amount, _), (.matches, _), (.present, _), (.absent, _), (.state, _):
            return nil
        }
    }

    /// Whether the first patterns are literal texts none of which fits any of the others.
    private static func excludeEachOther(_ literals: [TextPattern], _ others: [TextPattern]) -> Bool {
        literals.allSatisfy { pattern in
            guard case .whole(let text) = pattern.anchor else { return false }
            return !others.contains { $0.matches(text) }
        }
    }
}
