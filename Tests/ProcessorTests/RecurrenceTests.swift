import Payments
import Processor
import Testing

/// What comes back on days of the calendar, whoever's words ask for it.
@Suite struct RecurrenceTests {
    struct Row: CustomTestStringConvertible, Sendable {
        let testDescription: String
        let recurrence: Recurrence
        /// `2030-01-31`.
        let from: String
        /// The first day from there on, and those behind it.
        let days: [String]

        init(_ name: String, _ recurrence: Recurrence, from: String, _ days: [String]) {
            testDescription = name
            self.recurrence = recurrence
            self.from = from
            self.days = days
        }
    }

    private static func day(_ text: String) throws -> Int {
        let parts = text.split(separator: "-").compactMap { Int($0) }
        try #require(parts.count == 3)
        return CivilTime(year: parts[0], month: parts[1], day: parts[2]).daysSince1970
    }

    @Test(arguments: [
        Row("every week", .days(7), from: "2030-12-27", ["2030-12-27", "2031-01-03"]),
        Row("a day that has come", .months(1, on: [15]), from: "2030-01-15", ["2030-01-15", "2030-02-15"]),
        Row("a day that is over", .months(1, on: [15]), from: "2030-12-16", ["2031-01-15", "2031-02-15"]),
        Row(
            "the last day", .months(1, on: [0]), from: "2028-01-31",
            ["2028-01-31", "2028-02-29", "2028-03-31", "2028-04-30"]),
        Row(
            "a day that not every month has", .months(1, on: [30]), from: "2030-01-30",
            ["2030-01-30", "2030-02-28", "2030-03-30"]),
        Row("a leap day, once a year", .months(12, on: [29]), from: "2028-02-29", ["2028-02-29", "2029-02-28"]),
        Row(
            "two days every other month", .months(2, on: [15, 1]), from: "2030-01-02",
            ["2030-01-15", "2030-03-01", "2030-03-15", "2030-05-01"]),
        Row(
            "two days that fall together", .months(1, on: [29, 0]), from: "2030-01-29",
            ["2030-01-29", "2030-01-31", "2030-02-28", "2030-03-29"]),
    ])
    func oneAfterTheOther(_ row: Row) throws {
        var day = row.recurrence.first(from: try Self.day(row.from))
        for expected in row.days {
            #expect(day == (try Self.day(expected)), "\(expected)")
            day = row.recurrence.next(after: day)
        }
    }

    /// With one day a month, going on from any step is counting them.
    @Test(arguments: [Recurrence.days(10), .months(1, on: [31]), .months(3, on: [29]), .months(12, on: [29])])
    func countedFromTheFirst(_ recurrence: Recurrence) throws {
        let first = recurrence.first(from: try Self.day("2028-01-01"))
        var day = first
        for step in 0..<60 {
            #expect(recurrence.day(step, from: first) == day, "step \(step)")
            day = recurrence.next(after: day)
        }
    }
}
