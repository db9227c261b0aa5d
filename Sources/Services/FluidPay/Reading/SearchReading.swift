import JSON
import Payments
import Processor
import Texts

/// Filters of search bodies. Reference §2.5.
enum SearchReading {
    /// `{"operator":"=","value":"…"}`; `%` (contains) is what one client of the vendor knows.
    static func text(_ name: MemberName, _ fields: WireFields) throws(CallFault) -> (@Sendable (String) -> Bool)? {
        guard let filter = try fields.fields(name) else { return nil }
        let value = try filter.text("value") ?? ""
        switch try filter.required("operator") {
        case "=": return { $0 == value }
        case "!=": return { $0 != value }
        case "%": return { value.isEmpty || $0.contains(value) }
        default: throw filter.invalid("operator")
        }
    }

    /// The one value that a filter wants, when its operator is `=`.
    static func wanted(_ name: MemberName, _ fields: WireFields) throws(CallFault) -> String? {
        guard let filter = try fields.fields(name), try filter.text("operator") == "=" else { return nil }
        return try filter.nonempty("value")
    }

    static func number(_ name: MemberName, _ fields: WireFields) throws(CallFault) -> (@Sendable (Int64) -> Bool)? {
        guard let filter = try fields.fields(name) else { return nil }
        guard let value = try filter.amount("value") else { throw .invalid("\(filter.path)value is required") }
        switch try filter.required("operator") {
        case "=": return { $0 == value }
        case "!=": return { $0 != value }
        case "<": return { $0 < value }
        case ">": return { $0 > value }
        default: throw filter.invalid("operator")
        }
    }

    /// Both ends inclusive; an open end is the end of time.
    static func dates(_ name: MemberName, _ fields: WireFields) throws(CallFault) -> ClosedRange<Instant>? {
        guard let filter = try fields.fields(name) else { return nil }
        let start = try date("start_date", filter) ?? .earliest
        let end = try date("end_date", filter) ?? .latest
        guard start <= end else { throw .invalid("invalid \(filter.path)end_date: before start_date") }
        return start...end
    }

    private static func date(_ name: MemberName, _ fields: WireFields) throws(CallFault) -> Instant? {
        guard let text = try fields.nonempty(name) else { return nil }
        guard let instant = InstantText.read(text) ?? WireTime.day(text) else { throw fields.invalid(name) }
        return instant
    }

    static func limit(_ fields: WireFields, from lowest: Int = 1) throws(CallFault) -> Int {
        try fields.integer("limit", in: lowest...100) ?? 10
    }

    static func offset(_ fields: WireFields) throws(CallFault) -> Int {
        try fields.integer("offset", in: 0...10_000_000) ?? 0
    }
}
