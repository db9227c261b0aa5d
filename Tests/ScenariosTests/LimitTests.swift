import Processor
import Scenarios
import Testing

@Suite("Limits")
struct LimitTests {
    private let head = "understudy: scenario/1\nname: x\nextends: uat\n"

    /// A text of a size, with a limit: at the limit it loads, one past it does not.
    struct Row: CustomTestStringConvertible, Sendable {
        var name: String
        var message: String
        var limit: @Sendable (inout ScenarioLimits) -> Void
        var fits: [String: String]
        var exceeds: [String: String]

        var testDescription: String { name }
    }

    private static let head = "understudy: scenario/1\nname: x\n"
    private static let codes = "processor,code,status,text\n"

    private static func table(_ text: String) -> [String: String] {
        ["main.yaml": head + "responseCodes: t.csv\n", "t.csv": text]
    }

    static let rows = [
        Row(
            name: "YAML bytes", message: "more than 40 bytes", limit: { $0.yamlBytes = 40 },
            fits: ["main.yaml": head + "# 789012\n"], exceeds: ["main.yaml": head + "# 7890123\n"]),
        Row(
            name: "YAML nodes", message: "more than 13 values", limit: { $0.yamlNodes = 13 },
            fits: ["main.yaml": head + "rules: []\nsites: []\nlimits: {worlds: 3}"],
            exceeds: ["main.yaml": head + "rules: []\nsites: []\nlimits: {worlds: 3, tokens: 3}"]),
        Row(
            name: "YAML depth", message: "more than 5 levels", limit: { $0.yamlDepth = 5 },
            fits: ["main.yaml": head + "rules: [{ then: { set: { } } }]"],
            exceeds: ["main.yaml": head + "rules: [{ then: { set: { a: b } } }]"]),
        Row(
            name: "CSV bytes", message: "more than 50 bytes", limit: { $0.csvBytes = 50 },
            fits: table(codes + "A,00,approved,12345678\n"), exceeds: table(codes + "A,00,approved,123456789\n")),
        Row(
            name: "CSV rows", message: "more than 2 rows", limit: { $0.csvRows = 2 },
            fits: table(codes + "A,0,approved,x\nA,1,approved,x\n"),
            exceeds: table(codes + "A,0,approved,x\nA,1,approved,x\nA,2,approved,x\n")),
        Row(
            name: "CSV columns", message: "more than 4 columns", limit: { $0.csvColumns = 4 },
            fits: table(codes), exceeds: table("processor,code,status,text,note\n")),
        Row(
            name: "files", message: "at most 2 files", limit: { $0.files = 2 },
            fits: ["main.yaml": head + "include: [a.yaml]", "a.yaml": "understudy: scenario/1"],
            exceeds: [
                "main.yaml": head + "include: [a.yaml, b.yaml]", "a.yaml": "understudy: scenario/1",
                "b.yaml": "understudy: scenario/1",
            ]),
        Row(
            name: "depth of files", message: "more than 2 files inside each other", limit: { $0.fileDepth = 2 },
            fits: ["main.yaml": head + "include: [a.yaml]", "a.yaml": "understudy: scenario/1"],
            exceeds: [
                "main.yaml": head + "include: [a.yaml]", "a.yaml": "understudy: scenario/1\ninclude: [b.yaml]",
                "b.yaml": "understudy: scenario/1",
            ]),
    ]

    @Test("hold at the limit and one past it", arguments: rows)
    func limit(_ row: Row) {
        var limits = ScenarioLimits()
        row.limit(&limits)
        let fitting = Shipped.load(row.fits, limits: limits)
        #expect(fitting.behavior != nil, "\(fitting.text)")
        let exceeding = Shipped.load(row.exceeds, limits: limits)
        #expect(exceeding.behavior == nil)
        #expect(exceeding.text.contains(row.message), "\(exceeding.text)")
    }

    @Test("stop aliases that stand for billions of values")
    func aliasBomb() {
        var text = head + "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n"
        for level in 1...12 {
            let items = Array(repeating: "*a\(level - 1)", count: 10).joined(separator: ", ")
            text += "a\(level): &a\(level) [\(items)]\n"
        }
        let found = Shipped.load(text).diagnostics
        #expect(found.count == 1)
        #expect(found.first?.message.contains("aliases counted with all they stand for") == true)
    }

    @Test("stop aliases that nest too deep")
    func aliasDepth() {
        var text = head + "a0: &a0 [x]\n"
        for level in 1...60 { text += "a\(level): &a\(level) [*a\(level - 1)]\n" }
        #expect(Shipped.load(text).diagnostics.first?.message.contains("levels inside each other") == true)
    }

    @Test("make deep nesting a diagnostic")
    func deepNesting() {
        for bracket in ["[", "{a: ", "- ", "? "] {
            let text = head + "rules:\n  " + String(repeating: bracket, count: 5000)
            #expect(Shipped.load(text).diagnostics.count == 1)
        }
    }

    @Test("keep the diagnostics of a large bad file few")
    func manyMistakes() {
        let rows = (0..<20_000).map { "A,\($0),wrong,x\nA,\($0)\n" }.joined()
        let table = Shipped.load(Self.table(Self.codes + rows))
        #expect(table.behavior == nil && table.diagnostics.count == 200)
        let keys = (0..<20_000).map { _ in "k: !!int 1\n" }.joined()
        #expect(Shipped.load(Self.head + keys).diagnostics.count == 200)
    }

    @Test("let a file be included by many, once")
    func diamonds() throws {
        var texts = ["main.yaml": head + "include: [f0.yaml, f0.yaml, f1.yaml]\n"]
        for number in 0..<12 {
            texts["f\(number).yaml"] =
                "understudy: scenario/1\ninclude: [f\(number + 1).yaml, f\(number + 1).yaml]\n"
        }
        texts["f12.yaml"] = "understudy: scenario/1\nrules: [{ when: { order: z }, then: { approve: } }]\n"
        let behavior = try #require(Shipped.load(texts).behavior)
        #expect(behavior.rules.rules.count == 1)
    }
}
