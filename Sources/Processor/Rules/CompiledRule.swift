import Payments

/// A rule in the form in which it is matched.
struct CompiledRule: Sendable {
    let conditions: [RuleCondition]
    /// Nil when every number is welcome.
    let attempt: AttemptCondition?
    /// Nil when every request is meant.
    let perMillion: Int?

    init(_ rule: RuleConditions, fingerprint: (PrimaryAccountNumber) -> Fingerprint) {
        conditions = rule.compiled(fingerprint: fingerprint)
        attempt = rule.attempt.flatMap { $0.numbers.isEmpty ? nil : $0 }
        perMillion = rule.perMillion.flatMap { $0 >= SeededDraw.sides ? nil : $0 }
    }

    /// Whether the rule counts the requests that fulfil its other conditions.
    var isCounting: Bool { attempt != nil || perMillion != nil }

    /// Whether everything holds but what is counted.
    func holdsUncounted(for subject: RuleSubject, state: some RuleStateReading) -> Bool {
        conditions.allSatisfy { $0.holds(for: subject, state: state) }
    }

    /// The number of this request among those that are counted with it.
    ///
    /// Nil when the request lacks what is counted by: without an order id there is no second attempt for an order.
    func attemptNumber(
        rule: Int, of scope: AttemptCondition.Scope, for subject: RuleSubject, state: some RuleStateReading
    ) -> (counted: CountedAttempt, number: Int)? {
        guard let key = scope.key(of: subject) else { return nil }
        return (CountedAttempt(rule: rule, key: key), state.attempts(rule: rule, key: key) + 1)
    }

    /// The draw of this request, below a million. Each merchant draws from a row of its own, so that the traffic of
    /// others does not change what it gets.
    func draw(
        rule: Int, for subject: RuleSubject, state: some RuleStateReading, seed: UInt64
    ) -> (counted: CountedAttempt, drawn: Int) {
        let merchant = subject.merchant?.text ?? ""
        // Not the merchant id alone: that may be the key of the rule's attempts, which are counted beside.
        let key = "draw:\(merchant)"
        let number = state.attempts(rule: rule, key: key)
        return (
            CountedAttempt(rule: rule, key: key),
            SeededDraw.draw(seed: seed, rule: rule, merchant: merchant, number: number)
        )
    }

    /// Whether what is counted holds too; adds what has to be counted, whether it does or not.
    func holdsCounted(
        rule: Int, for subject: RuleSubject, state: some RuleStateReading, seed: UInt64,
        counting: inout [CountedAttempt]
    ) -> Bool {
        var holds = true
        if let attempt {
            if let (counted, number) = attemptNumber(rule: rule, of: attempt.scope, for: subject, state: state) {
                counting.append(counted)
                holds = attempt.numbers.contains { $0.contains(number) }
            } else {
                holds = false
            }
        }
        if let perMillion {
            let (counted, drawn) = draw(rule: rule, for: subject, state: state, seed: seed)
            counting.append(counted)
            holds = holds && drawn < perMillion
        }
        return holds
    }
}

extension AttemptCondition.Scope {
    /// What tells this request from others that are counted separately; nil when it has nothing of the kind.
    func key(of subject: RuleSubject) -> String? {
        switch self {
        case .world: ""
        case .merchant: subject.merchant?.text
        // The token may come later than the card, or differ from site to site; the fingerprint stays.
        case .card: subject.card?.fingerprint.hexText
        case .order: subject.orderID?.text
        case .transaction: subject.reference?.text
        }
    }
}

extension Fingerprint {
    /// 32 hexadecimal digits.
    var hexText: String { Self.hex(high) + Self.hex(low) }

    private static func hex(_ half: UInt64) -> String {
        let digits = String(half, radix: 16)
        return String(repeating: "0", count: 16 - digits.utf8.count) + digits
    }
}
