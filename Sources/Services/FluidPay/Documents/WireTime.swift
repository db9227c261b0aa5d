import JSON
import Payments

/// Times of answers: RFC 3339 in UTC, with six decimals where there are any. Reference §2.4.
enum WireTime {
    static let unset: JSONValue = .string(unsetText)
    static let unsetText = "0001-01-01T00:00:00Z"

    static func json(_ instant: Instant?) -> JSONValue { instant.map { .string(text($0)) } ?? .null }

    static func text(_ instant: Instant) -> String {
        let microseconds = (instant.nanoseconds - instant.seconds * 1_000_000_000) / 1000
        let civil = CivilTime(Instant(seconds: instant.seconds))
        return civil.iso8601(fraction: UInt64(microseconds), digits: microseconds > 0 ? 6 : 0, zone: "Z")
    }

    /// `2030-01-02`.
    static func day(_ instant: Instant) -> String { String(CivilTime(instant).iso8601.prefix(10)) }

    /// The midnight, UTC, of a day; nil for what is no day.
    static func day(_ text: String) -> Instant? {
        text.utf8.count == 10 ? InstantText.read(text + "T00:00:00Z") : nil
    }
}
