import Payments

extension Reader where Value == Duration {
    private static var meaning: String { "a duration such as 32s, 1m 59s, 250ms, 2h or 3d" }

    /// One or more whole numbers with a unit, largest unit first.
    static var duration: Reader {
        Reader(.text(meaning)) { node, reading in
            guard case .scalar(let text, _) = node.content, !node.isNull else {
                return reading.expected(meaning, at: node)
            }
            if let value = DurationText.read(text) { return value }
            let isBare = Digits.areAll(text)
            return reading.expected(
                meaning, at: node, suggestion: isBare ? "did you mean '\(text)s'?" : DurationText.repaired(text))
        }
    }
}

/// Durations in words of a scenario.
enum DurationText {
    /// In milliseconds, from large to small.
    private static let units: [(name: String, milliseconds: Int64)] = [
        ("d", 86_400_000), ("h", 3_600_000), ("m", 60_000), ("s", 1_000), ("ms", 1),
    ]
    private static let longestMilliseconds: Int64 = 100 * 366 * 86_400_000

    static func read(_ text: String) -> Duration? {
        var milliseconds: Int64 = 0
        var previousUnit = -1
        let parts = text.split(separator: " ", omittingEmptySubsequences: false)
        for part in parts {
            let digits = part.prefix { $0.isASCII && $0.isNumber }
            guard Digits.areAll(digits), let count = Int64(digits) else { return nil }
            let name = part.dropFirst(digits.count)
            guard let unit = units.firstIndex(where: { $0.name == name }), unit > previousUnit else { return nil }
            let (product, isTooLarge) = count.multipliedReportingOverflow(by: units[unit].milliseconds)
            guard !isTooLarge, product <= longestMilliseconds else { return nil }
            milliseconds += product
            previousUnit = unit
        }
        guard milliseconds <= longestMilliseconds else { return nil }
        return .milliseconds(milliseconds)
    }

    /// `32 s`, `32sec`, `2min`: what was meant.
    static func repaired(_ text: String) -> String? {
        let digits = text.prefix { $0.isASCII && $0.isNumber }
        let rest = text.dropFirst(digits.count).drop { $0 == " " }.lowercased()
        let names = [
            "s": "s", "sec": "s", "secs": "s", "second": "s", "seconds": "s", "min": "m", "mins": "m", "minute": "m",
            "minutes": "m", "m": "m", "hour": "h", "hours": "h", "h": "h", "day": "d", "days": "d", "d": "d",
            "msec": "ms", "millis": "ms", "milliseconds": "ms", "ms": "ms",
        ]
        guard !digits.isEmpty, let unit = names[rest] else { return nil }
        return "did you mean '\(digits)\(unit)'?"
    }
}

extension Reader where Value == Instant {
    private static var meaning: String { "an instant such as 2030-01-02T10:00:00Z" }

    /// ISO 8601 with a zone: `2030-01-02T10:00:00Z`, `2030-01-02T05:00:00.250-05:00`.
    static var instant: Reader {
        Reader(.text(meaning)) { node, reading in
            guard case .scalar(let text, _) = node.content, let value = InstantText.read(text) else {
                var suggestion: String?
                if case .scalar(let text, _) = node.content, InstantText.read(text + "Z") != nil {
                    suggestion = "did you mean '\(text)Z'?"
                }
                return reading.expected(meaning, at: node, suggestion: suggestion)
            }
            return value
        }
    }
}

/// Instants in words of a scenario.
enum InstantText {
    /// Years 1970 through 2199; the day must exist.
    static func read(_ text: String) -> Instant? {
        var scanner = DigitScanner(text)
        guard let year = scanner.number(4), scanner.skip("-"), let month = scanner.number(2), scanner.skip("-"),
            let day = scanner.number(2), scanner.skip("T") || scanner.skip(" "), let hour = scanner.number(2),
            scanner.skip(":"), let minute = scanner.number(2)
        else { return nil }
        var second = 0
        var millisecond = 0
        if scanner.skip(":") {
            guard let value = scanner.number(2) else { return nil }
            second = value
            if scanner.skip(".") {
                guard let value = scanner.number(3) else { return nil }
                millisecond = value
            }
        }
        guard let offset = scanner.offsetSeconds(), scanner.isAtEnd else { return nil }
        guard (1970...2199).contains(year), (0...23).contains(hour), (0...59).contains(minute),
            (0...59).contains(second)
        else { return nil }
        let civil = CivilTime(
            year: year, month: month, day: day, hour: hour, minute: minute, second: second, millisecond: millisecond)
        guard (1...12).contains(month), CivilTime(daysSince1970: civil.daysSince1970).day == day else { return nil }
        return civil.instant + .seconds(-offset)
    }
}

extension Reader where Value == Int {
    /// `00:00` or `23:59:30`, as second of the day.
    static let timeOfDay = Reader(.text("a time of day such as 00:00 or 23:59:30")) { node, reading in
        guard case .scalar(let text, _) = node.content, let value = timeOfDay(text) else {
            return reading.expected("a time of day such as 00:00 or 23:59:30", at: node)
        }
        return value
    }

    private static func timeOfDay(_ text: String) -> Int? {
        var scanner = DigitScanner(text)
        guard let hour = scanner.number(2), scanner.skip(":"), let minute = scanner.number(2) else { return nil }
        var second = 0
        if scanner.skip(":") {
            guard let value = scanner.number(2) else { return nil }
            second = value
        }
        guard scanner.isAtEnd, hour < 24, minute < 60, second < 60 else { return nil }
        return hour * 3600 + minute * 60 + second
    }
}

/// Takes numbers of a fixed width off a text.
private struct DigitScanner {
    private var rest: Substring.UTF8View

    init(_ text: String) { rest = text[...].utf8 }

    var isAtEnd: Bool { rest.isEmpty }

    mutating func number(_ width: Int) -> Int? {
        let digits = rest.prefix(width)
        guard digits.count == width, digits.allSatisfy(Digits.isDigit) else { return nil }
        rest = rest.dropFirst(width)
        return digits.reduce(0) { $0 * 10 + Int($1 - UInt8(ascii: "0")) }
    }

    mutating func skip(_ character: Unicode.Scalar) -> Bool {
        guard rest.first == UInt8(ascii: character) else { return false }
        rest = rest.dropFirst()
        return true
    }

    /// `Z`, `+02:00`, `-05:00`.
    mutating func offsetSeconds() -> Int? {
        if skip("Z") { return 0 }
        let sign = skip("-") ? -1 : skip("+") ? 1 : 0
        guard sign != 0, let hours = number(2), skip(":"), let minutes = number(2), hours < 15, minutes < 60 else {
            return nil
        }
        return sign * (hours * 3600 + minutes * 60)
    }
}
