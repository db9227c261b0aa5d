import HashTreeCollections

/// What the rules of a scenario remember: attempts and named states.
package struct RuleMemory: Equatable, Sendable {
    private struct AttemptKey: Hashable, Sendable {
        let rule: Int
        let key: String
    }

    private var attempts: TreeDictionary<AttemptKey, Int> = [:]
    private var states: TreeDictionary<String, String> = [:]
    private var order = ForgettingOrder<AttemptKey>()
    /// At most this many counters are kept; the oldest are forgotten first.
    private let limit: Int

    package init(limit: Int = .max) { self.limit = limit }

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
        case .attempted(let rule, let key):
            let key = AttemptKey(rule: rule, key: key)
            let before = attempts[key]
            attempts[key] = (before ?? 0) + 1
            if before == nil { order.append(key) }
            while attempts.count > limit, let oldest = order.takeOldest() { attempts[oldest] = nil }
        case .stateSet(let name, let value): states[name] = value.isEmpty ? nil : value
        }
    }
}

package enum RuleEvent: Hashable, Sendable {
    case attempted(rule: Int, key: String)
    case stateSet(name: String, value: String)
}

extension RuleMemory: RuleStateReading {}
