package import Payments

/// A day as a query names it, often without its year.
package struct RecentDay: Hashable, Sendable {
    /// Nil means the latest such day that has begun.
    package let year: Int?
    package let month: Int
    package let day: Int

    package init(year: Int?, month: Int, day: Int) {
        self.year = year
        self.month = month
        self.day = day
    }

    /// Counted from 1970; nil when there is no such day.
    package func resolved(from today: CivilTime) -> Int? {
        if let year { return Self.day(year, month, day) }
        for year in stride(from: today.year, through: today.year - Self.longestGapBetweenLeapDays, by: -1) {
            if let found = Self.day(year, month, day), found <= today.daysSince1970 { return found }
        }
        return nil
    }

    /// From 1896 to 1904, and from 2096 to 2104.
    private static let longestGapBetweenLeapDays = 8

    private static func day(_ year: Int, _ month: Int, _ day: Int) -> Int? {
        guard (1900...2200).contains(year), (1...12).contains(month), (1...31).contains(day) else { return nil }
        let days = CivilTime(year: year, month: month, day: day).daysSince1970
        let found = CivilTime(daysSince1970: days)
        return found.month == month && found.day == day ? days : nil
    }
}
