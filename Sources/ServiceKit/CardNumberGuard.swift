package import JSON
import Payments

/// The second line of defence: masks what looks like a card number in texts that are kept.
package enum CardNumberGuard {
    /// See ``CardNumberText/masked(_:where:)``.
    package static func masked(_ text: String) -> String { CardNumberText.masked(text) }

    package static func masked(_ value: JSONValue) -> JSONValue {
        switch value {
        case .null, .bool: value
        case .number(let literal): masked(number: literal).map { .string($0) } ?? value
        case .string(let text): .string(masked(text))
        case .array(let values): .array(values.map(masked))
        case .object(let object):
            .object(
                JSONObject(object.members.map { JSONObject.Member(masked($0.name), masked($0.value)) }))
        }
    }

    /// Nil for a number that stays one.
    private static func masked(number literal: String) -> String? {
        let masked = masked(literal)
        return masked == literal ? nil : masked
    }
}
