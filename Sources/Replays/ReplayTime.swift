/// A moment of a world's time, in nanoseconds since 1970-01-01T00:00:00Z.
package struct ReplayMoment: Hashable, Sendable, CustomStringConvertible {
    package let nanoseconds: Int64

    package init(nanoseconds: Int64) { self.nanoseconds = nanoseconds }

    /// Reads RFC 3339 with a zone: `2030-01-02T10:00:00Z`, `2030-01-02T10:00:00.250-05:00`.
    ///
    /// Nil for anything else, for days that no calendar has, and for years before 1970 or after 2199.
    package init?(_ text: some StringProtocol) {
        var rest = Substring(text)
        func number(_ digits: Int) -> Int? {
            let head = rest.prefix(digits)
            guard head.utf8.count == digits, head.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
            rest = rest.dropFirst(digits)
            return Int(head)
        }
        func mark(_ allowed: String) -> Bool {
            guard let first = rest.first, allowed.contains(first) else { return false }
            rest = rest.dropFirst()
            return true
        }
        guard let year = number(4), mark("-"), let month = number(2), mark("-"), let day = number(2), mark("Tt "),
            let hour = number(2), mark(":"), let minute = number(2), mark(":"), let second = number(2),
            (1970...2199).contains(year), (1...12).contains(month), hour < 24, minute < 60, second < 60,
            (1...ReplayTime.days(inMonth: month, of: year)).contains(day)
        else { return nil }
        var fraction: Int64 = 0
        if mark(".") {
            let digits = rest.prefix { ("0"..."9").contains($0) }
            guard (1...9).contains(digits.count), let value = Int64(digits) else { return nil }
            fraction = (digits.count..<9).reduce(value) { scaled, _ in scaled * 10 }
            rest = rest.dropFirst(digits.count)
        }
        var offset = 0
        if !mark("Zz") {
            let isWest = rest.first == "-"
            guard mark("+-"), let hours = number(2), mark(":"), let minutes = number(2), hours < 24, minutes < 60 else {
                return nil
            }
            offset = (hours * 3600 + minutes * 60) * (isWest ? -1 : 1)
        }
        guard rest.isEmpty else { return nil }
        let days = ReplayTime.daysSince1970(year: year, month: month, day: day)
        let seconds = Int64(days) * 86_400 + Int64(hour * 3600 + minute * 60 + second - offset)
        nanoseconds = seconds * 1_000_000_000 + fraction
    }

    /// RFC 3339 in UTC, with as many decimals as it needs.
    package var description: String {
        let seconds = nanoseconds / 1_000_000_000
        let (year, month, day) = ReplayTime.civil(daysSince1970: Int(seconds / 86_400))
        let second = Int(seconds % 86_400)
        var fraction = ReplayTime.padded(Int(nanoseconds % 1_000_000_000), 9)[...]
        while fraction.last == "0" { fraction.removeLast() }
        let parts = [second / 3600, second / 60 % 60, second % 60]
        let time = parts.map { ReplayTime.padded($0, 2) }.joined(separator: ":")
        return "\(ReplayTime.padded(year, 4))-\(ReplayTime.padded(month, 2))-\(ReplayTime.padded(day, 2))T\(time)"
            + (fraction.isEmpty ? "" : ".\(fraction)") + "Z"
    }
}

/// Durations as text, and the calendar.
package enum ReplayTime {
    private static let units: [(name: String, nanoseconds: Int64)] = [
        ("d", 86_400_000_000_000), ("h", 3_600_000_000_000), ("m", 60_000_000_000), ("s", 1_000_000_000),
        ("ms", 1_000_000),
    ]

    /// Reads `32s`, `1d12h`, `250ms`: whole numbers with the units `d`, `h`, `m`, `s` and `ms`, the largest first.
    package static func duration(_ text: some StringProtocol) -> Duration? {
        var rest = Substring(text)
        var total: Int64 = 0
        var last = -1
        while !rest.isEmpty {
            let digits = rest.prefix { ("0"..."9").contains($0) }
            rest = rest.dropFirst(digits.count)
            let name = rest.prefix { ("a"..."z").contains($0) }
            rest = rest.dropFirst(name.count)
            guard let count = Int64(digits), let unit = units.firstIndex(where: { $0.name == name }), unit > last else {
                return nil
            }
            last = unit
            let (part, overflowed) = count.multipliedReportingOverflow(by: units[unit].nanoseconds)
            let (sum, carried) = total.addingReportingOverflow(part)
            guard !overflowed, !carried else { return nil }
            total = sum
        }
        return last < 0 ? nil : .nanoseconds(total)
    }

    /// The text that ``duration(_:)`` reads; parts below a millisecond are dropped.
    package static func text(_ duration: Duration, separator: String = "") -> String {
        let (seconds, attoseconds) = duration.components
        guard seconds >= 0, attoseconds >= 0, seconds < 9_000_000_000 else { return "\(duration)" }
        var rest = seconds * 1_000_000_000 + attoseconds / 1_000_000_000
        var parts: [String] = []
        for unit in units where rest >= unit.nanoseconds {
            parts.append("\(rest / unit.nanoseconds)\(unit.name)")
            rest %= unit.nanoseconds
        }
        return parts.isEmpty ? "0s" : parts.joined(separator: separator)
    }

    static func days(inMonth month: Int, of year: Int) -> Int {
        switch month {
        case 4, 6, 9, 11: 30
        case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
        default: 31
        }
    }

    /// The usual shift of the year's start to March.
    static func daysSince1970(year: Int, month: Int, day: Int) -> Int {
        let year = month <= 2 ? year - 1 : year
        let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
        return year / 400 * 146_097 + year % 400 * 365 + year % 400 / 4 - year % 400 / 100 + dayOfYear - 719_468
    }

    static func civil(daysSince1970 days: Int) -> (year: Int, month: Int, day: Int) {
        let shifted = days + 719_468
        let era = shifted / 146_097
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shiftedMonth = (5 * dayOfYear + 2) / 153
        let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
        return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, dayOfYear - (153 * shiftedMonth + 2) / 5 + 1)
    }

    static func padded(_ value: Int, _ width: Int) -> String {
        let digits = String(value)
        return String(repeating: "0", count: max(0, width - digits.utf8.count)) + digits
    }
}
