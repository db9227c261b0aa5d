/// A JSON document (RFC 8259). Numbers keep their literal text; members keep their order.
package enum JSONValue: Hashable, Sendable {
    case null
    case bool(Bool)
    /// The literal as written, for example `10.00`: never through a binary floating-point type.
    case number(String)
    case string(String)
    case array([JSONValue])
    case object(JSONObject)
}

/// The members of a JSON object, in the order in which they were written.
package struct JSONObject: Hashable, Sendable {
    package struct Member: Hashable, Sendable {
        package var name: String
        package var value: JSONValue

        package init(_ name: String, _ value: JSONValue) {
            self.name = name
            self.value = value
        }
    }

    package var members: [Member]

    package init(_ members: [Member] = []) { self.members = members }

    /// The value of a member, or nil when there is none of this name.
    package subscript(name: String) -> JSONValue? {
        members.first { $0.name == name }?.value
    }
}
