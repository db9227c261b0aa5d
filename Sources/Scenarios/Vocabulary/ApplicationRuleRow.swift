import Payments
import Processor

/// A row of `copilot/rules.csv`: when members are so, another one has to be so.
struct ApplicationRuleRow {
    var paths: [String] = []
    var tests: [ApplicationRule.Test] = []
    var then: [String] = []
    var wanted: ApplicationRule.Test?

    var rule: ApplicationRule? {
        guard let wanted else { return nil }
        var rule = ApplicationRule()
        rule.conditions = zip(paths, tests).map { ApplicationRule.Condition(path: $0, test: $1) }
        rule.paths = then
        rule.wanted = wanted
        return rule
    }

    static let table = Table<ApplicationRuleRow>(
        "a table of rules across members",
        [
            Column(text: "when", "the path of a member") { $1.paths.append($0) },
            Column("is", .memberTest, "what it has to be for the rule to count") { $1.tests.append($0) },
            Column(text: "and", "the path of another member") { $1.paths.append($0) },
            Column("also", .memberTest, "what that one has to be") { $1.tests.append($0) },
            Column(text: "then", required: true, "the paths of members, with blanks between") {
                $1.then = $0.split(separator: " ").map { String($0) }
            },
            Column("wants", .memberTest, required: true, "what they have to be") { $1.wanted = $0 },
        ]
    ) { _ in ApplicationRuleRow() }
}

extension Reader where Value == ApplicationRule.Test {
    private static let meaning = "'set', 'absent', '> 0', 'total 100', or values such as A|B"

    static let memberTest = Reader<String>.name(meaning).then { text, node, reading in
        switch text {
        case "set": return ApplicationRule.Test.set
        case "absent": return .absent
        default: break
        }
        func number(behind word: String) -> Int?? {
            text.hasPrefix(word) ? .some(Int(text.dropFirst(word.count))) : nil
        }
        if let bound = number(behind: "> ") {
            return bound.map { .moreThan($0) } ?? reading.expected(meaning, at: node)
        }
        if let sum = number(behind: "total ") {
            return sum.map { .total($0) } ?? reading.expected(meaning, at: node)
        }
        return .oneOf(text.split(separator: "|").map { String($0) })
    }
}
