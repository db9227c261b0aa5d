import HashTreeCollections

/// What the rules of a scenario remember: attempts and named states.
package struct RuleMemory: Equatable, Sendable {
    private struct AttemptKey: Hashable, Sendable {
        let rule: Int
        let key: String
    }

    private var attempts: TreeDictionary<AttemptKey, Int> = [:]
    private var states: TreeDictionary<String, String> = [:]

    package init() {}

    /// How often the rule's other conditions held for this key.
    package func attempts(rule: Int, key: String) -> Int {
        attempts[AttemptKey(rule: rule, key: key)] ?? 0
    }

    /// Empty when it was never set.
    package func stateValue(_ name: String) -> String { states[name] ?? "" }

    package var allStates: [(name: String, value: String)] {
        states.map { ($0.key, $0.value) }.sorted { $0.name < $1.name }
    }

    mutating func apply(_ event: RuleEvent) {
        switch event {
        case .attempted(let rule, let key): attempts[AttemptKey(rule: rule, key: key), default: 0] += 1
        case .stateSet(let name, let value): states[name] = value.isEmpty ? nil : value
        }
    }
}

package enum RuleEvent: Hashable, Sendable {
    case attempted(rule: Int, key: String)
    case stateSet(name: String, value: String)
}

extension RuleMemory: RuleStateReading {}
