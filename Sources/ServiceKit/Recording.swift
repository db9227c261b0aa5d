package import JSON
import Payments

/// Makes of a request what may be kept of it.
///
/// Only members that the service knows are kept as they are. Secret ones are replaced, unknown ones show their length. A
/// run of digits that could be a card number is masked wherever it stands.
package struct RecordingPolicy: Sendable {
    /// Members whose text may be kept.
    package let known: Set<String>
    /// Members that hold card data.
    package let secret: Set<String>

    package init(known: Set<String>, secret: Set<String>) {
        self.known = known
        self.secret = secret
    }

    /// - Parameter replacements: what to keep of secret members, for example the token of an account.
    package func record(_ object: JSONObject, replacing replacements: [String: String] = [:]) -> [UInt8] {
        var recorded = JSONObject()
        for member in object.members {
            recorded.append(member.name, value(of: member, replacements))
        }
        return recorded.serialized()
    }

    private func value(of member: JSONObject.Member, _ replacements: [String: String]) -> JSONValue {
        if let replacement = replacements[member.name] { return .string(replacement) }
        if member.value.isNull { return .null }
        guard known.contains(member.name), !secret.contains(member.name) else {
            return .string(Self.veil(member.value))
        }
        return CardNumberGuard.masked(member.value)
    }

    /// Says what kind of value there was, and how long.
    private static func veil(_ value: JSONValue) -> String {
        value.text.map { "(\($0.utf8.count) characters)" } ?? "(not kept)"
    }
}

/// The second line of defence: masks what looks like a card number in texts that are kept.
package enum CardNumberGuard {
    /// Runs of 13 to 19 digits that pass the Luhn check keep their last four; tokens, which begin with 9, stay.
    package static func masked(_ text: String) -> String {
        guard longestRun(in: text) >= 13 else { return text }
        var result = ""
        var run = ""
        for character in text {
            if character.isASCII, character.isNumber {
                run.append(character)
            } else {
                result += masked(run: run)
                run = ""
                result.append(character)
            }
        }
        return result + masked(run: run)
    }

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

    private static func masked(run: String) -> String {
        let isToken = run.utf8.count == 16 && run.utf8.first == UInt8(ascii: "9")
        guard (13...19).contains(run.utf8.count), !isToken, Luhn.isValid(run) else { return run }
        return String(repeating: "*", count: run.utf8.count - 4) + run.suffix(4)
    }

    private static func longestRun(in text: String) -> Int {
        var longest = 0
        var current = 0
        for byte in text.utf8 {
            current = Digits.isDigit(byte) ? current + 1 : 0
            longest = max(longest, current)
        }
        return longest
    }
}
