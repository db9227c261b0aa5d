package import JSON
import Payments

/// Makes of a request what may be kept of it.
///
/// Only members that the service knows are kept as they are. Secret ones are replaced, unknown ones show their length.
/// What could be a card number in a member that is kept is masked when the exchange is attached to its journal entry
/// (``Exchange/maskCardNumbers()``), and not looked for twice.
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

    /// - Parameters:
    ///   - document: the one that the object was read from.
    ///   - replacement: what to keep of a member that is not kept itself.
    package func record(
        _ object: JSONObject, of document: [UInt8], replacing replacement: RecordedText? = nil
    ) -> [UInt8] {
        var writer = JSONWriter()
        writer.beginObject()
        var index = 0
        while index < object.count {
            // The usual cases first, in which nothing is copied but bytes.
            let copied = writer.copyTexts(from: index, of: object, in: document, among: kept)
            if copied > 0 {
                index += copied
                continue
            }
            let isCopied = writer.copyText(at: index, of: object, among: kept)
            if !isCopied { write(at: index, of: object, replacement, to: &writer) }
            index += 1
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
