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

extension DurationText {
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
