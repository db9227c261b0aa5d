/// `Sun, 06 Nov 1994 08:49:37 GMT`: the preferred form of RFC 9110 §5.6.7.
package enum HTTPDate {
    /// - Parameter seconds: since 1970-01-01T00:00:00Z, for years 1 to 9999.
    package static func format(_ seconds: Int64) -> [UInt8] {
        let days = floorDivide(seconds, 86_400)
        let second = Int(seconds - days * 86_400)
        let (year, month, day) = civil(days)
        var text: [UInt8] = []
        text.reserveCapacity(29)
        // 1970-01-01 was a Thursday.
        text.append(contentsOf: weekdays[Int(floorModulo(days + 4, 7))].utf8)
        text.append(", ")
        appendTwo(&text, day)
        text.append(ASCII.space)
        text.append(contentsOf: months[month - 1].utf8)
        text.append(ASCII.space)
        appendTwo(&text, year / 100)
        appendTwo(&text, year % 100)
        text.append(ASCII.space)
        appendTwo(&text, second / 3_600)
        text.append(ASCII.colon)
        appendTwo(&text, second / 60 % 60)
        text.append(ASCII.colon)
        appendTwo(&text, second % 60)
        text.append(" GMT")
        return text
    }

    private static let weekdays = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"]
    private static let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]

    /// Day number since 1970-01-01 to the Gregorian calendar, in eras of 400 years that begin on 1 March.
    private static func civil(_ days: Int64) -> (year: Int, month: Int, day: Int) {
        let shifted = days + 719_468
        let era = floorDivide(shifted, 146_097)
        let dayOfEra = Int(shifted - era * 146_097)
        let yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shiftedMonth = (5 * dayOfYear + 2) / 153
        let day = dayOfYear - (153 * shiftedMonth + 2) / 5 + 1
        let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
        return (Int(era) * 400 + yearOfEra + (month <= 2 ? 1 : 0), month, day)
    }

    private static func appendTwo(_ text: inout [UInt8], _ number: Int) {
        text.append(UInt8(ascii: "0") + UInt8(number / 10))
        text.append(UInt8(ascii: "0") + UInt8(number % 10))
    }

    private static func floorDivide(_ a: Int64, _ b: Int64) -> Int64 { a / b - (a % b < 0 ? 1 : 0) }
    private static func floorModulo(_ a: Int64, _ b: Int64) -> Int64 { (a % b + b) % b }
}

/// The line `Date: …` CRLF, made once a second.
struct DateCache {
    private var second = Int64.min
    private(set) var line: [UInt8] = []

    mutating func update(_ seconds: Int64) {
        guard seconds != second else { return }
        second = seconds
        line.removeAll(keepingCapacity: true)
        line.append("Date: ")
        line.append(contentsOf: HTTPDate.format(seconds))
        line.append("\r\n")
    }
}
