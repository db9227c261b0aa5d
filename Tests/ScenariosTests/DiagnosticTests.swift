import Scenarios
import Testing

/// A bad scenario, with marks where diagnostics are expected, in their order.
struct BadScenario: CustomTestStringConvertible, Sendable {
    var name: String
    var files: [String: String]
    var expected: [Expected]

    struct Expected: Sendable {
        var severity: Diagnostic.Severity
        var message: String
        var suggestion: String?
    }

    var testDescription: String { name }

    /// One diagnostic, in a scenario that extends the shipped one.
    init(
        _ name: String, _ text: String, _ message: String, suggestion: String? = nil,
        severity: Diagnostic.Severity = .error
    ) {
        self.init(
            name, files: ["main.yaml": "understudy: scenario/1\nname: bad\nextends: uat\n" + text],
            [Expected(severity: severity, message: message, suggestion: suggestion)])
    }

    init(_ name: String, files: [String: String], _ expected: [Expected]) {
        self.name = name
        self.files = files
        self.expected = expected
    }
}

@Suite("Diagnostics")
struct DiagnosticTests {
    @Test("are at the right place", arguments: BadScenarios.all)
    func place(_ bad: BadScenario) throws {
        let marked = bad.files.mapValues { MarkedText($0) }
        let outcome = Shipped.load(marked.mapValues(\.plain))
        let found = outcome.diagnostics
        try #require(found.count == bad.expected.count, "\(outcome.text)")
        var marks = marked.mapValues(\.marks)
        for (diagnostic, expected) in zip(found, bad.expected) {
            #expect(diagnostic.severity == expected.severity)
            #expect(diagnostic.message.contains(expected.message), "\(diagnostic)")
            #expect(diagnostic.suggestion == expected.suggestion, "\(diagnostic)")
            let mark = try #require(marks[diagnostic.file]?.first, "\(diagnostic)")
            marks[diagnostic.file]?.removeFirst()
            #expect(diagnostic.line == mark.line, "\(diagnostic)")
            #expect(diagnostic.column == mark.column, "\(diagnostic)")
            #expect(diagnostic.length == mark.length, "\(diagnostic)")
        }
        #expect(marks.values.allSatisfy { $0.isEmpty })
        #expect((outcome.behavior != nil) == !bad.expected.contains { $0.severity == .error })
    }

    @Test("there are many kinds")
    func kinds() { #expect(BadScenarios.all.count >= 60) }

    @Test("of one file come all at once")
    func together() throws {
        let marked = MarkedText(BadScenarios.tenMistakes)
        let found = Shipped.load(marked.plain).diagnostics
        #expect(found.map { MarkedText.Mark(line: $0.line, column: $0.column, length: $0.length) } == marked.marks)
        #expect(
            found.map(\.suggestion) == [
                "did you mean 'America/New_York'?", "did you mean '32s'?", "did you mean 'credentials'?",
                "did you mean 'FNOR'?", "did you mean 'true'?", "did you mean 'capture'?", "did you mean 'UAT'?",
                "did you mean 'insufficientFunds'?", "swap 'from' and 'through'", "did you mean '12.50'?",
            ])
    }

    @Test("look as in the style guide")
    func rendering() {
        let text = """
            understudy: scenario/1
            name: bad
            extends: uat
            rules:
              - when: { operation: captur }
                then: { approve: {} }
            """
        #expect(
            Shipped.load(text).text == """
                main.yaml:5:24: error: unknown operation 'captur'
                5 |   - when: { operation: captur }
                  |                        ^^^^^^ did you mean 'capture'?
                """)
    }

    @Test("mask card numbers and keep the columns")
    func masking() {
        let text = """
            understudy: scenario/1
            name: bad
            extends: uat
            rules:
              - when: { card: "\(BadScenarios.unpublishedNumber)", merchnt: "1" }
                then: { approve: {} }
              - when: { card: "4000056655665557 " }
                then: { approve: {} }
              - when: { order: "4000 0566 \(5566) 5556", x: 1 }
                then: { approve: {} }
            """
        let rendered = Shipped.load(text).text
        #expect(rendered.contains("card: \"••••••••••••5556\", merchnt: \"1\" }"))
        #expect(rendered.contains("found '••••••••••••5557 '"))
        #expect(rendered.contains("order: \"•••• •••• •••• 5556\""))
        #expect(!rendered.contains("400005665566"))
        #expect(!rendered.contains("4000 0566"))
        #expect(rendered.contains("the card number …5556 is not a published test number"))
    }

    @Test("cut long lines around the mistake")
    func longLines() {
        let members = (0..<100).map { "a\($0): b, " }.joined()
        let text = "understudy: scenario/1\nname: bad\nextends: uat\nclock: { \(members) zne: x }\nseeed: 1"
        let rendered = Shipped.load(text).text
        #expect(rendered.split(separator: "\n").allSatisfy { $0.count < 200 })
        #expect(rendered.contains("did you mean 'seed'?"))
        #expect(rendered.contains("did you mean 'zone'?"))
    }

    @Test("are no more than somebody can read")
    func bounded() {
        let rules = (0..<500).map { "  - when: { operation: captur\($0) }\n    then: { approve: }\n" }.joined()
        let found = Shipped.load("understudy: scenario/1\nname: bad\nextends: uat\nrules:\n" + rules).diagnostics
        #expect(found.count == 200)
    }

    @Test("tell of duplicate keys where the first one is")
    func notes() {
        let outcome = Shipped.load("understudy: scenario/1\nname: a\nextends: uat\nname: b")
        #expect(outcome.diagnostics.first?.notes.map(\.line) == [2])
        #expect(outcome.text.contains("main.yaml:2: note: the first one"))
    }
}
