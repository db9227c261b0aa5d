/// The rules of a scenario, compiled so that ten thousand of them cost about what ten cost.
package struct RuleBook: Sendable {
    package let rules: [Rule]

    package init(_ rules: [Rule]) { self.rules = rules }
}
