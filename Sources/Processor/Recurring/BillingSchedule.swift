import Payments

/// On which days somebody is billed. Days are counted from 1970, in UTC.
package struct BillingSchedule: Hashable, Sendable {
    package enum Frequency: String, Hashable, Sendable, CaseIterable { case monthly, twiceMonthly, daily }

    package let frequency: Frequency
    /// Every so many months; with ``Frequency/daily`` every so many times the days.
    package let interval: Int
    /// Days of a month, 0 the last one; with ``Frequency/daily`` the one number of days between two bills.
    package let days: [Int]

    package static let intervals = 1...1200
    private static let daysOfMonth = 0...31
    private static let daySpans = 1...3660

    /// - Returns: nil for days that do not fit the frequency: one for monthly and daily, two for twice monthly.
    package init?(_ frequency: Frequency, every interval: Int, on days: [Int]) {
        guard Self.intervals.contains(interval), days.count == (frequency == .twiceMonthly ? 2 : 1),
            days.allSatisfy((frequency == .daily ? Self.daySpans : Self.daysOfMonth).contains),
            Set(days).count == days.count
        else { return nil }
        self.frequency = frequency
        self.interval = interval
        self.days = days
    }

    /// The first day to bill on, from a day on.
    package func first(from day: Int) -> Int {
        if frequency == .daily { return day }
        let month = Month(of: day)
        return listed(in: month).first { $0 >= day } ?? listed(in: month.later(by: 1))[0]
    }

    /// The day to bill on after one on which was billed.
    package func next(after day: Int) -> Int {
        let month = Month(of: day)
        switch frequency {
        case .daily: return day + interval * days[0]
        case .monthly: return listed(in: month.later(by: interval))[0]
        case .twiceMonthly: return listed(in: month).first { $0 > day } ?? listed(in: month.later(by: interval))[0]
        }
    }

    /// The listed days of a month, each once: one past the month's end means the last day.
    private func listed(in month: Month) -> [Int] {
        var found: [Int] = []
        for day in days.map(month.day).sorted() where found.last != day { found.append(day) }
        return found
    }

    /// A month, counted from the year 0.
    private struct Month {
        let number: Int

        init(number: Int) { self.number = number }

        init(of day: Int) {
            let civil = CivilTime(daysSince1970: day)
            number = civil.year * 12 + civil.month - 1
        }

        func later(by months: Int) -> Month { Month(number: number + months) }

        private var first: Int {
            let year = number.floorDivided(by: 12)
            return CivilTime(year: year, month: number - year * 12 + 1, day: 1).daysSince1970
        }

        /// - Parameter listed: 0 for the last day.
        func day(_ listed: Int) -> Int {
            let length = later(by: 1).first - first
            return first + (listed == 0 ? length : min(listed, length)) - 1
        }
    }
}
