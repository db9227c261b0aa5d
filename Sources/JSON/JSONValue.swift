/// A JSON document (RFC 8259). Numbers keep their literal text; members keep their order.
///
/// Two values are equal when their strings are equal as Swift strings and their numbers have the same literal:
/// `10.0` and `10.00` differ, so a test sees every change on the wire.
package enum JSONValue: Hashable, Sendable {
    case null
    case bool(Bool)
    /// The literal as written, for example `10.00`: never through a binary floating-point type.
    ///
    /// A writer copies it as it is, so it must be a number of RFC 8259 §6; see ``init(numberLiteral:)``.
    case number(String)
    case string(String)
    case array([JSONValue])
    case object(JSONObject)
}

extension JSONValue {
    /// A number from its literal text, for example `10.00`; nil when the text is not a number of RFC 8259 §6.
    package init?(numberLiteral: String) {
        guard JSONValue.isNumber(numberLiteral) else { return nil }
        self = .number(numberLiteral)
    }

    /// A number without a fraction or an exponent.
    package init(_ integer: some FixedWidthInteger) { self = .number(String(integer)) }

    /// A string.
    package init(_ text: String) { self = .string(text) }

    /// `true` or `false`.
    package init(_ flag: Bool) { self = .bool(flag) }

    /// An object with these members, in this order.
    package init(pairs: [(String, JSONValue)]) { self = .object(JSONObject(pairs: pairs)) }

    /// Whether a text is a number of RFC 8259 §6 from its first to its last byte.
    static func isNumber(_ text: String) -> Bool {
        var text = text
        return text.withUTF8 { bytes in
            guard bytes.count > 0 else { return false }
            var reader = JSONReader(bytes, limits: .default)
            do throws(JSONError) {
                try reader.skipNumber()
                return reader.position == bytes.count
            } catch {
                return false
            }
        }
    }
}
