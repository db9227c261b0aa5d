import Payments

/// Durations as replay files have them: `32s`, `1d12h`, `250ms`, without blanks.
package enum ReplayDuration {
    package static func read(_ text: some StringProtocol) -> Duration? { DurationText.read(text, separator: "") }

    package static func write(_ duration: Duration) -> String { DurationText.write(duration, separator: "") }
}
