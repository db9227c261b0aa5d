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

    /// - Parameter replacement: what to keep of a member that is not kept itself.
    package func record(_ object: JSONObject, replacing replacement: RecordedText? = nil) -> [UInt8] {
        var writer = JSONWriter()
        writer.beginObject()
        for index in 0..<object.count {
            // The usual case, in which nothing is copied but bytes.
            let isCopied = writer.copyText(at: index, of: object, among: kept, unless: CardNumberText.isFound)
            if !isCopied { write(at: index, of: object, replacement, to: &writer) }
        }
        writer.endObject()
        return writer.finish()
    }

    private func write(
        at index: Int, of object: JSONObject, _ replacement: RecordedText?, to writer: inout JSONWriter
    ) {
        let isKept = object.isNamed(at: index, among: kept)
        let name = object.members[index].name
        writer.name(isKept ? name : CardNumberGuard.masked(name))
        if let replacement, replacement.name == name { return writer.string(replacement.text) }
        switch object.members[index].value {
        case .null: writer.null()
        case let value where isKept: writer.value(CardNumberGuard.masked(value))
        // What kind of value there was, and how long.
        case .string(let text), .number(let text): writer.string("(", text.utf8.count, " characters)")
        case .bool, .array, .object: writer.string("(not kept)")
        }
    }
}
