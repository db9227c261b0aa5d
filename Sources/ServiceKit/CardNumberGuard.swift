package import JSON
import Payments

/// The second line of defence: masks what looks like a card number in texts that are kept.
package enum CardNumberGuard {
    /// See ``CardNumberText/masked(_:where:)``.
    package static func masked(_ text: String) -> String { CardNumberText.masked(text) }

    package static func masked(_ value: JSONValue) -> JSONValue {
        switch value {
        case .null, .bool: value
        case .number(let literal): literal.utf8.count >= 13 ? .string(masked(literal)) : value
        case .string(let text): .string(masked(text))
        case .array(let values): .array(values.map(masked))
        case .object(let object):
            .object(
                JSONObject(object.members.map { JSONObject.Member(masked($0.name), masked($0.value)) }))
        }
    }
}
