import Testing

/// The house rules, applied to the repository itself. `RuleTests` proves that each of them can fail.
@Suite struct TreeTests {
    let files = SourceTree.files

    @Test func theTreeIsFound() {
        for path in ["Package.swift", "Sources/EmulatorCLI/Main.swift", ".ci/run", "scenarios/uat.yaml"] {
            #expect(SourceTree.file(path) != nil, "\(path) is not where the tests look: \(SourceTree.root)")
        }
    }

    @Test(arguments: LineRule.all)
    func line(_ rule: LineRule) throws {
        expectNone(try rule.findings(in: files), rule.message)
    }

    @Test func escapeHatchesStateTheirInvariant() throws {
        expectNone(try EscapeHatch.findings(in: files), EscapeHatch.message)
    }

    @Test func noSourceFileIsTooLong() {
        expectNone(FileForm.tooLong(files), "One concept per file: at most \(FileForm.longestSource) lines.")
    }

    @Test func filesEndWithNewline() {
        expectNone(FileForm.withoutFinalNewline(files), "A text file ends with a newline.")
    }

    @Test func scriptsAreSafeBash() {
        expectNone(Scripts.findings(in: files), "Scripts are executable bash that stops at the first error.")
    }

    @Test func changeLogHasUnreleasedSection() {
        expectNone(FileForm.changeLog(SourceTree.file("CHANGELOG.md")?.text), "What changes for users is written down.")
    }

    @Test func linksLeadSomewhere() throws {
        expectNone(try Links.dead(in: files), Links.message)
    }

    @Test func sourcesHoldNoCardNumber() throws {
        expectNone(try CardNumbers.inSources(files), "Card numbers and tokens belong to scenarios/.")
    }

    @Test func cardNumbersArePublishedOnes() throws {
        let list = AllowedNumbers(SourceTree.file(AllowedNumbers.path)?.text ?? "")
        let allowed = try AllowedNumbers.allAllowed(in: files, list: list)
        expectNone(
            try CardNumbers.unknown(in: files, allowed: allowed),
            "Use a number of \(AllowedNumbers.tables), or give a reason in \(AllowedNumbers.path)."
        )
        expectNone(list.findings + (try list.unused(in: files)), "The allow list is exact.")
    }
}
