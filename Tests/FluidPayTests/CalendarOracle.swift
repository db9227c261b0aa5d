/// A calendar that counts day by day, for comparing: it shares no arithmetic with the program's.
struct CalendarDay: Equatable {
    var year: Int
    var month: Int
    var day: Int

    static func length(_ year: Int, _ month: Int) -> Int {
        switch month {
        case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }

    mutating func step() {
        day += 1
        if day > Self.length(year, month) { (day, month) = (1, month + 1) }
        if month > 12 { (month, year) = (1, year + 1) }
    }

    var months: Int { year * 12 + month - 1 }

    var text: String { "\(year)-\(month < 10 ? "0" : "")\(month)-\(day < 10 ? "0" : "")\(day)" }
}

/// The days on which somebody is billed, found by looking at every day.
struct CalendarOracle {
    let frequency: String
    let interval: Int
    let days: [Int]
    let first: CalendarDay

    /// All days from the first one through another.
    func days(through last: CalendarDay) -> [CalendarDay] {
        var found: [CalendarDay] = []
        var day = first
        var age = 0
        while true {
            if age == 0 || isListed(day, age) { found.append(day) }
            if day == last { return found }
            day.step()
            age += 1
        }
    }

    private func isListed(_ day: CalendarDay, _ age: Int) -> Bool {
        if frequency == "daily" { return age % (interval * days[0]) == 0 }
        let distance = day.months - first.months
        guard distance % interval == 0, frequency == "twice_monthly" || distance > 0 else { return false }
        let length = CalendarDay.length(day.year, day.month)
        return days.contains { $0 == 0 || $0 > length ? day.day == length : day.day == $0 }
    }
}
