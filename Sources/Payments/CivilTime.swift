/// Year, month, day and time of day on the proleptic Gregorian calendar, without a zone.
package struct CivilTime: Hashable, Sendable {
    package var year: Int
    package var month: Int
    package var day: Int
    package var hour: Int
    package var minute: Int
    package var second: Int
    package var millisecond: Int

    package init(
        year: Int, month: Int, day: Int, hour: Int = 0, minute: Int = 0, second: Int = 0, millisecond: Int = 0
    ) {
        self.year = year
        self.month = month
        self.day = day
        self.hour = hour
        self.minute = minute
        self.second = second
        self.millisecond = millisecond
    }

    /// The civil time of an instant in UTC.
    package init(_ instant: Instant) {
        let days = instant.seconds.floorDivided(by: 86_400)
        let rest = Int(instant.seconds - days * 86_400)
        self.init(daysSince1970: Int(days))
        hour = rest / 3600
        minute = rest / 60 % 60
        second = rest % 60
        millisecond = Int(instant.milliseconds - instant.seconds * 1000)
    }

    /// Midnight of a day; the arithmetic is the usual shift of the year's start to March.
    package init(daysSince1970 days: Int) {
        let shifted = days + 719_468
        let era = shifted.floorDivided(by: 146_097)
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shiftedMonth = (5 * dayOfYear + 2) / 153
        let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
        self.init(
            year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month: month,
            day: dayOfYear - (153 * shiftedMonth + 2) / 5 + 1)
    }

    package var daysSince1970: Int {
        let year = month <= 2 ? year - 1 : year
        let era = year.floorDivided(by: 400)
        let yearOfEra = year - era * 400
        let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
        return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
    }

    /// 1 for the first of January.
    package var dayOfYear: Int {
        let isLeapYear = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
        // January has 31 days; from March on, 30.6 a month come to the right sum.
        return month <= 2 ? 31 * (month - 1) + day : (306 * month - 324) / 10 + day + (isLeapYear ? 1 : 0)
    }

    /// 0 for Sunday.
    package var dayOfWeek: Int { ((daysSince1970 + 4) % 7 + 7) % 7 }

    package var secondOfDay: Int { hour * 3600 + minute * 60 + second }

    /// The instant of this civil time in UTC; years before 1678 and after 2261 give the first and the last instant.
    package var instant: Instant {
        let seconds = Int64(daysSince1970) * 86_400 + Int64(secondOfDay)
        return Instant(seconds: seconds) + .milliseconds(millisecond)
    }

    /// `2023-06-20T15:04:43.980`, to which the caller adds a zone.
    package var iso8601: String { iso8601(fraction: UInt64(millisecond), digits: 3) }

    /// `2023-06-20T15:04:43`, a fraction of a second, and a zone.
    ///
    /// - Parameter digits: of the fraction; with 0 there is none, and no point.
    package func iso8601(fraction: UInt64, digits: Int, zone: StaticString = "") -> String {
        guard (0...9999).contains(year) else {
            var other = self
            other.year = 0
            return padded(year, 4) + String(other.iso8601(fraction: fraction, digits: digits, zone: zone).dropFirst(4))
        }
        let end = digits > 0 ? 20 + digits : 19
        let length = end + zone.utf8CodeUnitCount
        return String(unsafeUninitializedCapacity: length) { bytes in
            PaddedDigits.put(UInt64(year), 4, in: bytes, at: 0)
            bytes[4] = UInt8(ascii: "-")
            PaddedDigits.put(UInt64(month), 2, in: bytes, at: 5)
            bytes[7] = UInt8(ascii: "-")
            PaddedDigits.put(UInt64(day), 2, in: bytes, at: 8)
            bytes[10] = UInt8(ascii: "T")
            PaddedDigits.put(UInt64(hour), 2, in: bytes, at: 11)
            bytes[13] = UInt8(ascii: ":")
            PaddedDigits.put(UInt64(minute), 2, in: bytes, at: 14)
            bytes[16] = UInt8(ascii: ":")
            PaddedDigits.put(UInt64(second), 2, in: bytes, at: 17)
            if digits > 0 {
                bytes[19] = UInt8(ascii: ".")
                PaddedDigits.put(fraction, digits, in: bytes, at: 20)
            }
            for position in end..<length { bytes[position] = zone.utf8Start[position - end] }
            return length
        }
    }

    /// `YYYYMMDD`.
    package var compactDate: String {
        guard (0...9999).contains(year) else { return padded(year, 4) + padded(month, 2) + padded(day, 2) }
        return PaddedDigits.text(UInt64((year * 100 + month) * 100 + day), width: 8)
    }

    /// `YYYYMMDDHHMMSS`.
    package var compactDateTime: String {
        compactDate + PaddedDigits.text(UInt64((hour * 100 + minute) * 100 + second), width: 6)
    }

    private func padded(_ value: Int, _ width: Int) -> String {
        let digits = String(value)
        return String(repeating: "0", count: max(0, width - digits.utf8.count)) + digits
    }
}
