import HTTP
import Replays
import Testing

/// Answers from a list, and remembers what it was asked.
private final class ListTarget: ReplayTarget {
    var answers: [ReplayAnswer]
    var sent: [HTTPRequest] = []
    var expected: [ReplayExpectation.Delay] = []
    var controls: [ReplayControl] = []
    var controlFault: ReplayTargetFault?
    var why: [String] = []

    init(_ answers: [ReplayAnswer]) { self.answers = answers }

    func send(
        _ request: HTTPRequest, expecting delay: ReplayExpectation.Delay
    ) throws(ReplayTargetFault) -> ReplayAnswer {
        sent.append(request)
        expected.append(delay)
        guard !answers.isEmpty else { throw .failed("no answer is left") }
        return answers.removeFirst()
    }

    var waiting: [String] = []

    func begin(_ request: HTTPRequest, as name: String) throws(ReplayTargetFault) {
        sent.append(request)
        waiting.append(name)
    }

    func finish(_ name: String) throws(ReplayTargetFault) -> ReplayAnswer {
        guard waiting.contains(name), !answers.isEmpty else { throw .failed("no answer is left") }
        return answers.removeFirst()
    }

    func control(_ step: ReplayControl) throws(ReplayTargetFault) {
        controls.append(step)
        if let controlFault { throw controlFault }
    }

    func reasons() -> [String] { why }
}

private func json(_ text: String, status: Int = 200) -> ReplayAnswer {
    ReplayAnswer(
        status: status, headers: [HTTPField("content-type", "application/json")], body: Array(text.utf8), delay: .zero)
}

private func run(_ text: String, on target: ListTarget) throws -> ReplayResult {
    ReplayRunner().run(try ReplayParser.parse(text, path: "t.replay"), on: target)
}

@Suite struct ReplayRunnerTests {
    @Test func requestsAreFilledIn() throws {
        let target = ListTarget([json(#"{"retref":"12","note":"a\"b / ü"}"#), json("{}")])
        let result = try run(
            """
            # define: mid = M 1
            > Authorization: Basic a:b
            > PUT /auth
            {"merchid":"${mid}"}
            < 200
            {"retref":"${retref}","note":"${note}"}
            > GET /inquire/${retref}/${mid}?n=${note}
            > X-Note: ${retref}
            {"note":"${note}"}
            < 200
            {}
            """, on: target)
        #expect(!result.hasFailed)
        #expect(target.sent.map(\.target) == ["/auth", "/inquire/12/M%201?n=a%22b%20%2F%20%C3%BC"])
        #expect(target.sent.map(\.method) == [.put, .get])
        #expect(target.sent.map { $0.headers["authorization"] } == ["Basic YTpi", "Basic YTpi"])
        #expect(target.sent[1].headers["x-note"] == "12")
        #expect(
            target.sent.map { String(decoding: $0.body, as: UTF8.self) } == [
                #"{"merchid":"M 1"}"#, #"{"note":"a\"b / ü"}"#,
            ])
    }

    struct Row: Sendable, CustomTestStringConvertible {
        let name: String
        let expectation: String
        let answer: ReplayAnswer
        let differences: [String]
        var testDescription: String { name }

        init(_ name: String, _ expectation: String, _ answer: ReplayAnswer, _ differences: String...) {
            self.name = name
            self.expectation = expectation
            self.answer = answer
            self.differences = differences
        }
    }

    private static func answer(
        _ status: Int = 200, reason: String = "", _ body: String = "", headers: [HTTPField] = [],
        arrival: ReplayAnswer.Arrival = .whole, delay: Duration? = .zero
    ) -> ReplayAnswer {
        ReplayAnswer(
            status: status, reason: reason, headers: headers, body: Array(body.utf8), arrival: arrival, delay: delay)
    }

    @Test(arguments: [
        Row("status", "< 404", answer(), "status: expected 404, got 200"),
        Row("reason phrase", "< 200 OK", answer(), "reason phrase: expected OK, got none"),
        Row("reason phrase that fits", "< 200 OK", answer(reason: "OK")),
        Row("any reason phrase", "< 200", answer(reason: "Fine")),
        Row("no reason phrase", "< 200 ${absent}", answer(reason: "OK"), "reason phrase: expected none, got OK"),
        Row("header", "< 200\n< A: ${digits}", answer(headers: [HTTPField("a", "12")])),
        Row("wrong header", "< 200\n< A: b", answer(headers: [HTTPField("A", "c")]), "header A: expected b, got c"),
        Row("missing header", "< 200\n< A: b", answer(), "header A: expected b, got no such header"),
        Row("absent header", "< 200\n< A: ${absent}", answer()),
        Row(
            "header too many", "< 200\n< A: ${absent}", answer(headers: [HTTPField("A", "c")]),
            "header A: expected no such header, got c"),
        Row("no body", "< 200", answer(200, "x"), "body: expected nothing, got x"),
        Row("any body", "< 200\n${any}", answer(200, "x")),
        Row("text", "< 200\nHello ${letters}", answer(200, "Hello you")),
        Row("other text", "< 200\nHello", answer(200, "Hello you"), "body: expected Hello, got Hello you"),
        Row("text within", "## t\n# compare: contains\n> GET /\n< 200\no y", answer(200, "Hello you")),
        Row(
            "no such text", "## t\n# compare: contains\n> GET /\n< 200\no z", answer(200, "Hello you"),
            "body: expected text with 'o z', got Hello you"),
        Row("exact", "## t\n# compare: exact\n> GET /\n< 200\n{\"a\":1}", answer(200, "{\"a\":1}")),
        Row(
            "not exact", "## t\n# compare: exact\n> GET /\n< 200\n{\"a\":1}", answer(200, "{\"a\": 1}"),
            "body: expected {\"a\":1}, got {\"a\": 1}"),
        Row(
            "no JSON", "< 200\n{}", answer(200, "<html>"),
            "body: expected JSON, got no JSON (expected a value at byte 0)"),
        Row("late", "< 200", answer(delay: .seconds(32)), "after: expected 0s, got 32s"),
        Row("on time", "< 200\n< after: 32s", answer(delay: .seconds(32))),
        Row("too early", "< 200\n< after: 32s", answer(), "after: expected 32s, got 0s"),
        Row("whenever", "< 200\n< after: ${any}", answer(delay: .seconds(1))),
        Row("nobody knows when", "< 200\n< after: 32s", answer(delay: nil)),
        Row("dropped", "< dropped", answer(0, arrival: .dropped)),
        Row("not dropped", "< dropped", answer(), "delivery: expected dropped, got whole"),
        Row("reset", "< reset", answer(0, arrival: .reset)),
        Row("dropped instead", "< reset", answer(0, arrival: .dropped), "delivery: expected reset, got dropped"),
        Row("no answer", "< 200\n${any}", answer(0, arrival: .dropped), "delivery: expected whole, got dropped"),
        Row("cut", "< 200\n< delivery: truncated\nabc", answer(200, "abc", arrival: .truncated)),
        Row(
            "cut, but whole", "< 200\n< delivery: truncated\nabc", answer(200, "abc"),
            "delivery: expected truncated, got whole"),
    ])
    func comparing(_ row: Row) throws {
        let text = row.expectation.hasPrefix("##") ? row.expectation : "> GET /\n" + row.expectation
        let result = try run(text, on: ListTarget([row.answer]))
        #expect((result.steps[0].failure?.differences ?? []).map(\.description) == row.differences)
        #expect(result.hasFailed == !row.differences.isEmpty)
    }

    @Test func failuresAreTold() throws {
        let card = "4111111111111111"
        let target = ListTarget([json(#"{"account":"5454545454545454","again":"\#(card)","token":"9418594164541111"}"#)]
        )
        target.why = ["a rule matched 5454545454545454 (a.yaml:3)"]
        let result = try run(
            """
            > Authorization: Basic user:secret
            > Cookie: secret
            ## a card
            > PUT /auth
            > Content-Type: application/json
            {"account":"\(card)"}
            < 200
            {"account":"\(card)"}
            """, on: target)
        #expect(
            ReplayReport.text(result) == """
                t.replay:4: FAILED: a card
                  sent      PUT /auth
                            Content-Type: application/json
                            {"account":"4111111111111111"}
                  expected  200
                            {"account":"4111111111111111"}
                  got       200
                            content-type: application/json
                            {"account":"************5454","again":"4111111111111111","token":"9418594164541111"}
                  differs   account: expected "4111111111111111", got "************5454"
                            again: expected no such member, got "4111111111111111"
                            token: expected no such member, got "9418594164541111"
                  because   a rule matched ************5454 (a.yaml:3)
                t.replay: 0 passed, 1 failed
                """)
    }

    @Test func whatCannotRunHere() throws {
        let target = ListTarget([json(#"{"a":"1"}"#), json(#"{"b":"2"}"#), json("{}"), json("{}")])
        target.controlFault = .notHere("no clock")
        let result = try run(
            """
            > GET /1
            < 200 {"a":"${a}"}
            @ clock +1d
            > GET /${a}
            < 200 {"c":"${c}"}
            > GET /2
            < 200 {"b":"${b}"}
            > GET /${b}
            < 200 {}
            > GET /${c}
            < 200 {}
            > GET /3
            < 200 {}
            """, on: target)
        let words = result.steps.map { step in
            switch step.outcome {
            case .passed: "passed"
            case .failed: "failed"
            case .notRunnable(let why): why
            }
        }
        #expect(
            words == [
                "passed", "no clock",
                "'a' is from before line 3, which cannot run here: the answer would be another one", "passed", "passed",
                "'c' has no value, because the step that should have taken it got none", "passed",
            ])
        #expect(target.sent.map(\.target) == ["/1", "/2", "/2", "/3"])
        #expect(!result.hasFailed && result.counts.notRunnable == 3)
    }

    @Test func controlStepsAndDelaysReachTheTarget() throws {
        let target = ListTarget([ReplayAnswer(status: 200, delay: .seconds(5))])
        let result = try run(
            "@ clock +1m30s\n@ clock = 2030-01-02T00:00:00Z\n@ settle\n> GET /\n< 200\n< after: 5s\n", on: target)
        #expect(!result.hasFailed)
        #expect(target.controls.map(\.description) == ["clock +1m30s", "clock = 2030-01-02T00:00:00.000Z", "settle"])
        #expect(target.expected == [.exactly(.seconds(5))])
    }

    @Test func faultsAreFailures() throws {
        let target = ListTarget([])
        target.controlFault = .failed("the journal is full")
        let result = try run("@ settle\n> GET /\n< 200\n", on: target)
        #expect(result.counts.failed == 2)
        #expect(result.steps[0].failure?.differences.first?.got == "the journal is full")
        #expect(result.steps[1].failure?.differences.first?.got == "no answer is left")
    }

    @Test func junit() throws {
        let target = ListTarget([json("{}"), json(#"{"a":"<&\"\u0001"}"#)])
        target.controlFault = .notHere("no <clock>")
        let result = try run(
            "## one & \"two\"\n> GET /\n< 200 {}\n@ settle\n> GET /2\n< 200 {}\n", on: target)
        let xml = JUnitReport.xml([result])
        #expect(
            xml.hasPrefix(
                """
                <?xml version="1.0" encoding="UTF-8"?>
                <testsuites name="understudy replay" tests="3" failures="1" errors="0" skipped="1" time="0.000000">
                  <testsuite name="t.replay" tests="3" failures="1" errors="0" skipped="1" time="0.000000">
                    <testcase classname="t.replay" name="one &amp; &quot;two&quot;" file="t.replay" line="2" time="0.000000"/>
                    <testcase classname="t.replay" name="@ settle" file="t.replay" line="4" time="0.000000">
                      <skipped message="no &lt;clock&gt;"/>
                    </testcase>
                    <testcase classname="t.replay" name="GET /2" file="t.replay" line="5" time="0.000000">
                      <failure message="a: expected no such member, got &quot;&lt;&amp;\\&quot;\\u0001&quot;">
                """))
        #expect(xml.hasSuffix("</failure>\n    </testcase>\n  </testsuite>\n</testsuites>\n"))
    }

    @Test func summaries() throws {
        let good = try run("> GET /\n< 200\n", on: ListTarget([ReplayAnswer(status: 200)]))
        let bad = try run("> GET /\n< 200\n", on: ListTarget([ReplayAnswer(status: 201)]))
        #expect(ReplayReport.summary([good, bad]) == "2 files: 1 passed, 1 failed")
        #expect(ReplayReport.text(good) == "t.replay: 1 passed")
    }

    struct Server: Sendable, CustomTestStringConvertible {
        let url: String
        let expected: String?
        var testDescription: String { url }
        init(_ url: String, _ expected: String?) {
            self.url = url
            self.expected = expected
        }
    }

    @Test(arguments: [
        Server("http://localhost:8080", "localhost:8080 "), Server("http://localhost:8080/", "localhost:8080 "),
        Server("http://[::1]:1/a/", "[::1]:1 /a"), Server("https://localhost", "localhost:443 "),
        Server("localhost:8080", nil), Server("", nil),
    ])
    func servers(_ row: Server) {
        #expect(ReplayServer(row.url).map { "\($0.endpoint) \($0.basePath)" } == row.expected)
    }
}
