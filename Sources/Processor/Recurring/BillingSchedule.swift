import Payments

/// On which days a subscription is billed, in the words of its service: days counted from 1970, in UTC.
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

    package var recurrence: Recurrence {
        switch frequency {
        case .daily: .days(interval * days[0])
        case .monthly, .twiceMonthly: .months(interval, on: days)
        }
    }

    /// The first day to bill on, from a day on.
    package func first(from day: Int) -> Int { recurrence.first(from: day) }

    /// The day to bill on after one on which was billed.
    package func next(after day: Int) -> Int { recurrence.next(after: day) }
}
