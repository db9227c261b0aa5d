import Payments
import Processor

/// The same rules, read from the first to the last without any preparation; written apart from the engine.
struct RulesNaive {
    let rules: [Rule]
    let seed: UInt64

    func firstMatch(_ subject: RuleSubject, _ world: RulesWorld) -> (winner: Int?, counted: [CountedAttempt]) {
        var counted: [CountedAttempt] = []
        for (place, rule) in rules.enumerated() where holds(rule.conditions, subject, world) {
            var wins = true
            if let attempt = rule.conditions.attempt, !attempt.numbers.isEmpty {
                let key: String? =
                    switch attempt.scope {
                    case .world: ""
                    case .merchant: subject.merchant?.text
                    case .card: subject.card.map { hex($0.fingerprint.high) + hex($0.fingerprint.low) }
                    case .order: subject.orderID?.text
                    case .transaction: subject.reference?.text
                    }
                if let key {
                    let entry = CountedAttempt(rule: place, key: key)
                    counted.append(entry)
                    let number = (world.counts[entry] ?? 0) + 1
                    wins = attempt.numbers.contains { $0 ~= number }
                } else {
                    wins = false
                }
            }
            if let share = rule.conditions.perMillion, share < 1_000_000 {
                let merchant = subject.merchant?.text ?? ""
                let entry = CountedAttempt(rule: place, key: "draw:" + merchant)
                counted.append(entry)
                if lot(place, merchant, world.counts[entry] ?? 0) >= share { wins = false }
            }
            if wins { return (place, counted) }
        }
        return (nil, counted)
    }

    private func hex(_ half: UInt64) -> String {
        stride(from: 60, through: 0, by: -4).map { String((half >> UInt64($0)) & 15, radix: 16) }.joined()
    }

    /// The draws are part of what a seed promises; so they stand here once more.
    private func lot(_ rule: Int, _ merchant: String, _ number: Int) -> UInt64 {
        func mix(_ value: UInt64) -> UInt64 {
            var z = value &+ 0x9E37_79B9_7F4A_7C15
            z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
            z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
            return z ^ (z >> 31)
        }
        var words: [UInt64] = [UInt64(rule)]
        words += merchant.utf8.map { UInt64($0) }
        words += [UInt64(merchant.utf8.count), UInt64(number)]
        let last = words.reduce(mix(seed)) { mix($0 ^ $1) }
        return (last.multipliedFullWidth(by: 1_000_000)).high
    }

    func holds(_ conditions: RuleConditions, _ subject: RuleSubject, _ world: RulesWorld) -> Bool {
        func within<Value: Hashable>(_ value: Value?, _ wanted: Set<Value>) -> Bool {
            wanted.isEmpty || (value != nil && wanted.contains(value!))
        }
        func fits(_ text: String?, _ patterns: [TextPattern]) -> Bool {
            patterns.isEmpty || (text != nil && patterns.contains { self.fits($0, text!) })
        }
        func fulfils(_ condition: FieldCondition, _ text: String?) -> Bool {
            condition.isPresent ? text != nil && fits(text, condition.patterns) : text == nil
        }
        let card = subject.card
        return within(subject.service, conditions.services) && within(subject.operation, conditions.operations)
            && within(subject.scope.site, conditions.sites)
            && within(subject.scope.environment, conditions.environments)
            && within(subject.merchant, conditions.merchants) && within(subject.processor, conditions.processors)
            && within(card?.fingerprint, Set(conditions.cards.map(RulesCards.fingerprint)))
            && within(card?.token, conditions.tokens) && within(card?.brand, conditions.brands)
            && (conditions.bins.isEmpty
                || conditions.bins.contains { card?.bin.digits.hasPrefix($0.digits) ?? false })
            && within(card?.lastFour, conditions.lastFours)
            && (conditions.amounts.isEmpty
                || conditions.amounts.contains { $0.contains(subject.amount ?? 0) && subject.amount != nil })
            && within(subject.currency, conditions.currencies) && fits(subject.postalCode, conditions.postalCodes)
            && fits(subject.orderID?.text, conditions.orderIDs) && fits(subject.cardholder, conditions.cardholders)
            && within(subject.entryMode, conditions.entryModes)
            && conditions.fields.allSatisfy { fulfils($0, subject.wire.field($0.name)) }
            && conditions.headers.allSatisfy { fulfils($0, subject.wire.header($0.name)) }
            && conditions.states.allSatisfy { (world.states[$0.name] ?? "") == $0.value }
    }

    private func fits(_ pattern: TextPattern, _ text: String) -> Bool {
        switch pattern {
        case .exactly(let other): text == other
        case .prefix(let head): text.hasPrefix(head)
        case .suffix(let tail): text.hasSuffix(tail)
        case .contains(let part): RulesPatternTests.naive(Array("*\(part)*")[...], Array(text)[...])
        case .glob(let glob): RulesPatternTests.naive(Array(glob)[...], Array(text)[...])
        }
    }
}
