import Payments
import Processor
import Testing

/// Days as queries name them, mostly without a year.
@Suite struct RecentDayTests {
    struct Row: CustomTestStringConvertible, Sendable {
        let testDescription: String
        let asked: RecentDay
        let today: CivilTime
        let found: CivilTime?

        init(
            _ name: String, _ year: Int?, _ month: Int, _ day: Int, on today: (Int, Int, Int),
            is found: (Int, Int, Int)?
        ) {
            testDescription = name
            asked = RecentDay(year: year, month: month, day: day)
            self.today = CivilTime(year: today.0, month: today.1, day: today.2, hour: 23)
            self.found = found.map { CivilTime(year: $0.0, month: $0.1, day: $0.2) }
        }
    }

    @Test(arguments: [
        Row("today", nil, 1, 2, on: (2030, 1, 2), is: (2030, 1, 2)),
        Row("yesterday", nil, 1, 1, on: (2030, 1, 2), is: (2030, 1, 1)),
        Row("tomorrow is last year's", nil, 1, 3, on: (2030, 1, 2), is: (2029, 1, 3)),
        Row("last December", nil, 12, 31, on: (2030, 1, 1), is: (2029, 12, 31)),
        Row("a leap day this year", nil, 2, 29, on: (2028, 3, 1), is: (2028, 2, 29)),
        Row("a leap day on itself", nil, 2, 29, on: (2028, 2, 29), is: (2028, 2, 29)),
        Row("the leap day before that", nil, 2, 29, on: (2028, 2, 28), is: (2024, 2, 29)),
        Row("a leap day four years ago", nil, 2, 29, on: (2027, 12, 31), is: (2024, 2, 29)),
        Row("a leap day eight years ago", nil, 2, 29, on: (2103, 5, 1), is: (2096, 2, 29)),
        Row("the 2000 leap day", nil, 2, 29, on: (2003, 5, 1), is: (2000, 2, 29)),
        Row("no such day", nil, 2, 30, on: (2030, 3, 1), is: nil),
        Row("day 0", nil, 1, 0, on: (2030, 3, 1), is: nil),
        Row("day 32", nil, 1, 32, on: (2030, 3, 1), is: nil),
        Row("month 0", nil, 0, 1, on: (2030, 3, 1), is: nil),
        Row("month 13", nil, 13, 1, on: (2030, 3, 1), is: nil),
        Row("31 April", nil, 4, 31, on: (2030, 5, 1), is: nil),
        Row("a year of its own", 2027, 5, 6, on: (2030, 1, 1), is: (2027, 5, 6)),
        Row("a year of its own, to come", 2031, 5, 6, on: (2030, 1, 1), is: (2031, 5, 6)),
        Row("a leap day in no leap year", 2027, 2, 29, on: (2030, 1, 1), is: nil),
        Row("a year before the calendar", 1899, 1, 1, on: (2030, 1, 1), is: nil),
        Row("a year behind it", 2201, 1, 1, on: (2030, 1, 1), is: nil),
    ])
    func resolved(_ row: Row) {
        #expect(row.asked.resolved(from: row.today) == row.found?.daysSince1970)
    }
}
