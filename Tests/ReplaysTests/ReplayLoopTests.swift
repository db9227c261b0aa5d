import HTTP
import Replays
import Testing

/// Loops of replays: how often steps are played, with which values, and what is wrong with some.
@Suite struct ReplayLoopTests {
    private static func replay(_ text: String) throws -> Replay {
        try ReplayParser.parse(Array(text.utf8), path: "a.replay")
    }

    /// Answers every request with its own path, so that a replay sees what it sent.
    private final class Echo: ReplayTarget {
        func send(
            _ request: HTTPRequest, expecting delay: ReplayExpectation.Delay
        ) throws(ReplayTargetFault) -> ReplayAnswer {
            ReplayAnswer(status: 200, reason: "OK", body: Array(request.target.utf8.dropFirst()), delay: .zero)
        }

        func begin(_ request: HTTPRequest, as name: String) throws(ReplayTargetFault) {}
        func finish(_ name: String) throws(ReplayTargetFault) -> ReplayAnswer { ReplayAnswer() }
        func control(_ step: ReplayControl) throws(ReplayTargetFault) {}
        func reasons() -> [String] { [] }
    }

    @Test func playsEachRoundWithItsValues() throws {
        let replay = try Self.replay(
            """
            # define: shop = s1
            @ repeat who plan = ada ${shop}-gold, bea silver
            @ repeat month = 09..11
            ## a visit
            > GET /${who}/${plan}/${month}
            < 200
            ${one:ada|bea}/${plan}/${month}
            @ end
            > GET /${who}
            < 200
            ${who}
            @ end
            """)
        let result = ReplayRunner().run(replay, on: Echo())
        #expect(result.counts.passed == 8)
        #expect(result.counts.failed == 0)
        #expect(
            result.steps.map(\.title) == [
                "a visit (who = ada, plan = s1-gold) (month = 09)", "a visit (who = ada, plan = s1-gold) (month = 10)",
                "a visit (who = ada, plan = s1-gold) (month = 11)", "GET /${who} (who = ada, plan = s1-gold)",
                "a visit (who = bea, plan = silver) (month = 09)", "a visit (who = bea, plan = silver) (month = 10)",
                "a visit (who = bea, plan = silver) (month = 11)", "GET /${who} (who = bea, plan = silver)",
            ])
    }

    struct LimitRow: CustomTestStringConvertible, Sendable {
        let testDescription: String
        let most: Int
        let text: @Sendable (Int) -> String

        init(_ name: String, _ most: Int, _ text: @escaping @Sendable (Int) -> String) {
            testDescription = "\(name): \(most)"
            self.most = most
            self.text = text
        }
    }

    private static let request = "> GET /\n< 200\n"

    @Test(arguments: [
        LimitRow("loops inside each other", 8) { count in
            (0..<count).map { "@ repeat n\($0) = 1..2\n" }.joined() + request
                + String(repeating: "@ end\n", count: count)
        },
        LimitRow("rounds of a range", 100_000) { "@ repeat n = 1..\($0)\n\(request)@ end\n" },
        LimitRow("steps with all rounds", 1_000_000) { count in
            let steps = String(repeating: request, count: 10)
            return "@ repeat n = 1..100000\n\(steps)@ end\n"
                + String(repeating: request, count: count - 1_000_000)
        },
    ])
    func atTheLimitAndOnePast(_ row: LimitRow) throws {
        _ = try Self.replay(row.text(row.most))
        #expect(throws: ReplayMistakes.self) { try Self.replay(row.text(row.most + 1)) }
    }

    @Test func forgetsWhatARoundTook() throws {
        let replay = try Self.replay(
            """
            @ repeat n = 1..3
            > GET /${n}
            < 200
            ${taken=any}
            > GET /again-${taken}
            < 200
            again-${n}
            @ end
            """)
        #expect(ReplayRunner().run(replay, on: Echo()).counts.passed == 6)
    }

    struct Mistake: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let text: String
        let message: String

        init(_ name: String, _ text: String, _ message: String) {
            testDescription = name
            self.text = text
            self.message = message
        }
    }

    @Test(arguments: [
        Mistake("no end", "@ repeat n = 1..2\n> GET /\n< 200\n", "the loop has no '@ end'"),
        Mistake("no beginning", "> GET /\n< 200\n@ end\n", "there is no loop to end"),
        Mistake("nothing within", "@ repeat n = 1..2\n@ end\n> GET /\n< 200\n", "there is no step in this loop"),
        Mistake("no values", "@ repeat n\n> GET /\n< 200\n@ end\n", "a loop is '@ repeat name = values'"),
        Mistake("backwards", "@ repeat n = 2..1\n> GET /\n< 200\n@ end\n", "a range goes from a number to one"),
        Mistake("too few values", "@ repeat a b = x\n> GET /\n< 200\n@ end\n", "each round has 2 values"),
        Mistake("an unknown name", "@ repeat a = ${b}\n> GET /\n< 200\n@ end\n", "'b' has no value here"),
        Mistake(
            "a name that is taken", "@ repeat a = 1..2\n@ repeat a = 1..2\n> GET /\n< 200\n@ end\n@ end\n",
            "'a' has a value already"),
        Mistake(
            "used behind its loop", "@ repeat a = 1..2\n> GET /\n< 200\n@ end\n> GET /${a}\n< 200\n",
            "'a' has no value here"),
        Mistake(
            "too long", "@ repeat a = 1..10000\n@ repeat b = 1..10000\n> GET /\n< 200\n@ end\n@ end\n",
            "with all rounds the file has more than"),
    ])
    func saysWhatIsWrong(_ row: Mistake) {
        do {
            _ = try Self.replay(row.text)
            Issue.record("no mistake was found")
        } catch let mistakes as ReplayMistakes {
            #expect(mistakes.diagnostics.contains { $0.message.hasPrefix(row.message) }, "\(mistakes.diagnostics)")
        } catch {
            Issue.record(error)
        }
    }
}
