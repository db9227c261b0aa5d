package import JSON

/// The members of a JSON answer in the service's order. What must not be kept carries its replacement with it.
package struct AnswerObject: Sendable {
    package struct Member: Sendable {
        package var name: String
        package var value: JSONValue
        /// What the journal keeps instead; nil keeps the value.
        package var recorded: JSONValue?
    }

    package private(set) var members: [Member] = []

    package init() {}

    package mutating func add(_ name: String, _ text: String) {
        members.append(Member(name: name, value: .string(text)))
    }

    package mutating func add(_ name: String, _ value: JSONValue) {
        members.append(Member(name: name, value: value))
    }

    /// Adds a member only when there is a value.
    package mutating func add(_ name: String, ifPresent text: String?) {
        if let text { add(name, text) }
    }

    /// Adds a text that may hold a card number: the client gets it back, the journal does not.
    package mutating func add(_ name: String, secret text: String, recordedAs replacement: String) {
        members.append(Member(name: name, value: .string(text), recorded: .string(replacement)))
    }

    package mutating func reorder(_ change: (inout [Member]) -> Void) { change(&members) }

    /// As the client gets it.
    package var wire: JSONValue { .object(JSONObject(members.map { JSONObject.Member($0.name, $0.value) })) }

    /// As the journal keeps it.
    package var record: JSONValue {
        .object(JSONObject(members.map { JSONObject.Member($0.name, $0.recorded ?? $0.value) }))
    }

    /// The bytes that the client gets.
    package func serialized() -> [UInt8] {
        var writer = JSONWriter()
        writer.beginObject()
        for member in members { writer.member(member.name, member.value) }
        writer.endObject()
        return writer.finish()
    }

    package var holdsSecrets: Bool { members.contains { $0.recorded != nil } }
}
