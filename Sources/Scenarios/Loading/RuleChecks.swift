import Payments
import Processor

/// Warnings about rules that can never match.
enum RuleChecks {
    static func run(_ rules: [Rule], _ drafts: [RuleDraft], _ reading: Reading) {
        for draft in drafts { contradictions(draft, reading) }
        shadows(rules, drafts, reading)
    }

    // MARK: Conditions that exclude each other

    private static func contradictions(_ draft: RuleDraft, _ reading: Reading) {
        let conditions = draft.when.conditions
        func warn(_ key: String, _ reason: String) {
            reading.report(.warning, at: draft.when.places[key] ?? draft.place, "this rule never matches: \(reason)")
        }
        let merchants = reading.sites.flatMap(\.merchants).filter { conditions.merchants.contains($0.id) }
        if !conditions.sites.isEmpty, !conditions.merchants.isEmpty {
            let here = reading.sites.filter { conditions.sites.contains($0.name) }.flatMap(\.merchants).map(\.id)
            if conditions.merchants.isDisjoint(with: here) { warn("merchant", "the site has no such merchant") }
        }
        if !conditions.environments.isEmpty {
            let sites = reading.sites.filter { conditions.sites.isEmpty || conditions.sites.contains($0.name) }
            let there = sites.flatMap(\.environments).map(\.environment)
            if conditions.environments.isDisjoint(with: there) { warn("environment", "no site has this environment") }
        }
        if !conditions.processors.isEmpty, !merchants.isEmpty,
            conditions.processors.isDisjoint(with: merchants.map(\.processor))
        {
            warn("processor", "the merchant is boarded to another processor")
        }
        if !conditions.currencies.isEmpty, !merchants.isEmpty,
            conditions.currencies.isDisjoint(with: merchants.map(\.currency.code))
        {
            warn("currency", "the merchant has another currency")
        }
        cardContradictions(conditions, reading, warn)
        if let attempt = conditions.attempt, attempt.numbers.isEmpty { warn("attempt", "no attempt counts") }
    }

    private static func cardContradictions(
        _ conditions: RuleConditions, _ reading: Reading, _ warn: (String, String) -> Void
    ) {
        guard !conditions.cards.isEmpty else { return }
        let cards = conditions.cards
        if !conditions.brands.isEmpty,
            !cards.contains(where: { card in
                reading.brandTable.brand(of: card).map { conditions.brands.contains($0) } ?? false
            })
        {
            warn("brand", "the card has another brand")
        }
        if !conditions.lastFours.isEmpty, !cards.contains(where: { conditions.lastFours.contains($0.lastFour) }) {
            warn("lastFour", "the card ends otherwise")
        }
        if !conditions.bins.isEmpty,
            !cards.contains(where: { card in conditions.bins.contains { card.bin.digits.hasPrefix($0.digits) } })
        {
            warn("bin", "the card starts otherwise")
        }
    }

    // MARK: Rules behind a rule that takes everything they could match

    /// Every rule is compared only with those that share a value with it, or have none to share.
    private static func shadows(_ rules: [Rule], _ drafts: [RuleDraft], _ reading: Reading) {
        let places = Dictionary(
            drafts.map { ($0.place.sourceLine, $0.place) }, uniquingKeysWith: { first, _ in first })
        var byAnchor: [RuleAnchor: [Int]] = [:]
        var anywhere: [Int] = []
        var reported: Set<SourceLine> = []
        for (position, rule) in rules.enumerated() {
            let anchors = RuleAnchor.one(of: rule.conditions)
            let candidates = anywhere + anchors.flatMap { byAnchor[$0] ?? [] }
            let shadow = candidates.sorted().first { rules[$0].conditions.includes(rule.conditions) }
            if let shadow, let line = rule.source, let place = places[line], rules[shadow].source != line,
                reported.insert(line).inserted
            {
                let other = rules[shadow]
                reading.report(
                    .warning, at: place,
                    "this rule never matches: \(other.name) (\(other.source?.description ?? "")) takes every request before it")
            }
            guard rule.conditions.isCertain else { continue }
            let own = RuleAnchor.all(of: rule.conditions)
            if own.isEmpty { anywhere.append(position) }
            for anchor in own { byAnchor[anchor, default: []].append(position) }
        }
    }
}

/// A value that a rule names; a rule that is shadowed by another one shares one with it.
private struct RuleAnchor: Hashable {
    let part: Int
    let value: String

    private static func parts(_ c: RuleConditions) -> [[String]] {
        [
            c.cards.map { card in card.withClearDigits { $0 } }, c.tokens.map(\.text), c.lastFours.map { $0 },
            c.amounts.allSatisfy { $0.lowerBound == $0.upperBound } ? c.amounts.map { String($0.lowerBound) } : [],
            c.merchants.map(\.text), Array(c.operations), c.processors.map(\.text), c.brands.map(\.text),
        ]
    }

    /// All values of the first part that a rule limits.
    static func all(of conditions: RuleConditions) -> [RuleAnchor] {
        for (part, values) in parts(conditions).enumerated() where !values.isEmpty {
            return values.map { RuleAnchor(part: part, value: $0) }
        }
        return []
    }

    /// One value of every part that a rule limits.
    static func one(of conditions: RuleConditions) -> [RuleAnchor] {
        parts(conditions).enumerated().compactMap { part, values in
            values.min().map { RuleAnchor(part: part, value: $0) }
        }
    }
}

extension RuleConditions {
    /// Holds whenever the conditions on the request hold: neither counted nor by chance.
    fileprivate var isCertain: Bool { attempt == nil && (perMillion ?? 1_000_000) >= 1_000_000 }

    /// Every request that fulfils the other conditions fulfils these.
    fileprivate func includes(_ other: RuleConditions) -> Bool {
        wider(services, other.services) && wider(operations, other.operations) && wider(sites, other.sites)
            && wider(environments, other.environments) && wider(merchants, other.merchants)
            && wider(processors, other.processors) && wider(Set(cards), Set(other.cards)) && wider(tokens, other.tokens)
            && wider(brands, other.brands) && wider(lastFours, other.lastFours)
            && wider(currencies, other.currencies) && wider(entryModes, other.entryModes)
            && covers(bins, other.bins) { $1.digits.hasPrefix($0.digits) }
            && covers(amounts, other.amounts) { $0.contains($1.lowerBound) && $0.contains($1.upperBound) }
            && covers(postalCodes, other.postalCodes) { $0.includes($1) }
            && covers(orderIDs, other.orderIDs) { $0.includes($1) }
            && covers(cardholders, other.cardholders) { $0.includes($1) }
            && fields.allSatisfy { field in other.fields.contains { field.includes($0) } }
            && headers.allSatisfy { field in other.headers.contains { field.includes($0) } }
            && states.allSatisfy { other.states.contains($0) }
    }

    private func wider<Value>(_ mine: Set<Value>, _ others: Set<Value>) -> Bool {
        mine.isEmpty || (!others.isEmpty && others.isSubset(of: mine))
    }

    private func covers<Value>(_ mine: [Value], _ others: [Value], _ includes: (Value, Value) -> Bool) -> Bool {
        mine.isEmpty || (!others.isEmpty && others.allSatisfy { other in mine.contains { includes($0, other) } })
    }
}

extension TextPattern {
    /// Every text that fits the other pattern fits this one, as far as that is plain to see.
    fileprivate func includes(_ other: TextPattern) -> Bool {
        if self == other { return true }
        guard case .exactly(let text) = other else { return false }
        switch self {
        case .exactly, .glob: return false
        case .prefix(let start): return text.hasPrefix(start)
        case .suffix(let end): return text.hasSuffix(end)
        case .contains(let part): return text.contains(part)
        }
    }
}

extension FieldCondition {
    fileprivate func includes(_ other: FieldCondition) -> Bool {
        guard name == other.name, isPresent == other.isPresent else { return false }
        guard isPresent, !patterns.isEmpty else { return true }
        return !other.patterns.isEmpty
            && other.patterns.allSatisfy { theirs in patterns.contains { $0.includes(theirs) } }
    }
}
