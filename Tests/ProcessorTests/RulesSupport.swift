import Payments
import Processor
import PropertySupport

/// Published test numbers, and what requests know of them.
enum RulesCards {
    static let numbers = [
        "4111111111111111", "4788250000028291", "5454545454545454", "371449635398431", "6011000995500000",
    ].compactMap { PrimaryAccountNumber($0) }

    /// Not secret, but different for different numbers.
    static func fingerprint(_ number: PrimaryAccountNumber) -> Fingerprint {
        number.withClearDigits { digits in
            let high = digits.utf8.reduce(0 as UInt64) { $0 &* 31 &+ UInt64($1) }
            return Fingerprint(high: high, low: UInt64(digits.utf8.count))
        }
    }

    static func facts(_ place: Int, token: CardToken? = nil, brand: CardBrand? = nil) -> CardFacts {
        let number = numbers[place]
        return CardFacts(
            fingerprint: fingerprint(number), token: token, brand: brand, bin: number.bin, lastFour: number.lastFour)
    }
}

struct RulesWire: WireFacts {
    var fields: [String: String] = [:]
    var headers: [String: String] = [:]

    func field(_ name: String) -> String? { fields[name] }
    func header(_ name: String) -> String? {
        headers.first { $0.key.lowercased() == name.lowercased() }?.value
    }
}

/// Counters and states, changed as the books would change them.
struct RulesWorld: RuleStateReading {
    var counts: [CountedAttempt: Int] = [:]
    var states: [String: String] = [:]

    func attempts(rule: Int, key: String) -> Int { counts[CountedAttempt(rule: rule, key: key)] ?? 0 }
    func stateValue(_ name: String) -> String { states[name] ?? "" }

    mutating func record(_ counted: [CountedAttempt]) {
        for entry in counted { counts[entry, default: 0] += 1 }
    }
}

extension TestRandom {
    /// One to three of the values.
    mutating func some<Element>(_ values: [Element]) -> [Element] {
        (0..<Int.random(in: 1...3, using: &self)).map { _ in pick(values) }
    }
}

func rulesSubject(_ change: (inout RuleSubject) -> Void = { _ in }) -> RuleSubject {
    var subject = RuleSubject(
        service: "gateway", operation: "authorization", scope: SiteScope(site: "fts", environment: .uat),
        wire: NoWireFacts())
    change(&subject)
    return subject
}

func rulesConditions(_ change: (inout RuleConditions) -> Void) -> RuleConditions {
    var conditions = RuleConditions()
    change(&conditions)
    return conditions
}

func rulesRule(_ name: String = "rule", _ change: (inout RuleConditions) -> Void) -> Rule {
    Rule(name: name, conditions: rulesConditions(change), action: RuleAction(answer: .approve))
}

func rulesBook(_ rules: [Rule]) -> RuleBook { RuleBook(rules, fingerprint: RulesCards.fingerprint) }
