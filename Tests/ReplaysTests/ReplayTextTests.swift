import JSON
import Replays
import Testing

@Suite struct ReplayTextTests {
    struct Row: Sendable, CustomTestStringConvertible {
        let pattern: String
        let text: String
        /// Names and what they stand for; nil: the text does not fit.
        let bound: [String: String]?
        var testDescription: String { "\(pattern) / \(text)" }

        init(_ pattern: String, _ text: String, _ bound: [String: String]? = [:]) {
            self.pattern = pattern
            self.text = text
            self.bound = bound
        }
    }

    @Test(arguments: [
        Row("abc", "abc"), Row("abc", "abd", nil), Row("", ""), Row("", "a", nil),
        Row("${any}", ""), Row("${any}", "x"), Row("a${any}c", "abbc"), Row("a${any}c", "abb", nil),
        Row("${digits}", "123"), Row("${digits}", "", nil), Row("${digits}", "12a", nil), Row("${digits:3}", "123"),
        Row("${digits:3}", "1234", nil), Row("${digits:1-3}", "12"), Row("${digits:1-3}", "1234", nil),
        Row("${digits:2-}", "12345"), Row("${digits:0-}", ""), Row("${letters}", "aZ"), Row("${letters}", "a1", nil),
        Row("${upper:2}", "AZ"), Row("${upper:2}", "Az", nil), Row("${lower}", "az"), Row("${alnum}", "a1Z"),
        Row("${hex:4}", "09aF"), Row("${hex:4}", "09ag", nil), Row("${digits}", "١٢٣", nil),
        Row("${glob:PPS*}", "PPS123"), Row("${glob:PPS*}", "PS", nil), Row("${glob:?a*c*}", "bac"),
        Row("${glob:*a*b}", "aaab"), Row("${glob:*a*b}", "aaabc", nil), Row("${glob:}", ""),
        Row("${one:a|bc|}", "bc"), Row("${one:a|bc|}", ""), Row("${one:a|bc}", "b", nil),
        Row("${a}", "x", ["a": "x"]), Row("${a=digits:2}${b}", "123", ["a": "12", "b": "3"]),
        Row("${a}-${a}", "x-x", ["a": "x"]), Row("${a}-${a}", "x-y", nil),
        Row("${a}-${b}", "1-2-3", ["a": "1-2", "b": "3"]), Row("${a=glob:?}${b=digits}", "a12", ["a": "a", "b": "12"]),
        Row("$${a}", "${a}"), Row("$a ${b}", "$a 1", ["b": "1"]), Row("é${any}", "éx"),
        Row("${string}", "a"), Row("${number}", "1", nil), Row("${absent}", "", nil),
    ])
    func matching(_ row: Row) throws {
        let pattern = try ReplayText(reading: row.pattern)
        var bindings = ReplayBindings()
        #expect(pattern.matches(row.text, &bindings) == (row.bound != nil))
        var expected = ReplayBindings()
        for (name, value) in row.bound ?? [:] { expected[name] = value }
        #expect(bindings == expected)
    }

    @Test func boundNamesHaveToFitAgain() throws {
        let pattern = try ReplayText(reading: "${a=digits}!")
        var bindings = ReplayBindings()
        bindings["a"] = "12"
        #expect(pattern.matches("12!", &bindings))
        #expect(!pattern.matches("13!", &bindings))
        bindings["a"] = "x"
        #expect(!pattern.matches("x!", &bindings))
    }

    @Test func filling() throws {
        let text = try ReplayText(reading: "/${a}/$${b}/${c}")
        var bindings = ReplayBindings()
        bindings["a"] = "1 2"
        #expect(text.filled(bindings) == nil)
        bindings["c"] = ""
        #expect(text.filled(bindings) == "/1 2/${b}/")
        #expect(text.filled(bindings) { $0.uppercased() + "!" } == "/1 2!/${b}/!")
    }

    struct Pattern: Sendable, CustomTestStringConvertible {
        let pattern: String
        let document: String
        let differences: [String]
        let extra: Bool
        var testDescription: String { "\(pattern) / \(document)" }

        init(_ pattern: String, _ document: String, _ differences: String..., extra: Bool = false) {
            self.pattern = pattern
            self.document = document
            self.differences = differences
            self.extra = extra
        }
    }

    @Test(arguments: [
        Pattern(#"{"a":1,"b":"x"}"#, #"{"b":"x","a":1}"#),
        Pattern(#"{"a":1}"#, #"{"a":1,"b":2}"#, "b: expected no such member, got 2"),
        Pattern(#"{"a":1}"#, #"{"a":1,"b":2}"#, extra: true),
        Pattern(#"{"a":1}"#, #"{}"#, "a: expected 1, got no such member"),
        Pattern(#"{"a":1}"#, #"{"a":"1"}"#, #"a: expected 1, got "1""#),
        Pattern(#"{"a":1.0}"#, #"{"a":1.00}"#, "a: expected 1.0, got 1.00"),
        Pattern(#"{"a":null}"#, #"{"a":null}"#),
        Pattern(#"{"a":null}"#, #"{}"#, "a: expected null, got no such member"),
        Pattern(#"{"a":{"b":[1,2]}}"#, #"{"a":{"b":[1,3]}}"#, "a.b[1]: expected 2, got 3"),
        Pattern(#"[1,2]"#, #"[2,1]"#, "[0]: expected 1, got 2", "[1]: expected 2, got 1"),
        Pattern(#"[1,2]"#, #"[1]"#, "body: expected 2 elements, got 1 element"),
        Pattern(#"{"a":[{"b":1}]}"#, #"{"a":[{"b":1,"c":2}]}"#, extra: true),
        Pattern(#"{"a":{}}"#, #"{"a":[]}"#, "a: expected {}, got []"),
        Pattern(#"{"a":${any}}"#, #"{"a":{"x":[1]}}"#),
        Pattern(#"{"a":${any}}"#, #"{}"#, "a: expected ${any}, got no such member"),
        Pattern(#"{"a":${absent}}"#, #"{}"#),
        Pattern(#"{"a":${absent}}"#, #"{"a":null}"#, "a: expected ${absent}, got null"),
        Pattern(#"{"a":${digits:2}}"#, #"{"a":12}"#),
        Pattern(#"{"a":${digits:2}}"#, #"{"a":"12"}"#),
        Pattern(#"{"a":"${digits:2}"}"#, #"{"a":12}"#, #"a: expected "${digits:2}", got 12"#),
        Pattern(#"{"a":${number}}"#, #"{"a":12}"#),
        Pattern(#"{"a":${number}}"#, #"{"a":"12"}"#, #"a: expected ${number}, got "12""#),
        Pattern(#"{"a":${string},"b":${boolean},"c":${array},"d":${object}}"#, #"{"a":"","b":true,"c":[],"d":{}}"#),
        Pattern(#"{"a":"${x}","b":"${x}"}"#, #"{"a":"1","b":"1"}"#),
        Pattern(#"{"a":"${x}","b":"${x}"}"#, #"{"a":"1","b":"2"}"#, #"b: expected "1", got "2""#),
        Pattern(#"{"a":"\"${x}\\"}"#, #"{"a":"\"q\\"}"#),
        Pattern(#"${any}"#, #"[1]"#),
        Pattern(#"{"a":"A","a b":"é"}"#, #"{"a b":"\u00e9","a":"\u0041"}"#),
    ])
    func patterns(_ row: Pattern) throws {
        let pattern = try ReplayPattern(reading: row.pattern)
        var bindings = ReplayBindings()
        let found = pattern.differences(
            from: try JSONValue(parsing: row.document), allowsExtraMembers: row.extra, &bindings)
        #expect(found.map(\.description) == row.differences)
    }

    @Test func valuesAreTakenAlthoughSomethingDiffers() throws {
        let pattern = try ReplayPattern(reading: #"{"a":1,"b":"${b}","c":${c}}"#)
        var bindings = ReplayBindings()
        let document = try JSONValue(parsing: #"{"a":2,"b":"x","c":[1]}"#)
        #expect(pattern.differences(from: document, allowsExtraMembers: false, &bindings).count == 1)
        #expect(bindings["b"] == "x" && bindings["c"] == "[1]")
    }

    struct DurationRow: Sendable, CustomTestStringConvertible {
        let text: String
        let written: String?
        var testDescription: String { text }
        init(_ text: String, _ written: String?) {
            self.text = text
            self.written = written
        }
    }

    @Test(arguments: [
        DurationRow("32s", "32s"), DurationRow("1d12h", "1d12h"), DurationRow("90s", "1m30s"),
        DurationRow("1500ms", "1s500ms"),
        DurationRow("0s", "0s"),
        DurationRow("1h1d", nil), DurationRow("5", nil), DurationRow("s", nil), DurationRow("", nil),
        DurationRow("-1s", nil),
        DurationRow("1 s", nil),
        DurationRow("999999999999999d", nil),
    ])
    func durations(_ row: DurationRow) {
        #expect(ReplayDuration.read(row.text).map { ReplayDuration.write($0) } == row.written)
    }

    @Test func credentials() {
        #expect(ReplayCredentials.encoded("Basic testing:testing123") == "Basic dGVzdGluZzp0ZXN0aW5nMTIz")
        #expect(ReplayCredentials.encoded("Basic dGVzdGluZzp0ZXN0aW5nMTIz") == "Basic dGVzdGluZzp0ZXN0aW5nMTIz")
        #expect(ReplayCredentials.encoded("Bearer a:b") == "Bearer a:b")
        #expect(ReplayCredentials.basic("a:b") == "Basic YTpi" && ReplayCredentials.basic("a:") == "Basic YTo=")
        #expect(ReplayCredentials.basic("é:é") == "Basic w6k6w6k=")
    }
}
