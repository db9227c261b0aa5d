import Payments
import Processor
import PropertySupport

/// Random rules and requests out of few values, so that they meet often.
extension TestRandom {
    private static let texts = ["", "a", "b", "ab", "abc", "ba", "bab", "caba", "abcabc"]
    private static let names = ["x", "y"]

    mutating func pattern() -> TextPattern {
        let text = pick(Self.texts)
        switch Int.random(in: 0..<6, using: &self) {
        case 0, 1: return .exactly(text)
        case 2: return .prefix(text)
        case 3: return .suffix(text)
        case 4: return .contains(text)
        default:
            return .glob((0..<Int.random(in: 0...5, using: &self)).map { _ in pick(["a", "b", "*", "?"]) }.joined())
        }
    }

    mutating func patterns() -> [TextPattern] { (0..<Int.random(in: 1...2, using: &self)).map { _ in pattern() } }

    mutating func range() -> ClosedRange<Int64> {
        if chance(1, of: 20) { return pick([0...Int64.max, Int64.min...3, Int64.min...Int64.max]) }
        let low = Int64.random(in: -2...12, using: &self)
        return low...(low + Int64.random(in: 0...pick([0, 2, 12]), using: &self))
    }

    mutating func field() -> FieldCondition {
        FieldCondition(
            name: pick(Self.names), patterns: chance(2, of: 3) ? patterns() : [], isPresent: chance(4, of: 5))
    }

    /// Few conditions, so that many rules hold; with counting ones or without.
    mutating func conditions(counting: Bool = true) -> RuleConditions {
        var rule = RuleConditions()
        let kinds = chance(1, of: 40) ? 0 : Int.random(in: 1...4, using: &self)
        for _ in 0..<kinds {
            switch Int.random(in: 0..<19, using: &self) {
            case 0: rule.services = Set(some(["gateway", "vault"]))
            case 1: rule.operations = Set(some(["authorization", "capture", "void"]))
            case 2: rule.sites = Set(some(["fts", "abc"]))
            case 3: rule.environments = Set(some(Environment.allCases))
            case 4: rule.merchants = Set(some(["1", "2", "3"]))
            case 5: rule.processors = Set(some(["FNOR", "RPCT"]))
            case 6: rule.cards = some(RulesCards.numbers)
            case 7: rule.tokens = Set(some(["t0", "t1", "t2"]))
            case 8: rule.brands = Set(some(["Visa", "Mastercard"]))
            case 9: rule.bins = some(["", "4", "41", "411111", "478825", "5", "37", "8"]).map { BIN($0) }
            case 10: rule.lastFours = Set(some(RulesCards.numbers.map(\.lastFour)))
            case 11, 12: rule.amounts = (0..<Int.random(in: 1...3, using: &self)).map { _ in range() }
            case 13: rule.currencies = Set(some(["USD", "CAD"]))
            case 14: rule.postalCodes = patterns()
            case 15: rule.orderIDs = patterns()
            case 16: rule.cardholders = patterns()
            case 17: rule.entryModes = Set(some([.keyed, .chip, .eCommerce]))
            default:
                if chance(1, of: 2) { rule.fields.append(field()) } else { rule.headers.append(field()) }
                if chance(1, of: 3) { rule.fields.append(field()) }
            }
        }
        if chance(1, of: 6) {
            rule.states = some(["", "1", "2"]).map { StateValue(name: pick(Self.names), value: $0) }
        }
        if counting, chance(1, of: 4) {
            let low = Int.random(in: -1...3, using: &self)
            rule.attempt = AttemptCondition(
                numbers: chance(1, of: 10) ? [] : [low...(low + Int.random(in: 0...2, using: &self))],
                scope: pick(AttemptCondition.Scope.allCases))
        }
        if counting, chance(1, of: 6) { rule.perMillion = pick([0, 100_000, 500_000, 1_000_000]) }
        return rule
    }

    mutating func rules(upTo most: Int, counting: Bool = true) -> [Rule] {
        (0..<Int.random(in: 0...most, using: &self)).map { place in
            Rule(name: "rules[\(place)]", conditions: conditions(counting: counting), action: RuleAction())
        }
    }

    private mutating func maybe<Value>(_ values: [Value]) -> Value? { chance(1, of: 5) ? nil : pick(values) }

    mutating func subject() -> RuleSubject {
        var wire = RulesWire()
        for name in Self.names {
            wire.fields[name] = maybe(Self.texts)
            wire.headers[name] = maybe(Self.texts)
        }
        var subject = RuleSubject(
            service: pick(["gateway", "vault"]), operation: pick(["authorization", "capture", "void"]),
            scope: SiteScope(site: pick(["fts", "abc"]), environment: pick(Environment.allCases)), wire: wire)
        subject.merchant = maybe(["1", "2", "3"])
        subject.processor = maybe(["FNOR", "RPCT"])
        let place = Int.random(in: 0..<RulesCards.numbers.count, using: &self)
        subject.card =
            chance(1, of: 5)
            ? nil : RulesCards.facts(place, token: maybe(["t0", "t1", "t2"]), brand: maybe(["Visa", "Mastercard"]))
        subject.amount = chance(1, of: 20) ? pick([.min, .max]) : maybe(Array(-3...26))
        subject.currency = maybe(["USD", "CAD"])
        subject.postalCode = maybe(Self.texts)
        subject.orderID = maybe(Self.texts).map { OrderID($0) }
        subject.cardholder = maybe(Self.texts)
        subject.entryMode = maybe([.keyed, .chip, .eCommerce])
        subject.reference = maybe(["1", "2"])
        return subject
    }

    mutating func states() -> [String: String] {
        var states: [String: String] = [:]
        for name in Self.names where chance(2, of: 3) { states[name] = pick(["", "1", "2"]) }
        return states
    }
}
