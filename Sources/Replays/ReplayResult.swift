/// What became of a replay.
package struct ReplayResult: Sendable {
    package var path: String
    package var steps: [ReplayStepResult]
    /// Nanoseconds.
    package var nanoseconds: Int64

    package var hasFailed: Bool { steps.contains { $0.failure != nil } }

    package var counts: ReplayCounts {
        steps.reduce(into: ReplayCounts()) { counts, step in
            switch step.outcome {
            case .passed: counts.passed += 1
            case .failed: counts.failed += 1
            case .notRunnable: counts.notRunnable += 1
            }
        }
    }
}

package struct ReplayCounts: Hashable, Sendable {
    package var passed = 0
    package var failed = 0
    package var notRunnable = 0

    package init() {}

    package static func + (a: ReplayCounts, b: ReplayCounts) -> ReplayCounts {
        var sum = a
        sum.passed += b.passed
        sum.failed += b.failed
        sum.notRunnable += b.notRunnable
        return sum
    }
}

package struct ReplayStepResult: Sendable {
    package enum Outcome: Sendable {
        case passed
        case failed(ReplayFailure)
        /// It was not tried: the reason in words.
        case notRunnable(String)
    }

    package var title: String
    package var line: Int
    package var outcome: Outcome
    package var nanoseconds: Int64

    package var failure: ReplayFailure? {
        guard case .failed(let failure) = outcome else { return nil }
        return failure
    }
}

/// A step that went wrong, in words that may be shown: without credentials, card numbers masked.
package struct ReplayFailure: Hashable, Sendable {
    /// Each a block of lines.
    package var sent = ""
    package var expected = ""
    package var got = ""
    package var differences: [ReplayDifference] = []
    package var reasons: [String] = []
}
