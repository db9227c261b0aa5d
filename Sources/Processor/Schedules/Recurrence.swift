import Payments

/// What comes back on days of the calendar. Days are counted from 1970; a month that is too short for a day has it on
/// its last one.
package enum Recurrence: Hashable, Sendable {
    /// Every so many days.
    case days(Int)
    /// Every so many months, on these days of the month; 0 is the last one. At least one, in any order.
    case months(Int, on: [Int])

    /// The first day that is meant, from a day on.
    package func first(from day: Int) -> Int {
        guard case .months(_, let days) = self else { return day }
        let month = CalendarMonth(of: day)
        return month.listed(days).first { $0 >= day } ?? month.later(by: 1).listed(days)[0]
    }

    /// The day behind one that was meant. With one day a month, any day of a month counts as the one of that month.
    package func next(after day: Int) -> Int {
        switch self {
        case .days(let count): return day + count
        case .months(let count, let days):
            let month = CalendarMonth(of: day)
            let rest = days.count > 1 ? month.listed(days).first { $0 > day } : nil
            return rest ?? month.later(by: count).listed(days)[0]
        }
    }

    /// The day so many steps behind a first one: of several days in a month, the first of that month counts.
    package func day(_ steps: Int, from first: Int) -> Int {
        switch self {
        case .days(let count): first + steps * count
        case .months(let count, let days): CalendarMonth(of: first).later(by: steps * count).listed(days)[0]
        }
    }
}

/// A month, counted from the year 0.
private struct CalendarMonth {
    let number: Int

    init(number: Int) { self.number = number }

    init(of day: Int) {
        let civil = CivilTime(daysSince1970: day)
        number = civil.year * 12 + civil.month - 1
    }

    func later(by months: Int) -> CalendarMonth { CalendarMonth(number: number + months) }

    private var first: Int {
        let year = number.floorDivided(by: 12)
        return CivilTime(year: year, month: number - year * 12 + 1, day: 1).daysSince1970
    }

    /// The days of this month that are meant, in order, each once.
    func listed(_ days: [Int]) -> [Int] {
        let length = later(by: 1).first - first
        var found: [Int] = []
        for day in days.map({ first + ($0 == 0 ? length : min($0, length)) - 1 }).sorted() where found.last != day {
            found.append(day)
        }
        return found
    }
}
