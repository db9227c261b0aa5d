package import JSON
import Payments

/// Makes of a request what may be kept of it.
///
/// Only members that the service knows are kept as they are. Secret ones are replaced, unknown ones show their length.
/// A run of digits that could be a card number is masked wherever it stands.
package struct RecordingPolicy: Sendable {
    /// Members that hold card data.
    package let secret: Set<String>
    /// Members whose text may be kept.
    private let kept: NameSet

    /// - Parameters:
    ///   - known: members that the service documents; the secret ones among them are not kept either.
    ///   - secret: members that hold card data.
    package init(known: Set<String>, secret: Set<String>) {
        self.secret = secret
        kept = NameSet(known.subtracting(secret))
    }

    /// - Parameter replacements: what to keep of secret members, for example the token of an account.
    package func record(_ object: JSONObject, replacing replacements: RecordedTexts = [:]) -> [UInt8] {
        var writer = JSONWriter()
        writer.beginObject()
        for member in object.members {
            let isKept = kept.contains(member)
            writer.name(isKept ? member.name : CardNumberGuard.masked(member.name))
            write(member, isKept: isKept, replacements, to: &writer)
        }
        writer.endObject()
        return writer.finish()
    }

    private func write(
        _ member: JSONObject.Member, isKept: Bool, _ replacements: RecordedTexts, to writer: inout JSONWriter
    ) {
        if let replacement = replacements[member.name] { return writer.string(replacement) }
        switch member.value {
        case .null: writer.null()
        case .string(let text) where isKept: writer.string(CardNumberGuard.masked(text))
        case let value where isKept: writer.value(CardNumberGuard.masked(value))
        case let value: writer.string(Self.veil(value))
        }
    }

    /// Says what kind of value there was, and how long.
    private static func veil(_ value: JSONValue) -> String {
        // Put together and not interpolated, which takes five times as long.
        value.text.map { "(" + String($0.utf8.count) + " characters)" } ?? "(not kept)"
    }
}
