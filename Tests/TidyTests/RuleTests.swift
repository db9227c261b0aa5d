import Testing

/// The rules on small strings: a rule that cannot fail is a defect.
@Suite struct RuleTests {
    @Test(arguments: LineRule.all)
    func lineRule(_ rule: LineRule) throws {
        #expect(!rule.bad.isEmpty && !rule.good.isEmpty)
        let path = try #require(Self.places.first { rule.applies(SourceFile(path: $0, text: "")) })
        for text in rule.bad {
            let file = SourceFile(path: path, text: "// one\n\(text)\n// three\n")
            let findings = try rule.findings(in: [file])
            #expect(findings.map(\.line).first == 2, "not seen: \(text)")
            #expect(findings.first?.description.hasPrefix("\(path):2: ") == true)
        }
        for text in rule.good {
            #expect(try rule.findings(in: [SourceFile(path: path, text: text + "\n")]) == [], "seen: \(text)")
        }
        // And nowhere else: scripts are in no rule's reach.
        #expect(try rule.findings(in: rule.bad.map { SourceFile(path: "scripts/x", text: $0) }) == [])
    }

    private static let places = ["Sources/Processor/A.swift", "Tests/ATests/A.swift"]

    @Test func clockOwnersAreExempt() throws {
        let file = SourceFile(path: "Sources/Platform/Clock.swift", text: "let t = clock.now(); usleep(1); UUID()\n")
        for rule in [LineRule.wallClock, .sleeping, .randomness] { #expect(try rule.findings(in: [file]) == []) }
        let neighbour = SourceFile(path: "Sources/PlatformKit/Clock.swift", text: file.text)
        for rule in [LineRule.wallClock, .sleeping, .randomness] {
            #expect(try rule.findings(in: [neighbour]).count == 1)
        }
    }

    struct Hatch: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let text: String
        let lines: [Int]
    }

    @Test(arguments: [
        Hatch(testDescription: "bare", text: "let a = b as! C", lines: [1]),
        Hatch(testDescription: "on the line", text: "let a = b as! C  // Invariant: b is a C", lines: []),
        Hatch(testDescription: "four above", text: "// Invariant: x\n\n\n\ntry! f()", lines: []),
        Hatch(testDescription: "five above", text: "// Invariant: x\n\n\n\n\ntry! f()", lines: [6]),
        Hatch(testDescription: "below", text: "fatalError()\n// Invariant: too late", lines: [1]),
        Hatch(testDescription: "word in code", text: "let invariant = unsafeBitCast(a, to: B.self)", lines: [1]),
        Hatch(testDescription: "word in a string", text: "fatalError(\"Invariant: broken\")", lines: [1]),
        Hatch(testDescription: "in a comment", text: "// no try! here, and no as! either", lines: []),
        Hatch(testDescription: "in a string", text: "print(\"fatalError\")", lines: []),
        Hatch(testDescription: "in an interpolation", text: "print(\"a \\(try! f(\"x\")) b\")", lines: [1]),
        Hatch(
            testDescription: "two", text: "nonisolated(unsafe) var a = 1\n\nclass B: @unchecked Sendable {}",
            lines: [1, 3]),
    ])
    func escapeHatch(_ row: Hatch) throws {
        let file = SourceFile(path: "Sources/HTTP/A.swift", text: row.text + "\n")
        #expect(try EscapeHatch.findings(in: [file]).map(\.line) == row.lines)
    }

    @Test func sourceFilesAreShort() {
        let line = "let a = 1\n"
        let longest = SourceFile(path: "Sources/A/A.swift", text: String(repeating: line, count: 400))
        let tooLong = SourceFile(path: "Sources/A/B.swift", text: String(repeating: line, count: 401))
        #expect(FileForm.tooLong([longest, tooLong]).map(\.path) == ["Sources/A/B.swift"])
    }

    @Test func finalNewline() {
        let files = [
            SourceFile(path: "docs/a.md", text: "a"), SourceFile(path: "docs/b.md", text: "b\n"),
            SourceFile(path: "docs/empty.md", text: ""), SourceFile(path: "scripts/c", text: "c"),
            SourceFile(path: "scenarios/replays/raw.bin", text: "d"),
        ]
        #expect(FileForm.withoutFinalNewline(files).map(\.path) == ["docs/a.md", "scripts/c"])
    }

    @Test func changeLog() {
        #expect(FileForm.changeLog(nil).count == 1)
        #expect(FileForm.changeLog("# Changelog\n\n## [1.0.0]\n").count == 1)
        #expect(FileForm.changeLog("# Changelog\n\n## [Unreleased]\n\n## [1.0.0]\n") == [])
    }

    @Test func links() throws {
        let page = """
            # A page, `of` two_words
            [a](guide/b.md) [b](guide/b.md#the-end) [c](#a-page-of-two_words) [d](guide) [e](https://example.com/x)
            [f](guide/c.md) [g](guide/b.md#no-end) [h](#b) [i](../../b.md)

            """
        let files = [
            SourceFile(path: "docs/a.md", text: page),
            SourceFile(path: "docs/guide/b.md", text: "## The end\n[up](../a.md) [root](../../LICENSE)\n"),
            SourceFile(path: "docs/fidelity/notes/a.md", text: "[x](nowhere.md)\n"),
            SourceFile(path: "LICENSE", text: "\n"),
        ]
        #expect(
            try Links.dead(in: files).map(\.description) == [
                "docs/a.md:3: guide/c.md is not there", "docs/a.md:3: docs/guide/b.md has no heading #no-end",
                "docs/a.md:3: docs/a.md has no heading #b", "docs/a.md:3: ../../b.md is not there",
            ])
    }

    @Test func scripts() {
        let good = "#!/usr/bin/env bash\n# What it does.\nset -euo pipefail\n"
        let files = [
            SourceFile(path: "scripts/good", text: good, isExecutable: true),
            SourceFile(path: "scripts/plain", text: good),
            SourceFile(path: "scripts/sh", text: "#!/bin/sh\nset -euo pipefail\n", isExecutable: true),
            SourceFile(path: ".ci/late", text: "#!/bin/bash\ncd x\nset -euo pipefail\n", isExecutable: true),
            SourceFile(path: ".ci/empty", text: "", isExecutable: true),
        ]
        #expect(
            Scripts.findings(in: files).map(\.path) == [
                "scripts/plain", "scripts/sh", ".ci/late", ".ci/empty", ".ci/empty",
            ])
    }
}
