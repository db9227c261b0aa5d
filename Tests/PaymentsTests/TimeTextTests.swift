import Payments
import Testing

@Suite struct TimeTextTests {
    struct Span: CustomTestStringConvertible, Sendable {
        let text: String
        let milliseconds: Int64?
        var testDescription: String { "'\(text)'" }

        init(_ text: String, _ milliseconds: Int64?) {
            self.text = text
            self.milliseconds = milliseconds
        }
    }

    static let spans: [Span] = [
        Span("0s", 0), Span("5ms", 5), Span("32s", 32_000), Span("1m", 60_000), Span("2h", 7_200_000),
        Span("3d", 259_200_000), Span("1d 2h 3m 4s 5ms", 93_784_005), Span("1m 59s 250ms", 119_250),
        Span("90m", 5_400_000), Span("007s", 7_000), Span("36600d", 3_162_240_000_000),
        Span("", nil), Span(" ", nil), Span("1", nil), Span("s", nil), Span("1 s", nil), Span("1s ", nil),
        Span(" 1s", nil), Span("1s  2ms", nil), Span("1h1m", nil), Span("1s 1m", nil), Span("1s 1s", nil),
        Span("-1s", nil), Span("+1s", nil), Span("1.5s", nil), Span("1S", nil), Span("1sec", nil), Span("٣s", nil),
        Span("36601d", nil), Span("36600d 1ms", nil), Span("9223372036854775807d", nil),
        Span("99999999999999999999s", nil),
    ]

    @Test(arguments: spans)
    func durations(_ row: Span) {
        #expect(DurationText.read(row.text) == row.milliseconds.map { .milliseconds($0) })
    }

    struct Moment: CustomTestStringConvertible, Sendable {
        let text: String
        /// As ``InstantText/utc(_:)`` writes it.
        let utc: String?
        var testDescription: String { "'\(text)'" }

        init(_ text: String, _ utc: String?) {
            self.text = text
            self.utc = utc
        }
    }

    static let moments: [Moment] = [
        Moment("2030-01-02T10:00:00Z", "2030-01-02T10:00:00.000Z"),
        Moment("2030-01-02T10:00Z", "2030-01-02T10:00:00.000Z"),
        Moment("2030-01-02 10:00:00Z", "2030-01-02T10:00:00.000Z"),
        Moment("2030-01-02T10:00:00.25Z", "2030-01-02T10:00:00.250Z"),
        Moment("2030-01-02T10:00:00.123456789Z", "2030-01-02T10:00:00.123Z"),
        Moment("2030-01-02T05:00:00-05:00", "2030-01-02T10:00:00.000Z"),
        Moment("2030-01-01T00:30:00+05:45", "2029-12-31T18:45:00.000Z"),
        Moment("2028-02-29T23:59:59Z", "2028-02-29T23:59:59.000Z"),
        Moment("1970-01-01T00:00:00Z", "1970-01-01T00:00:00.000Z"),
        Moment("1969-12-31T19:00:00-05:00", "1970-01-01T00:00:00.000Z"),
        Moment("2199-12-31T23:59:59.999999999Z", "2199-12-31T23:59:59.999Z"),
        Moment("2200-01-01T01:00:00+02:00", "2199-12-31T23:00:00.000Z"),
        Moment("", nil), Moment("2030-01-02", nil), Moment("2030-01-02T10:00:00", nil), Moment("T10:00:00Z", nil),
        Moment("2030-01-02T10Z", nil), Moment("2030-01-02T10:00:00z", nil), Moment("2030-01-02t10:00:00Z", nil),
        Moment("2030-01-02T10:00:00.Z", nil), Moment("2030-01-02T10:00:00.1234567890Z", nil),
        Moment("2030-01-02T10:00:00,5Z", nil), Moment("2030-01-02T10:00:00Z ", nil),
        Moment("2030-01-02T10:00:00+0500", nil), Moment("2030-01-02T10:00:00+05", nil),
        Moment("2030-01-02T10:00:00+15:00", nil), Moment("2030-01-02T10:00:00+05:60", nil),
        Moment("2030-00-02T10:00:00Z", nil), Moment("2030-13-02T10:00:00Z", nil), Moment("2030-01-00T10:00:00Z", nil),
        Moment("2030-02-29T10:00:00Z", nil), Moment("2030-01-32T10:00:00Z", nil), Moment("2030-01-02T24:00:00Z", nil),
        Moment("2030-01-02T10:60:00Z", nil), Moment("2030-01-02T10:00:60Z", nil), Moment("30-01-02T10:00:00Z", nil),
        Moment("1969-12-31T23:59:59Z", nil), Moment("2200-01-01T00:00:00Z", nil), Moment("1970-01-01T00:00:00+01:00", nil),
        Moment("9999-12-31T23:59:59Z", nil), Moment("0000-01-01T00:00:00Z", nil),
    ]

    @Test(arguments: moments)
    func instants(_ row: Moment) {
        #expect(InstantText.read(row.text).map { InstantText.utc($0) } == row.utc)
    }

    @Test func nanosecondsAreKept() throws {
        let instant = try #require(InstantText.read("2030-01-02T10:00:00.123456789Z"))
        #expect(instant.nanoseconds % 1_000_000_000 == 123_456_789)
    }

    struct Local: CustomTestStringConvertible, Sendable {
        let utc: String
        let zone: TimeZoneRule
        let local: String
        var testDescription: String { local }

        init(_ utc: String, _ zone: TimeZoneRule, _ local: String) {
            self.utc = utc
            self.zone = zone
            self.local = local
        }
    }

    static let locals: [Local] = [
        Local("2030-01-02T04:59:59.999Z", .usEastern, "2030-01-01T23:59:59.999-05:00"),
        Local("2030-07-01T12:00:00Z", .usEastern, "2030-07-01T08:00:00.000-04:00"),
        Local("2030-07-01T12:00:00Z", .usPacific, "2030-07-01T05:00:00.000-07:00"),
        Local("2030-01-01T12:00:00Z", .usMountain, "2030-01-01T05:00:00.000-07:00"),
        Local("2030-01-01T12:00:00Z", .utc, "2030-01-01T12:00:00.000+00:00"),
    ]

    /// On the wall clock of a zone, and back.
    @Test(arguments: locals)
    func localTime(_ row: Local) throws {
        let instant = try #require(InstantText.read(row.utc))
        #expect(InstantText.local(instant, in: row.zone) == row.local)
        #expect(InstantText.read(row.local) == instant)
    }

    /// Whatever is written can be read: the same moment to the millisecond.
    @Test(arguments: 1...20)
    func writtenIsRead(seed: Int) throws {
        var state = UInt64(seed)
        for _ in 0..<200 {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            let milliseconds = Int64(state >> 20) % (Instant.latest.milliseconds + 1)
            let instant = Instant(nanoseconds: milliseconds * 1_000_000)
            #expect(InstantText.read(InstantText.utc(instant)) == instant, "seed \(seed)")
            for zone in TimeZoneRule.allCases {
                #expect(InstantText.read(InstantText.local(instant, in: zone)) == instant, "seed \(seed)")
            }
        }
    }

    @Test func advancedStaysWithinTime() {
        let start = Instant(seconds: 100)
        #expect(start.advanced(by: .seconds(5)) == Instant(seconds: 105))
        #expect(start.advanced(by: .seconds(-100)) == .earliest)
        #expect(start.advanced(by: .seconds(-101)) == nil)
        #expect(Instant.latest.advanced(by: .nanoseconds(1)) == nil)
        #expect(Instant.latest.advanced(by: .seconds(Int64.max)) == nil)
        #expect(start.advanced(by: .seconds(Int64.min)) == nil)
    }
}
