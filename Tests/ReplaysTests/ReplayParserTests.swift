import Payments
import Replays
import Testing

@Suite struct ReplayParserTests {
    @Test func wholeFile() throws {
        let replay = try ReplayParser.parse(
            """
            # A session. scenario: this is a comment
            # scenario: uat
            # seed: 7
            # clock: 2030-01-02T10:00:00-05:00
            # provenance: documented (guide, "auth")
            # define: mid = 1234
            > Host: fts-uat.cardconnect.com
            > Authorization: Basic testing:testing123
            < Content-Type: application/json

            ## approval
            # provenance: observed (a recording)
            # compare: contains
            > PUT /cardconnect/rest/auth
            > X-Trace: 1
            {"merchid":"${mid}",

             "amount":"1.00"}
            < 200 ${absent}
            < after: 1m2s
            < Content-Type: text/html
            {"retref":"${retref=digits:12}", "token": ${absent}}

            @ clock +1d
            @ settle
            > GET /cardconnect/rest/inquire/${retref}/${mid}
            < 404
            < delivery: truncated
            \\# no comment
            <h1>${any}</h1>
            """, path: "a.replay")
        #expect(replay.setup.scenario == "uat")
        #expect(replay.setup.seed == 7)
        #expect(replay.setup.clock == InstantText.read("2030-01-02T15:00:00Z"))
        #expect(replay.setup.effectiveClockMode == .frozen)
        #expect(
            replay.steps.map(\.title) == [
                "approval", "@ clock +1d", "@ settle", "GET /cardconnect/rest/inquire/${retref}/${mid}",
            ])
        #expect(replay.steps.map(\.line) == [14, 24, 25, 26])
        #expect(replay.steps.map(\.provenance?.kind) == [.observed, .documented, .documented, .documented])
        guard case .exchange(let first) = replay.steps[0].action, case .exchange(let last) = replay.steps[3].action,
            case .control(.moveClock(.seconds(86_400))) = replay.steps[1].action,
            case .control(.settle) = replay.steps[2].action
        else {
            Issue.record("the steps are of other kinds")
            return
        }
        #expect(first.headers.map(\.name) == ["Host", "Authorization", "X-Trace"])
        #expect(first.body?.shown(ReplayBindings()) == "{\"merchid\":\"${mid}\",\n\n \"amount\":\"1.00\"}")
        #expect(first.expectation.headers.map(\.value.literal) == ["text/html"])
        #expect(first.expectation.delay == .exactly(.seconds(62)))
        guard case .answer(200, .absent) = first.expectation.arrival,
            case .json(let pattern, extraMembers: true) = first.expectation.body
        else {
            Issue.record("the answer is of another kind")
            return
        }
        #expect(pattern.names == ["retref"])
        #expect(last.expectation.isTruncated && last.body == nil)
        guard case .text(let text) = last.expectation.body else {
            Issue.record("the body is of another kind")
            return
        }
        #expect(text.shown(ReplayBindings()) == "# no comment\n<h1>${any}</h1>")
    }

    @Test func inlineBodies() throws {
        let replay = try ReplayParser.parse(
            "> PUT /auth {\"a\":1}\n< 200 {\"b\":\"${x}\"}\n> PUT /b [\"${x}\"]\n< dropped\n", path: "a")
        guard case .exchange(let first) = replay.steps[0].action, case .exchange(let second) = replay.steps[1].action
        else {
            Issue.record("two requests are expected")
            return
        }
        #expect(first.body?.literal == "{\"a\":1}")
        #expect(second.body?.shown(ReplayBindings()) == "[\"${x}\"]")
        guard case .dropped = second.expectation.arrival else {
            Issue.record("the second one is dropped")
            return
        }
    }

    @Test func definitionsFromOutsideWin() throws {
        let text = "# define: mid = 1\n# define: other = 2\n> GET /${mid}/${other}\n< 200\n"
        let replay = try ReplayParser.parse(
            text, path: "a", definitions: [ReplayDefinition(name: "mid", value: "9")])
        #expect(replay.setup.definitions.map(\.value) == ["9", "2"])
    }

    @Test func ownHeadersReplaceDefaults() throws {
        let replay = try ReplayParser.parse(
            "> Accept: a\n> X: 1\n> GET /\n> accept: b\n> x: ${absent}\n< 200\n", path: "a")
        guard case .exchange(let exchange) = replay.steps[0].action else {
            Issue.record("a request is expected")
            return
        }
        #expect(
            exchange.headers.map { "\($0.name)=\($0.value.shown(ReplayBindings()))" } == ["accept=b", "x=${absent}"])
    }

    struct Mistake: Sendable, CustomTestStringConvertible {
        let name: String
        let text: String
        /// `line:column message`, of which the message may be only the beginning.
        let expected: [String]
        var testDescription: String { name }

        init(_ name: String, _ text: String, _ expected: String...) {
            self.name = name
            self.text = text
            self.expected = expected
        }
    }

    @Test(arguments: [
        Mistake("nothing", "", "1:1 there is no step"),
        Mistake("only comments", "# Hello\n", "1:1 there is no step"),
        Mistake("no answer", "> GET /a\n> GET /b\n< 200\n", "1:1 the request has no expected answer"),
        Mistake("title alone", "## a\n## b\n> GET /\n< 200\n", "1:1 a title without a step"),
        Mistake("empty title", "##\n> GET /\n< 200\n", "1:1 a title says something"),
        Mistake("answer alone", "< 200\n", "1:3 an answer without a request"),
        Mistake("second answer", "> GET /\n< 200\n< 404\n", "3:3 the step has an answer already"),
        Mistake("no status", "> GET /\n< OK\n", "2:3 an answer is a status"),
        Mistake("odd status", "> GET /\n< 99\n", "2:3 an answer is a status"),
        Mistake(
            "misspelled", "> GET /\n< droped\n",
            "2:3 an answer is a status from 100 to 599, 'dropped' or 'reset' | did you mean 'dropped'?"),
        Mistake("no method", "> /auth\n< 200\n", "1:3 a request is '> METHOD /path'"),
        Mistake("relative path", "> GET auth\n< 200\n", "1:7 a path begins with '/'"),
        Mistake("raw body behind the path", "> GET /a b\n< 200\n", "1:10 only JSON may stand behind the path"),
        Mistake("missing blank", "> GET /\n<200\n< 200\n", "2:1 a blank is missing behind '<'"),
        Mistake("missing blank in a request", ">GET /\n> GET /\n< 200\n", "1:1 a blank is missing behind '>'"),
        Mistake("text outside", "hello\n> GET /\n< 200\n", "1:1 text outside of a step"),
        Mistake("field below the body", "> GET /\nbody\n> A: b\n< 200\n", "3:3 a header field stands right below"),
        Mistake("answer field below the body", "> GET /\n< 200\nbody\n< A: b\n", "4:3 a header field stands above"),
        Mistake("field name", "> GET /\n> a(b: c\n< 200\n", "2:3 this is no name of a header field"),
        Mistake(
            "unknown directive", "# sed: 7\n> GET /\n< 200\n", "1:3 there is no directive 'sed' | did you mean 'seed'?"),
        Mistake("twice", "# seed: 7\n# seed: 8\n> GET /\n< 200\n", "2:3 'seed' is given twice"),
        Mistake("no value", "# seed:\n> GET /\n< 200\n", "1:3 'seed' needs a value"),
        Mistake("bad seed", "# seed: -1\n> GET /\n< 200\n", "1:9 a seed is a whole number"),
        Mistake("bad clock", "# clock: 2030-02-30T00:00:00Z\n> GET /\n< 200\n", "1:10 this is no moment"),
        Mistake("clock without zone", "# clock: 2030-01-01T00:00:00\n> GET /\n< 200\n", "1:10 this is no moment"),
        Mistake("bad mode", "# clock-mode: fast\n> GET /\n< 200\n", "1:15 a clock is 'real'"),
        Mistake("bad provenance", "# provenance: documentd (x)\n> GET /\n< 200\n", "1:15 provenance is documented"),
        Mistake(
            "bare source", "# provenance: observed here\n> GET /\n< 200\n", "1:24 the source stands in parentheses"),
        Mistake("bad compare", "# compare: json\n> GET /\n< 200\n", "1:12 bodies are compared by"),
        Mistake("bad define", "# define: 1a = 2\n> GET /\n< 200\n", "1:11 a definition is 'name = value'"),
        Mistake("matcher as a name", "# define: any = 2\n> GET /\n< 200\n", "1:11 a definition is 'name = value'"),
        Mistake("late directive", "> GET /\n< 200\n# seed: 7\n", "3:3 'seed' belongs to the head of the file"),
        Mistake(
            "directive behind the request", "> GET /\n# compare: exact\n< 200\n",
            "2:3 'compare' belongs between the title"),
        Mistake("unknown value", "> GET /${retref}\n< 200\n", "1:8 'retref' has no value here"),
        Mistake(
            "misspelled value", "> GET /\n< 200 {\"a\":\"${retref}\"}\n> GET /${retreff}\n< 200\n",
            "3:8 'retreff' has no value here | did you mean 'retref'?"),
        Mistake("matcher in a request", "> GET /${digits:3}\n< 200\n", "1:8 a request cannot hold the matcher"),
        Mistake(
            "unknown matcher", "> GET /\n< 200\n{\"a\":\"${digit:3}\"}\n",
            "3:7 'digit:3' is neither a name nor a matcher | did you mean 'digits'?"),
        Mistake("bad count", "> GET /\n< 200\n{\"a\":\"${digits:3-1}\"}\n", "3:7 'digits:3-1' is neither"),
        Mistake("captured nothing", "> GET /\n< 200\n{\"a\":${b=absent}}\n", "3:6 what is absent has no value"),
        Mistake("open placeholder", "> GET /\n< 200\n{\"a\":\"${b\n", "3:7 a placeholder begins and does not end"),
        Mistake("no JSON", "> GET /\n< 200\n{\"a\":1\n \"b\":2}\n", "4:2 this is no JSON: expected ',' or '}'"),
        Mistake("no JSON behind a placeholder", "> GET /\n< 200\n{\"a\":${any} x}\n", "3:13 this is no JSON"),
        Mistake(
            "member twice", "> GET /\n< 200\n{\"a\":1,\"a\":2}\n", "3:8 this is no JSON: expected each member name"),
        Mistake("body of a dropped answer", "> GET /\n< dropped\nx\n", "3:1 an answer that does not come has no body"),
        Mistake(
            "field of a reset answer", "> GET /\n< reset\n< A: b\n", "3:1 an answer that does not come has no fields"),
        Mistake("bad delay", "> GET /\n< 200\n< after: 3\n", "3:10 this is no duration"),
        Mistake("bad delivery", "> GET /\n< 200\n< delivery: late\n", "3:13 an answer is delivered"),
        Mistake(
            "unknown control step", "@ clok +1d\n> GET /\n< 200\n",
            "1:3 control steps are '@ clock', '@ settle', '@ answer', '@ application', '@ order', '@ delivery', "
                + "'@ no delivery', '@ endpoint', '@ resend', '@ repeat' and '@ end' | did you mean 'clock'?"),
        Mistake("bad clock step", "@ clock 1d\n> GET /\n< 200\n", "1:3 the clock is moved or set"),
        Mistake("settle with words", "@ settle now\n> GET /\n< 200\n", "1:3 control steps are"),
        Mistake(
            "all at once", "# sed: 7\n> GET x\n< 20\n## \n@ settel\n", "1:3 there is no directive 'sed'",
            "2:7 a path begins", "3:3 an answer is a status", "4:1 a title says something", "5:3 control steps are"),
    ])
    func mistakes(_ row: Mistake) {
        let found = #expect(throws: ReplayMistakes.self) { try ReplayParser.parse(row.text, path: "a.replay") }
        let words = (found?.diagnostics ?? []).map {
            "\($0.line):\($0.column) \($0.message)" + ($0.suggestion.map { " | \($0)" } ?? "")
        }
        #expect(words.count == row.expected.count, "\(words)")
        for (word, expected) in zip(words, row.expected) { #expect(word.hasPrefix(expected)) }
    }

    @Test func diagnosticsShowTheLine() {
        let found = #expect(throws: ReplayMistakes.self) {
            try ReplayParser.parse("> GET /\n< 200\n{\"ä\":\"${digit:3}\"}\n", path: "b.replay")
        }
        #expect(
            found?.description == """
                b.replay:3:7: error: 'digit:3' is neither a name nor a matcher
                3 | {"ä":"${digit:3}"}
                  |       ^^^^^^^^^^ did you mean 'digits'?
                """)
    }

    @Test func notUTF8() {
        let found = #expect(throws: ReplayMistakes.self) { try ReplayParser.parse([0x3E, 0xFF], path: "a") }
        #expect(found?.diagnostics.first?.message == "the file is no UTF-8")
    }

    @Test func carriageReturns() throws {
        let replay = try ReplayParser.parse("> GET /a\r\n< 200\r\nhello\r\n", path: "a")
        guard case .exchange(let exchange) = replay.steps[0].action, case .text(let text) = exchange.expectation.body
        else {
            Issue.record("a text is expected")
            return
        }
        #expect(text.literal == "hello")
    }

    /// No prefix of a file may do worse than be refused.
    @Test func everyPrefix() throws {
        let text = """
            # scenario: uat
            > Host: h
            ## a
            > PUT /x {"a":"${b}"}
            < 200 OK
            < after: 32s
            {"a":"${b=digits:2}", "c": ${absent}}
            @ clock = 2030-01-03T00:00:00Z
            """
        let bytes = Array(text.replacing("\"${b}\"", with: "1").utf8)
        for end in 0...bytes.count {
            do throws(ReplayMistakes) {
                #expect(try ReplayParser.parse(Array(bytes[..<end]), path: "a").steps.count <= 2)
            } catch {
                #expect(!error.diagnostics.isEmpty)
            }
        }
    }
}
