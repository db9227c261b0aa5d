import Payments
import Processor
import Testing

/// On which days a billing plan is paid.
@Suite struct BillingRhythmTests {
    struct Row: CustomTestStringConvertible, Sendable {
        let testDescription: String
        let start: String
        let unit: BillingRhythm.Unit
        let every: Int
        let end: End
        let days: [String]

        enum End: Sendable {
            case never
            case after(Int)
            case onDay(String)
        }

        init(
            _ name: String, from start: String, _ unit: BillingRhythm.Unit, every: Int = 1, until end: End = .never,
            _ days: [String]
        ) {
            testDescription = name
            self.start = start
            self.unit = unit
            self.every = every
            self.end = end
            self.days = days
        }
    }

    /// `2030-01-31`, counted from 1970.
    private static func day(_ text: String) throws -> Int {
        let parts = text.split(separator: "-").compactMap { Int($0) }
        try #require(parts.count == 3)
        return CivilTime(year: parts[0], month: parts[1], day: parts[2]).daysSince1970
    }

    private static func text(_ day: Int) -> String { String(CivilTime(daysSince1970: day).iso8601.prefix(10)) }

    private static func rhythm(_ row: Row) throws -> BillingRhythm {
        let end: BillingRhythm.End =
            switch row.end {
            case .never: .never
            case .after(let count): .after(count)
            case .onDay(let last): .onDay(try day(last))
            }
        return BillingRhythm(start: try day(row.start), unit: row.unit, every: row.every, end: end)
    }

    @Test(arguments: [
        Row(
            "every day, over the end of a month", from: "2030-01-30", .day, ["2030-01-30", "2030-01-31", "2030-02-01"]),
        Row("every day, over a leap day", from: "2028-02-28", .day, ["2028-02-28", "2028-02-29", "2028-03-01"]),
        Row("every day, where there is no leap day", from: "2030-02-28", .day, ["2030-02-28", "2030-03-01"]),
        Row("every other day", from: "2030-12-30", .day, every: 2, ["2030-12-30", "2031-01-01", "2031-01-03"]),
        Row("every week, over a year", from: "2029-12-27", .week, ["2029-12-27", "2030-01-03", "2030-01-10"]),
        Row("every other week", from: "2028-02-16", .week, every: 2, ["2028-02-16", "2028-03-01", "2028-03-15"]),
        Row("every month", from: "2030-11-15", .month, ["2030-11-15", "2030-12-15", "2031-01-15", "2031-02-15"]),
        Row(
            "every month from a 31st: short months have it on their last day", from: "2030-01-31", .month,
            ["2030-01-31", "2030-02-28", "2030-03-31", "2030-04-30", "2030-05-31"]),
        Row(
            "a 31st before a leap day", from: "2027-12-31", .month,
            ["2027-12-31", "2028-01-31", "2028-02-29", "2028-03-31"]),
        Row("every month from a 30th", from: "2030-01-30", .month, ["2030-01-30", "2030-02-28", "2030-03-30"]),
        Row("every month from a 29th", from: "2030-01-29", .month, ["2030-01-29", "2030-02-28", "2030-03-29"]),
        Row("a 29th in a leap year", from: "2028-01-29", .month, ["2028-01-29", "2028-02-29", "2028-03-29"]),
        Row(
            "every other month from a 31st", from: "2030-12-31", .month, every: 2,
            ["2030-12-31", "2031-02-28", "2031-04-30", "2031-06-30", "2031-08-31"]),
        Row("every year", from: "2030-06-01", .year, ["2030-06-01", "2031-06-01", "2032-06-01"]),
        Row(
            "every year from a leap day", from: "2028-02-29", .year,
            ["2028-02-29", "2029-02-28", "2030-02-28", "2031-02-28", "2032-02-29"]),
        Row("every other year from a leap day", from: "2028-02-29", .year, every: 2, ["2028-02-29", "2030-02-28"]),
        Row(
            "a century without a leap day", from: "2096-02-29", .year, every: 2,
            ["2096-02-29", "2098-02-28", "2100-02-28"]),
    ])
    func days(_ row: Row) throws {
        let rhythm = try Self.rhythm(row)
        #expect(row.days.indices.map { rhythm.day($0).map(Self.text) } == row.days.map { Optional($0) })
    }

    @Test(arguments: [
        Row(
            "after three payments", from: "2030-01-31", .month, until: .after(3),
            ["2030-01-31", "2030-02-28", "2030-03-31"]),
        Row("after one payment", from: "2030-01-31", .day, until: .after(1), ["2030-01-31"]),
        Row("after none", from: "2030-01-31", .day, until: .after(0), []),
        Row(
            "on the day of a payment", from: "2030-01-31", .month, until: .onDay("2030-02-28"),
            ["2030-01-31", "2030-02-28"]),
        Row("the day before a payment", from: "2030-01-31", .month, until: .onDay("2030-02-27"), ["2030-01-31"]),
        Row("on its first day", from: "2030-01-31", .week, until: .onDay("2030-01-31"), ["2030-01-31"]),
        Row("before its first day", from: "2030-01-31", .week, until: .onDay("2030-01-30"), []),
    ])
    func ends(_ row: Row) throws {
        let rhythm = try Self.rhythm(row)
        #expect((0..<10).compactMap { rhythm.day($0).map(Self.text) } == row.days)
    }

    /// Days only ever go forward, and a plan by the month is never a day of another month.
    @Test(arguments: BillingRhythm.Unit.allCases, [1, 2])
    func daysGoForward(_ unit: BillingRhythm.Unit, _ every: Int) throws {
        for start in try Self.day("2027-12-20")...Self.day("2028-03-10") {
            let rhythm = BillingRhythm(start: start, unit: unit, every: every, end: .never)
            let days = (0..<60).compactMap { rhythm.day($0) }
            #expect(days.count == 60 && days.first == start)
            #expect(zip(days, days.dropFirst()).allSatisfy { $0 < $1 })
            guard unit == .month else { continue }
            let months = days.map { CivilTime(daysSince1970: $0) }.map { $0.year * 12 + $0.month }
            #expect(zip(months, months.dropFirst()).allSatisfy { $1 - $0 == every })
        }
    }
}
