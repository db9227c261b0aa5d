/// What rules need to know of a world beyond the request. The books conform.
package protocol RuleStateReading {
    /// How many requests have been counted for a rule under a key; 0 when none has.
    func attempts(rule: Int, key: String) -> Int

    /// The value of a named state; `""` when it has never been set.
    func stateValue(_ name: String) -> String
}

/// A world in which nothing has happened yet.
package struct NoRuleState: RuleStateReading, Sendable {
    package init() {}
    package func attempts(rule: Int, key: String) -> Int { 0 }
    package func stateValue(_ name: String) -> String { "" }
}

/// One request that a rule counts: recorded as an event, it raises ``RuleStateReading/attempts(rule:key:)`` by one.
package struct CountedAttempt: Hashable, Sendable {
    /// The place of the rule in its ``RuleBook``.
    package let rule: Int
    /// What is counted separately: an opaque text, never a card number.
    package let key: String

    package init(rule: Int, key: String) {
        self.rule = rule
        self.key = key
    }
}

/// What a look into the rules gave: the rule that decides, if any, and what has to be counted either way.
package struct RuleMatch: Sendable {
    /// The first rule whose conditions all hold.
    package struct Winner: Sendable {
        /// The place of the rule in its ``RuleBook``.
        package let index: Int
        package let name: String
        package let action: RuleAction
        package let source: SourceLine?
    }

    package let winner: Winner?
    /// In rule order. Each rule up to the winner that counts requests and whose other conditions hold is in here, also
    /// when its number or its draw was not the right one.
    package let counted: [CountedAttempt]

    package static let none = RuleMatch(winner: nil, counted: [])
}
