/// Durations as people write them: `1d 2h`, `32s`, `1m 59s 250ms`.
package enum DurationText {
    /// In milliseconds, from large to small.
    private static let units: [(name: String, milliseconds: Int64)] = [
        ("d", 86_400_000), ("h", 3_600_000), ("m", 60_000), ("s", 1_000), ("ms", 1),
    ]
    private static let longestMilliseconds: Int64 = 100 * 366 * 86_400_000

    /// Whole numbers with a unit, the largest unit first; at most a hundred years. Nil for anything else.
    ///
    /// - Parameter separator: what stands between them; `""` reads `1d12h`.
    package static func read(_ text: some StringProtocol, separator: String = " ") -> Duration? {
        var rest = Substring(text)
        var milliseconds: Int64 = 0
        var previousUnit = -1
        repeat {
            if previousUnit >= 0 {
                guard rest.hasPrefix(separator) else { return nil }
                rest = rest.dropFirst(separator.count)
            }
            let digits = rest.prefix { $0.isASCII && $0.isNumber }
            guard Digits.areAll(digits), let count = Int64(digits) else { return nil }
            rest = rest.dropFirst(digits.count)
            let name = rest.prefix { $0.isASCII && $0.isLetter }
            rest = rest.dropFirst(name.count)
            guard let unit = units.firstIndex(where: { $0.name == name }), unit > previousUnit else { return nil }
            let (product, isTooLarge) = count.multipliedReportingOverflow(by: units[unit].milliseconds)
            guard !isTooLarge, product <= longestMilliseconds else { return nil }
            milliseconds += product
            previousUnit = unit
        } while !rest.isEmpty
        guard milliseconds <= longestMilliseconds else { return nil }
        return .milliseconds(milliseconds)
    }

    /// The text that ``read(_:separator:)`` reads; what is below a millisecond is cut off. Negative durations are `0s`.
    package static func write(_ duration: Duration, separator: String = " ") -> String {
        var rest = duration.wholeNanoseconds / 1_000_000
        var parts: [String] = []
        for unit in units where rest >= unit.milliseconds {
            parts.append("\(rest / unit.milliseconds)\(unit.name)")
            rest %= unit.milliseconds
        }
        return parts.isEmpty ? "0s" : parts.joined(separator: separator)
    }
}

/// Instants as text: ISO 8601 in the profile of RFC 3339 §5.6.
package enum InstantText {
    /// Reads `2030-01-02T10:00:00Z`, `2030-01-02 05:00-05:00`, `2030-01-02T10:00:00.250Z`.
    ///
    /// A zone is required; seconds may be missing, and have one to nine decimals. Nil for days that do not exist, leap
    /// seconds, and moments outside of ``Instant/earliest`` and ``Instant/latest``.
    package static func read(_ text: some StringProtocol) -> Instant? {
        var scanner = DigitScanner(text)
        guard let year = scanner.number(4), scanner.skip("-"), let month = scanner.number(2), scanner.skip("-"),
            let day = scanner.number(2), scanner.skip("T") || scanner.skip(" "), let hour = scanner.number(2),
            scanner.skip(":"), let minute = scanner.number(2)
        else { return nil }
        var second = 0
        var nanoseconds = 0
        if scanner.skip(":") {
            guard let value = scanner.number(2) else { return nil }
            second = value
            if scanner.skip(".") {
                guard let value = scanner.nanoseconds() else { return nil }
                nanoseconds = value
            }
        }
        guard let offset = scanner.offsetSeconds(), scanner.isAtEnd else { return nil }
        let civil = CivilTime(year: year, month: month, day: day, hour: hour, minute: minute, second: second)
        guard (1900...2200).contains(year), hour < 24, minute < 60, second < 60, (1...12).contains(month),
            CivilTime(daysSince1970: civil.daysSince1970) == CivilTime(year: year, month: month, day: day)
        else { return nil }
        let instant = civil.instant + .seconds(-offset) + .nanoseconds(nanoseconds)
        return (Instant.earliest...Instant.latest).contains(instant) ? instant : nil
    }

    /// `2030-01-02T10:00:00.250Z`; what is below a millisecond is cut off.
    package static func utc(_ instant: Instant) -> String { CivilTime(instant).iso8601 + "Z" }

    /// The same moment on the wall clock of a zone: `2030-01-02T05:00:00.250-05:00`.
    package static func local(_ instant: Instant, in zone: TimeZoneRule) -> String {
        let minutes = zone.offsetSeconds(at: instant) / 60
        let clock = 10_000 + abs(minutes) / 60 * 100 + abs(minutes) % 60
        let digits = String(clock).dropFirst()
        return zone.civilTime(instant).iso8601 + (minutes < 0 ? "-" : "+") + digits.prefix(2) + ":" + digits.suffix(2)
    }
}

/// Takes numbers of a fixed width off a text.
package struct DigitScanner {
    private var rest: Substring.UTF8View

    package init(_ text: some StringProtocol) { rest = Substring(text).utf8 }

    package var isAtEnd: Bool { rest.isEmpty }

    /// Exactly so many digits; nil, and nothing is taken, when there are fewer.
    package mutating func number(_ width: Int) -> Int? {
        let digits = rest.prefix(width)
        guard digits.count == width, digits.allSatisfy(Digits.isDigit) else { return nil }
        rest = rest.dropFirst(width)
        return digits.reduce(0) { $0 * 10 + Int($1 - UInt8(ascii: "0")) }
    }

    /// One to nine digits behind a decimal point, as nanoseconds.
    package mutating func nanoseconds() -> Int? {
        let width = rest.prefix { Digits.isDigit($0) }.count
        guard (1...9).contains(width), let value = number(width) else { return nil }
        return (width..<9).reduce(value) { product, _ in product * 10 }
    }

    package mutating func skip(_ character: Unicode.Scalar) -> Bool {
        guard rest.first == UInt8(ascii: character) else { return false }
        rest = rest.dropFirst()
        return true
    }

    /// `Z`, `+02:00`, `-05:00`, in seconds.
    package mutating func offsetSeconds() -> Int? {
        if skip("Z") { return 0 }
        let sign = skip("-") ? -1 : skip("+") ? 1 : 0
        guard sign != 0, let hours = number(2), skip(":"), let minutes = number(2), hours < 15, minutes < 60 else {
            return nil
        }
        return sign * (hours * 3600 + minutes * 60)
    }
}
