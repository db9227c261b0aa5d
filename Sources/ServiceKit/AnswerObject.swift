import Cryptography
package import JSON

/// The members of a JSON answer in the service's order. What must not be kept carries its replacement with it.
package struct AnswerObject: Sendable {
    package struct Member: Sendable {
        package var name: String
        package var value: JSONValue
        /// What the journal keeps instead; nil keeps the value.
        package var recorded: JSONValue?
    }

    /// A member that the journal keeps otherwise.
    private struct Secret: Sendable {
        var position: Int
        let recorded: JSONValue
    }

    private var object = JSONObject()
    private var secrets: [Secret] = []

    package init() { object.members.reserveCapacity(32) }

    package var members: [Member] {
        object.members.enumerated().map { position, member in
            Member(
                name: member.name, value: member.value,
                recorded: secrets.first { $0.position == position }?.recorded)
        }
    }

    package mutating func add(_ name: String, _ text: String) { object.append(name, .string(text)) }

    package mutating func add(_ name: String, _ value: JSONValue) { object.append(name, value) }

    /// Adds a member only when there is a value.
    package mutating func add(_ name: String, ifPresent text: String?) {
        if let text { object.append(name, .string(text)) }
    }

    /// Adds a text that may hold a card number: the client gets it back, the journal does not.
    package mutating func add(_ name: String, secret text: String, recordedAs replacement: String) {
        secrets.append(Secret(position: object.count, recorded: .string(replacement)))
        object.append(name, .string(text))
    }

    /// Puts the members in a random order.
    mutating func shuffle(using random: inout SeededRandom) {
        var order = Array(object.members.indices)
        random.shuffle(&order)
        object.members = order.map { object.members[$0] }
        for index in secrets.indices {
            guard let position = order.firstIndex(of: secrets[index].position) else { continue }
            secrets[index].position = position
        }
    }

    /// As the client gets it.
    package var wire: JSONValue { .object(object) }

    /// As the journal keeps it.
    package var record: JSONValue {
        var kept = object
        for secret in secrets { kept.members[secret.position].value = secret.recorded }
        return .object(kept)
    }

    /// The bytes that the client gets.
    package func serialized() -> [UInt8] { object.serialized() }

    package var holdsSecrets: Bool { !secrets.isEmpty }

    /// Calls `body` with each member that is a text or a number, in order.
    func forEachText(_ body: (String) -> Void) {
        for member in object.members {
            switch member.value {
            case .string(let text), .number(let text): body(text)
            case .null, .bool, .array, .object: break
            }
        }
    }
}
