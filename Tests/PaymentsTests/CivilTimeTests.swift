import Foundation
import Payments
import PropertySupport
import Testing

@Suite struct CivilTimeTests {
    private static let calendar: Calendar = {
        var calendar = Calendar(identifier: .iso8601)
        calendar.timeZone = .gmt
        return calendar
    }()

    @Test(arguments: PropertySeeds.few)
    func agreesWithFoundation(seed: UInt64) throws {
        var random = TestRandom(seed: seed)
        for _ in 0..<1000 {
            // 1700 to 2260, which is nearly all that 64 bits of nanoseconds hold.
            let seconds = Int64.random(in: -8_520_336_000...9_151_488_000, using: &random)
            let milliseconds = Int64.random(in: 0...999, using: &random)
            let instant = Instant(nanoseconds: seconds * 1_000_000_000 + milliseconds * 1_000_000)
            let civil = CivilTime(instant)
            let date = Date(timeIntervalSince1970: TimeInterval(seconds))
            let parts = Self.calendar.dateComponents(
                [.year, .month, .day, .hour, .minute, .second, .weekday], from: date)
            #expect(civil.year == parts.year && civil.month == parts.month && civil.day == parts.day, "\(seconds)")
            #expect(civil.hour == parts.hour && civil.minute == parts.minute && civil.second == parts.second)
            #expect(civil.millisecond == Int(milliseconds), "\(seconds)")
            #expect(civil.dayOfWeek + 1 == parts.weekday, "\(seconds)")
            #expect(civil.dayOfYear == Self.calendar.ordinality(of: .day, in: .year, for: date), "\(seconds)")
            #expect(civil.instant == instant, "\(seconds)")
        }
    }

    /// Day by day through the 400 years after which the calendar repeats, with month lengths from the rule itself.
    @Test func everyDayOfFourCenturies() {
        var expected = CivilTime(year: 1800, month: 1, day: 1)
        var dayOfYear = 1
        let first = expected.daysSince1970
        for days in first..<(first + 146_097) {
            let civil = CivilTime(daysSince1970: days)
            guard civil == expected, civil.daysSince1970 == days, civil.dayOfYear == dayOfYear,
                civil.dayOfWeek == ((days + 4) % 7 + 7) % 7
            else {
                Issue.record("day \(days) is \(civil), not \(expected)")
                return
            }
            expected.day += 1
            dayOfYear += 1
            if expected.day > length(ofMonth: expected.month, expected.year) {
                expected.day = 1
                expected.month += 1
            }
            if expected.month > 12 {
                expected.month = 1
                expected.year += 1
                dayOfYear = 1
            }
        }
        #expect(expected == CivilTime(year: 2200, month: 1, day: 1))
    }

    private func length(ofMonth month: Int, _ year: Int) -> Int {
        switch month {
        case 2: (year % 4 == 0 && year % 100 != 0) || year % 400 == 0 ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }

    struct LeapRow: CustomTestStringConvertible, Sendable {
        let year: Int
        let days: Int
        var testDescription: String { "\(year)" }
    }

    @Test(arguments: [
        LeapRow(year: 1900, days: 365), LeapRow(year: 2000, days: 366), LeapRow(year: 2023, days: 365),
        LeapRow(year: 2024, days: 366), LeapRow(year: 2100, days: 365), LeapRow(year: 2400, days: 366),
    ])
    func leapYears(_ row: LeapRow) {
        let last = CivilTime(year: row.year, month: 12, day: 31)
        #expect(last.dayOfYear == row.days)
        let march = CivilTime(year: row.year, month: 3, day: 1)
        #expect(CivilTime(daysSince1970: march.daysSince1970 - 1).day == (row.days == 366 ? 29 : 28))
    }

    @Test func writtenForms() {
        let civil = CivilTime(year: 2023, month: 6, day: 2, hour: 5, minute: 4, second: 3, millisecond: 98)
        #expect(civil.iso8601 == "2023-06-02T05:04:03.098")
        #expect(civil.iso8601(fraction: 0, digits: 0) == "2023-06-02T05:04:03")
        #expect(civil.iso8601(fraction: 98_001, digits: 6) == "2023-06-02T05:04:03.098001")
        #expect(civil.iso8601(fraction: 0, digits: 0, zone: "+00:00") == "2023-06-02T05:04:03+00:00")
        #expect(CivilTime(year: 33, month: 1, day: 1).iso8601 == "0033-01-01T00:00:00.000")
        #expect(CivilTime(year: 12_345, month: 1, day: 1).iso8601 == "12345-01-01T00:00:00.000")
        #expect(civil.compactDate == "20230602")
        #expect(civil.compactDateTime == "20230602050403")
        #expect(civil.secondOfDay == 18_243)
        #expect(CivilTime(year: 33, month: 1, day: 1).compactDate == "00330101")
    }

    @Test func momentsBefore1970RoundDown() {
        let civil = CivilTime(Instant(nanoseconds: -1))
        #expect(
            civil
                == CivilTime(
                    year: 1969, month: 12, day: 31, hour: 23, minute: 59, second: 59, millisecond: 999))
        #expect(CivilTime(Instant(nanoseconds: .min)).year == 1677)
        #expect(CivilTime(Instant(nanoseconds: .max)).year == 2262)
    }
}
