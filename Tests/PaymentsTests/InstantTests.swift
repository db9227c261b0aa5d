import Payments
import PropertySupport
import Testing

@Suite struct InstantTests {
    struct DurationRow: CustomTestStringConvertible, Sendable {
        let testDescription: String
        let duration: Duration
        let nanoseconds: Int64

        init(_ name: String, _ duration: Duration, _ nanoseconds: Int64) {
            testDescription = name
            self.duration = duration
            self.nanoseconds = nanoseconds
        }
    }

    @Test(arguments: [
        DurationRow("zero", .zero, 0),
        DurationRow("a second", .seconds(1), 1_000_000_000),
        DurationRow("a nanosecond", .nanoseconds(1), 1),
        DurationRow("less than a nanosecond", Duration(secondsComponent: 0, attosecondsComponent: 999_999_999), 0),
        DurationRow(
            "minus a bit more than one", Duration(secondsComponent: 0, attosecondsComponent: -1_500_000_000), -1),
        DurationRow("minus a second and a half", .milliseconds(-1500), -1_500_000_000),
        DurationRow("the longest", .nanoseconds(Int64.max), .max),
        DurationRow("the shortest", .nanoseconds(Int64.min), .min),
        DurationRow("longer than 64 bits", .seconds(9_223_372_037), .max),
        DurationRow("one nanosecond too long", Duration.nanoseconds(Int64.max) + .nanoseconds(1), .max),
        DurationRow("a thousand years", .seconds(31_556_952_000), .max),
        DurationRow("a thousand years back", .seconds(-31_556_952_000), .min),
        DurationRow("the longest duration there is", .seconds(Int64.max), .max),
    ])
    func wholeNanoseconds(_ row: DurationRow) { #expect(row.duration.wholeNanoseconds == row.nanoseconds) }

    struct FloorRow: CustomTestStringConvertible, Sendable {
        let nanoseconds: Int64
        let seconds: Int64
        let milliseconds: Int64
        var testDescription: String { "\(nanoseconds)" }
    }

    @Test(arguments: [
        FloorRow(nanoseconds: 0, seconds: 0, milliseconds: 0),
        FloorRow(nanoseconds: 999_999, seconds: 0, milliseconds: 0),
        FloorRow(nanoseconds: 1_999_999_999, seconds: 1, milliseconds: 1999),
        FloorRow(nanoseconds: -1, seconds: -1, milliseconds: -1),
        FloorRow(nanoseconds: -1_000_000_000, seconds: -1, milliseconds: -1000),
        FloorRow(nanoseconds: -1_000_000_001, seconds: -2, milliseconds: -1001),
    ])
    func roundingIsDown(_ row: FloorRow) {
        let instant = Instant(nanoseconds: row.nanoseconds)
        #expect(instant.seconds == row.seconds)
        #expect(instant.milliseconds == row.milliseconds)
    }

    @Test func floorDivisionForEverySign() {
        for dividend in -20...20 {
            for divisor in [-7, -3, -1, 1, 3, 7] {
                var floor = dividend / divisor
                while floor * divisor > dividend && divisor > 0 { floor -= 1 }
                while floor * divisor < dividend && divisor < 0 { floor -= 1 }
                #expect(dividend.floorDivided(by: divisor) == floor, "\(dividend) by \(divisor)")
            }
        }
    }

    /// Time that runs against the end of the representation stops there: no request and no setting may end the process.
    @Test func arithmeticStopsAtTheEndsOfTime() {
        let last = Instant(nanoseconds: .max)
        let first = Instant(nanoseconds: .min)
        #expect(last + .seconds(1) == last)
        #expect(first + .seconds(-1) == first)
        #expect(Instant(seconds: 0) + .seconds(Int64.max) == last)
        #expect(last - first == .nanoseconds(Int64.max))
        #expect(first - last == .nanoseconds(Int64.min))
        #expect(Instant(seconds: .max) == last)
        #expect(Instant(seconds: .min) == first)
        #expect(CivilTime(year: 9999, month: 12, day: 31).instant == last)
        #expect(CivilTime(year: 1, month: 1, day: 1).instant == first)
    }

    @Test(arguments: PropertySeeds.few)
    func addingAndTakingAwayMeet(seed: UInt64) {
        var random = TestRandom(seed: seed)
        for _ in 0..<1000 {
            let a = Instant(nanoseconds: Int64.random(in: -(1 << 61)...(1 << 61), using: &random))
            let b = Instant(nanoseconds: Int64.random(in: -(1 << 61)...(1 << 61), using: &random))
            #expect(a + (b - a) == b)
            #expect((a < b) == (b - a > .zero))
        }
    }

    struct AdvanceRow: CustomTestStringConvertible, Sendable {
        let testDescription: String
        let from: Instant
        let by: Duration
        let to: Instant?

        init(_ name: String, _ from: Instant, _ by: Duration, _ to: Instant?) {
            testDescription = name
            self.from = from
            self.by = by
            self.to = to
        }
    }

    @Test(arguments: [
        AdvanceRow("a day", Instant(seconds: 100), .seconds(86_400), Instant(seconds: 86_500)),
        AdvanceRow("back to the beginning", Instant(seconds: 100), .seconds(-100), .earliest),
        AdvanceRow("before the beginning", Instant(seconds: 100), .seconds(-101), nil),
        AdvanceRow("to the end", .latest, .zero, .latest),
        AdvanceRow("past the end", .latest, .nanoseconds(1), nil),
        AdvanceRow("past the end of the representation", .latest, .seconds(Int64.max), nil),
    ])
    func advancing(_ row: AdvanceRow) { #expect(row.from.advanced(by: row.by) == row.to) }
}
