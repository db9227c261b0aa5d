import Cryptography
package import JSON
import Payments

/// The members of a JSON answer in the service's order. What must not be kept carries its replacement with it.
///
/// A member is written when it is added: nearly every answer is only put together from what is written here.
package struct AnswerObject {
    package struct Member: Sendable {
        package var name: String
        package var value: JSONValue
        /// What the journal keeps instead; nil keeps the value.
        package var recorded: JSONValue?
    }

    private var written = JSONMembers()
    package private(set) var holdsSecrets = false

    package init() {}

    /// Adds a text. Names of members stand in code.
    package mutating func add(_ name: StaticString, _ text: String) { written.append(name, text) }

    /// Adds any value, under any name.
    package mutating func add(_ name: String, value: JSONValue) { written.append(name, value: value) }

    /// Adds a member only when there is a value.
    package mutating func add(_ name: StaticString, ifPresent text: String?) {
        if let text { add(name, text) }
    }

    /// Adds a text that may hold a card number: the client gets it back, the journal does not. Under any name.
    package mutating func add(_ name: String, secret text: String, recordedAs replacement: String) {
        written.append(name, text, otherwise: replacement)
        holdsSecrets = true
    }

    /// Adds an object that was made before; what of it must not be kept is kept all the same.
    package mutating func add(_ name: StaticString, _ object: AnswerObject) { written.append(name, object.written) }

    /// Adds a member that the caller puts together, of at most so many bytes.
    mutating func addMember(atMost longest: Int, _ write: (inout MemberCursor) -> Void) {
        written.appendMember(atMost: longest, write)
    }

    /// Puts the members in a random order.
    mutating func shuffle(using random: inout SeededRandom) { written.rearrange { random.shuffle($0) } }

    package var isEmpty: Bool { written.isEmpty }

    /// Of the members so far; see ``JSONMembers/fingerprint``.
    var fingerprint: UInt64 { written.fingerprint }

    /// Whether there is a member of this name.
    package func contains(_ name: String) -> Bool { written.contains(name) }

    /// The bytes that the client gets.
    package func serialized() -> [UInt8] { written.document() }

    /// The bytes that the journal keeps.
    package func serializedRecord() -> [UInt8] { written.document(otherwise: true) }

    /// The bytes of an array of answers.
    ///
    /// - Parameter isRecord: as the journal keeps them, and not as the client gets them.
    package static func array(_ objects: [AnswerObject], isRecord: Bool = false) -> [UInt8] {
        var document = [UInt8(ascii: "[")]
        for index in objects.indices {
            if index > 0 { document.append(UInt8(ascii: ",")) }
            objects[index].written.append(to: &document, otherwise: isRecord)
        }
        document.append(UInt8(ascii: "]"))
        return document
    }
}

/// The members once more as values.
extension AnswerObject {
    package var members: [Member] {
        written.read().map { usual, other in
            Member(name: usual.name, value: usual.value, recorded: other == usual ? nil : other.value)
        }
    }

    /// As the client gets it.
    package var wire: JSONValue { .object(JSONObject(written.read().map(\.usual))) }

    /// As the journal keeps it.
    package var record: JSONValue { .object(JSONObject(written.read().map(\.other))) }
}
