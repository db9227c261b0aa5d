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
            recorded.append(CardNumberGuard.masked(member.name), value(of: member, replacements))
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
