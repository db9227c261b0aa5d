import Foundation
import Payments
import PropertySupport
import Testing

@Suite struct TimeTextTests {
    struct DurationRow: CustomTestStringConvertible, Sendable {
        let text: String
        let expected: Duration?
        var testDescription: String { "'\(text)'" }

        init(_ text: String, _ expected: Duration?) {
            self.text = text
            self.expected = expected
        }
    }

    @Test(arguments: [
        DurationRow("0s", .zero), DurationRow("32s", .seconds(32)), DurationRow("250ms", .milliseconds(250)),
        DurationRow("1m 59s 250ms", .milliseconds(119_250)), DurationRow("1d 2h", .seconds(93_600)),
        DurationRow("1d", .seconds(86_400)), DurationRow("36600d", .seconds(36_600 * 86_400)),
        DurationRow("36601d", nil), DurationRow("36600d 1ms", nil), DurationRow("99999999999999999999s", nil),
        DurationRow("9223372036854775807d", nil), DurationRow("", nil), DurationRow(" 1s", nil),
        DurationRow("1s ", nil),
        DurationRow("1s  2ms", nil), DurationRow("1 s", nil), DurationRow("1", nil), DurationRow("s", nil),
        DurationRow("-1s", nil), DurationRow("+1s", nil), DurationRow("1.5s", nil), DurationRow("1S", nil),
        DurationRow("1s 1m", nil), DurationRow("1s 1s", nil), DurationRow("٣s", nil),
    ])
    func durations(_ row: DurationRow) {
        #expect(DurationText.read(row.text) == row.expected)
        // Every duration that can be read can be written, and read again, with and without blanks.
        guard let duration = row.expected else { return }
        for separator in [" ", ""] {
            let text = DurationText.write(duration, separator: separator)
            #expect(DurationText.read(text, separator: separator) == duration, "'\(text)'")
        }
    }

    struct InstantRow: CustomTestStringConvertible, Sendable {
        let text: String
        let expected: Instant?
        var testDescription: String { "'\(text)'" }

        init(_ text: String, nanoseconds: Int64) {
            self.text = text
            expected = Instant(nanoseconds: nanoseconds)
        }

        init(refused text: String) {
            self.text = text
            expected = nil
        }
    }

    @Test(arguments: [
        InstantRow("1970-01-01T00:00:00Z", nanoseconds: 0),
        InstantRow("1970-01-01T00:00Z", nanoseconds: 0),
        InstantRow("1970-01-01 00:00:01Z", nanoseconds: 1_000_000_000),
        InstantRow("1970-01-01T00:00:00.25Z", nanoseconds: 250_000_000),
        InstantRow("1970-01-01T00:00:00.000000001Z", nanoseconds: 1),
        InstantRow("1970-01-01T05:30:00+05:30", nanoseconds: 0),
        InstantRow("1969-12-31T19:00:00-05:00", nanoseconds: 0),
        InstantRow("2024-02-29T00:00:00Z", nanoseconds: 1_709_164_800_000_000_000),
        InstantRow(refused: "2023-02-29T00:00:00Z"),
        InstantRow(refused: "2023-04-31T00:00:00Z"),
        InstantRow(refused: "2023-00-10T00:00:00Z"),
        InstantRow(refused: "2023-13-10T00:00:00Z"),
        InstantRow(refused: "2023-01-00T00:00:00Z"),
        InstantRow(refused: "2023-01-01T24:00:00Z"),
        InstantRow(refused: "2023-01-01T23:60:00Z"),
        InstantRow(refused: "2016-12-31T23:59:60Z"),
        InstantRow(refused: "1969-12-31T23:59:59Z"),
        InstantRow(refused: "2200-01-01T00:00:00Z"),
        InstantRow(refused: "9999-01-01T00:00:00Z"),
        InstantRow(refused: "2023-01-01T00:00:00"),
        InstantRow(refused: "2023-01-01T00:00:00z"),
        InstantRow(refused: "2023-01-01"),
        InstantRow(refused: "2023-1-1T00:00:00Z"),
        InstantRow(refused: "2023-01-01T00:00:00.Z"),
        InstantRow(refused: "2023-01-01T00:00:00.0000000001Z"),
        InstantRow(refused: "2023-01-01T00:00:00+0500"),
        InstantRow(refused: "2023-01-01T00:00:00+15:00"),
        InstantRow(refused: "2023-01-01T00:00:00Z "),
        InstantRow(refused: ""),
    ])
    func instants(_ row: InstantRow) { #expect(InstantText.read(row.text) == row.expected) }

    @Test(arguments: PropertySeeds.few)
    func whatIsWrittenIsReadAgain(seed: UInt64) throws {
        var random = TestRandom(seed: seed)
        let foundation = Date.ISO8601FormatStyle(includingFractionalSeconds: true)
        for _ in 0..<500 {
            let milliseconds = Int64.random(in: 0...7_258_118_399_999, using: &random)
            let instant = Instant(nanoseconds: milliseconds * 1_000_000)
            #expect(InstantText.read(InstantText.utc(instant)) == instant)
            for zone in TimeZoneRule.allCases {
                #expect(InstantText.read(InstantText.local(instant, in: zone)) == instant, "\(zone) \(milliseconds)")
            }
            let date = try foundation.parse(InstantText.utc(instant))
            #expect(Int64((date.timeIntervalSince1970 * 1000).rounded()) == milliseconds)
        }
    }
}
