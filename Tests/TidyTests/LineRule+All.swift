/// The rules that one pattern can state. Words that a rule searches for everywhere are spelled with a bracket or in two
/// parts, so that this file does not break it.
extension LineRule {
    static let all: [LineRule] = [
        unfinished, sandboxFacts, sleeping, sleepingInTests, wallClock, randomness, floatingPoint, swallowedErrors,
        uncheckedSendable, tabs, longLines,
    ]

    static let unfinished = LineRule(
        name: "nothing unfinished",
        message: "Finish it, or write down the limit where users read it.",
        pattern: #"\bTO[D]O\b|\bFIX[M]E\b|(?<!X-)\bXX[X]\b(?!-X)|not[ ]implemented"#,
        view: .everything,
        applies: { $0.isBelow(anyOf: ["Sources", "Tests", "docs", "scenarios"]) },
        bad: ["// TO" + "DO: later", "/* FIX" + "ME */", "let a = 1  // XX" + "X", "say(\"not " + "implemented\")"],
        good: [
            "let mastodon = TODOS", "HTTPStatus(501, \"Not Implemented\")", "mkstemp(\"XXXXXX\")",
            "Please use XXX-XXX-XXXX format.",
        ])

    static let sandboxFacts = LineRule(
        name: "no fact of the sandbox in Sources",
        message: "Card numbers, response codes and their texts belong to scenarios/; code knows mechanisms only.",
        pattern: #"4111|5105|1116|"NU"|Insufficient"#,
        view: .everything,
        applies: { $0.isBelow("Sources") },
        bad: [
            "let visa = \"4111\"", "if cents == 111600 {", "case \"NU\": .insufficientFunds", "// like 5105…",
            "text = \"Insufficient funds\"",
        ],
        good: ["case insufficientFunds", "let number = 41_11", "case \"N7\":"])

    static let sleeping = LineRule(
        name: "nothing sleeps outside Platform and Emulator",
        message: "Waiting is a timer of the event loop, never a sleep.",
        pattern: sleepingPattern,
        view: .code,
        applies: { $0.isBelow("Sources") && !$0.isBelow(anyOf: clockOwners) },
        bad: sleepingExamples,
        good: ["let asleep = true", "\"Task.sleep\"", "// Task.sleep(for:) would hold it", "func sleeper() {}"])

    static let sleepingInTests = LineRule(
        name: "no test sleeps",
        message: "Wait for the event itself, or move the hand clock.",
        pattern: sleepingPattern,
        view: .code,
        applies: { $0.isBelow("Tests") },
        bad: sleepingExamples,
        good: ["clock.advance(by: .seconds(1))"])

    private static let sleepingPattern =
        #"\bTask(?:<[^>]*>)?\.sleep\b|\busleep\b|\bnanosleep\b|\bThread\.sleep\b|(?<![.\w])sleep\("#
    private static let sleepingExamples = [
        "try await Task.sleep(for: .seconds(1))", "try await Task<Never, Never>.sleep(nanoseconds: 1)", "usleep(100)",
        "Thread.sleep(forTimeInterval: 1)", "sleep(1)", "_ = nanosleep(&a, nil)",
    ]

    static let wallClock = LineRule(
        name: "no machine clock outside Platform, HTTP and Emulator",
        message: "Time is an argument: it comes from the world's clock, which a test can move.",
        pattern: #"\bDate\(\)|\.now\(\)|\bgettimeofday\b|\bclock_gettime\b|\b(?:Continuous|Suspending|Dispatch)"#
            + #"(?:Clock|Time|WallTime)\b|(?<![.\w])time\((?:nil|&)"#,
        view: .code,
        applies: { $0.isBelow("Sources") && !$0.isBelow(anyOf: clockOwners) },
        bad: [
            "let t = Date()", "clock.now()", "let t = ContinuousClock().now", "gettimeofday(&t, nil)", "time(nil)",
            "clock_gettime(CLOCK_REALTIME, &t)", "let c: SuspendingClock", "DispatchTime.now()",
        ],
        good: ["func decide(now: Instant)", "decide(at: context.now)", "f(now: now)", "// Date() is not used"])

    static let randomness = LineRule(
        name: "no global randomness outside Platform and Emulator",
        message: "Random values come from the world's seed. The standard library's algorithms may change between "
            + "versions, so not even `using:` keeps answers equal byte for byte.",
        pattern: #"\brandom\(in|\bSystemRandomNumberGenerator\b|\bshuffled?\(\)|\brandomElement\(\)|\barc4random|"#
            + #"(?<![.\w])s?rand(?:om)?\(\)|\bUUID\(\)"#,
        view: .code,
        // The seeds of a test run have to come from somewhere.
        applies: {
            $0.isBelow("Sources")
                && !$0.isBelow(anyOf: clockOwners + ["Sources/TestSupport", "Sources/PropertySupport"])
        },
        bad: [
            "Int.random(in: 0..<9)", "Bool.random(in: x, using: &g)", "var g = SystemRandomNumberGenerator()",
            "list.shuffled()", "list.shuffle()", "list.randomElement()", "UUID()", "rand()",
        ],
        good: ["members.shuffled(seed: 7)", "seed.nextRandom()", "// random(in:) is not stable"])

    static let floatingPoint = LineRule(
        name: "no floating point where money is",
        message: "Amounts are integers of minor units; rates are exact fractions.",
        pattern: #"\b(?:Double|Float(?:16|32|64|80)?|CGFloat)\b"#,
        view: .code,
        applies: { $0.isBelow(anyOf: ["Sources/Payments", "Sources/Processor", "Sources/Services"]) },
        bad: ["let amount: Double", "Float(cents)", "as? Float64"],
        good: ["let isDoubled = true", "// a Double cannot hold 0.1", "let floating = 1"])

    static let swallowedErrors = LineRule(
        name: "no error is swallowed",
        message: "`try?` hides why: catch the error, and say in the catch what it means here.",
        pattern: #"\btry\?"#,
        view: .code,
        applies: { $0.isBelow(anyOf: ["Sources", "Plugins"]) },
        bad: ["let a = try? read()", "return (try? f()) ?? 0"],
        good: ["// try? would hide it", "try read()", "\"try?\""])

    static let uncheckedSendable = LineRule(
        name: "@unchecked Sendable only in Platform and TLS",
        message: "Platform has the lock and the loop, TLS the objects of OpenSSL: use them, or make the type a value.",
        pattern: #"@unchecked\s+Sendable"#,
        view: .code,
        applies: { $0.isBelow("Sources") && !$0.isBelow(anyOf: ["Sources/Platform", "Sources/TLS"]) },
        bad: ["final class Box: @unchecked Sendable {", "extension A: @unchecked  Sendable {}"],
        good: ["struct A: Sendable {", "// @unchecked Sendable is not needed"])

    static let tabs = LineRule(
        name: "no tab in Swift files",
        message: "Four spaces; in a literal write \\t.",
        pattern: "\\t",
        view: .everything,
        applies: \.isSwift,
        bad: ["\tlet a = 1", "let a = \"\t\""],
        good: ["    let a = \"\\t\""])

    static let longLines = LineRule(
        name: "no line over 120 columns in Sources",
        message: "Break the line.",
        pattern: #"^\X{121}"#,
        view: .everything,
        applies: { $0.isSwift && $0.isBelow("Sources") },
        bad: [String(repeating: "a", count: 121), String(repeating: "é", count: 121)],
        good: [String(repeating: "a", count: 120), String(repeating: "e\u{301}", count: 120)])

    /// Where the machine's clock and randomness enter; HTTP has time-outs by the monotonic clock.
    private static let clockOwners = ["Sources/Platform", "Sources/Emulator", "Sources/HTTP"]
}
