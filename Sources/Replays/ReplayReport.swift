/// What a run says to people: every failure in full, one line per file, and the sum.
package enum ReplayReport {
    package static func text(_ result: ReplayResult) -> String {
        var blocks: [String] = []
        for step in result.steps {
            switch step.outcome {
            case .passed: break
            case .failed(let failure): blocks.append(block(failure, step, result.path))
            case .notRunnable(let why):
                blocks.append("\(result.path):\(step.line): not run: \(step.title)\n  \(why)")
            }
        }
        blocks.append("\(result.path): \(words(result.counts))")
        return blocks.joined(separator: "\n")
    }

    /// The last line: all files together.
    package static func summary(_ results: [ReplayResult]) -> String {
        let counts = results.reduce(ReplayCounts()) { $0 + $1.counts }
        let files = results.count == 1 ? "1 file" : "\(results.count) files"
        return "\(files): \(words(counts))"
    }

    private static func words(_ counts: ReplayCounts) -> String {
        var parts = ["\(counts.passed) passed"]
        if counts.failed > 0 { parts.append("\(counts.failed) failed") }
        if counts.notRunnable > 0 { parts.append("\(counts.notRunnable) not run here") }
        return parts.joined(separator: ", ")
    }

    static func block(_ failure: ReplayFailure, _ step: ReplayStepResult, _ path: String) -> String {
        (["\(path):\(step.line): FAILED: \(step.title)"] + lines(failure)).joined(separator: "\n")
    }

    static func lines(_ failure: ReplayFailure) -> [String] {
        part("sent", failure.sent) + part("expected", failure.expected) + part("got", failure.got)
            + part("differs", failure.differences.map(\.description).joined(separator: "\n"))
            + part("because", failure.reasons.joined(separator: "\n"))
    }

    /// A word, and lines that stand below each other.
    private static func part(_ name: String, _ text: String) -> [String] {
        guard !text.isEmpty else { return [] }
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        return lines.enumerated().map { index, line in
            let head = index == 0 ? name : ""
            return "  " + head + String(repeating: " ", count: 10 - head.count) + line
        }
    }
}
