import Foundation
import Payments
import PropertySupport
import Testing

@Suite struct TimeZoneRuleTests {
    /// 2007-01-01, when the rule came into force, to the end of 2060.
    private static let seconds: ClosedRange<Int64> = 1_167_609_600...2_871_763_199

    @Test(arguments: TimeZoneRule.allCases)
    func agreesWithFoundation(_ rule: TimeZoneRule) throws {
        let zone = try #require(TimeZone(identifier: rule.rawValue))
        for seed in PropertySeeds.few {
            var random = TestRandom(seed: seed)
            for _ in 0..<500 {
                let seconds = Int64.random(in: Self.seconds, using: &random)
                try expectSame(rule, zone, seconds, "seed \(seed)")
            }
        }
    }

    @Test(arguments: TimeZoneRule.allCases)
    func theHoursAroundEverySwitch(_ rule: TimeZoneRule) throws {
        let zone = try #require(TimeZone(identifier: rule.rawValue))
        var switches = 0
        for year in 2007...2060 {
            for (month, days) in [(3, 8...14), (11, 1...7)] {
                let sunday = try #require(
                    days.first { CivilTime(year: year, month: month, day: $0).dayOfWeek == 0 })
                let midnight = CivilTime(year: year, month: month, day: sunday).instant.seconds
                // 04:00 to 12:00 UTC holds the switch of every zone and hours on both sides.
                for quarter in 16..<48 {
                    let seconds = midnight + Int64(quarter) * 900
                    for step in -1...1 { try expectSame(rule, zone, seconds + Int64(step), "\(year)") }
                }
                switches +=
                    zone.secondsFromGMT(for: date(midnight)) == zone.secondsFromGMT(for: date(midnight + 86_400))
                    ? 0 : 1
            }
        }
        // The test would prove nothing if it looked at other days.
        #expect(switches == (rule == .utc ? 0 : 108))
    }

    private func date(_ seconds: Int64) -> Date { Date(timeIntervalSince1970: TimeInterval(seconds)) }

    private func expectSame(_ rule: TimeZoneRule, _ zone: TimeZone, _ seconds: Int64, _ note: String) throws {
        let instant = Instant(seconds: seconds)
        let offset = zone.secondsFromGMT(for: date(seconds))
        guard rule.offsetSeconds(at: instant) == offset else {
            Issue.record("\(rule.rawValue) at \(seconds), \(note): \(rule.offsetSeconds(at: instant)), not \(offset)")
            return
        }
        let civil = rule.civilTime(instant)
        #expect(civil == CivilTime(Instant(seconds: seconds + Int64(offset))))
        // A civil time that exists twice stands for the later moment.
        let back = rule.instant(civil)
        #expect(back == instant || back == instant + .seconds(3600), "\(rule.rawValue) at \(seconds), \(note)")
        #expect(rule.civilTime(back) == civil, "\(rule.rawValue) at \(seconds), \(note)")
    }

    struct Row: CustomTestStringConvertible, Sendable {
        let testDescription: String
        let civil: CivilTime
        let utc: CivilTime

        init(_ name: String, _ month: Int, _ day: Int, _ hour: Int, _ minute: Int, utcHour: Int) {
            testDescription = name
            civil = CivilTime(year: 2024, month: month, day: day, hour: hour, minute: minute)
            utc = CivilTime(year: 2024, month: month, day: day, hour: utcHour, minute: minute)
        }
    }

    /// New York switched on 10 March and 3 November 2024.
    @Test(arguments: [
        Row("winter", 1, 15, 12, 0, utcHour: 17),
        Row("summer", 7, 15, 12, 0, utcHour: 16),
        Row("the last minute of standard time", 3, 10, 1, 59, utcHour: 6),
        Row("an hour that does not exist takes the standard offset", 3, 10, 2, 30, utcHour: 7),
        Row("the first minute of summer", 3, 10, 3, 0, utcHour: 7),
        Row("the hour before the doubled one", 11, 3, 0, 59, utcHour: 4),
        Row("an hour that exists twice takes the standard offset", 11, 3, 1, 30, utcHour: 6),
        Row("after the doubled hour", 11, 3, 2, 0, utcHour: 7),
    ])
    func civilTimesOfNewYork(_ row: Row) {
        #expect(TimeZoneRule.usEastern.instant(row.civil) == row.utc.instant)
    }
}
