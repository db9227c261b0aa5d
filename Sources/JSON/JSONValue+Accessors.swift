/// What a value is, asked one kind at a time: nil means "of another kind", never "converted".
extension JSONValue {
    package var isNull: Bool { self == .null }

    /// The text of a string.
    package var stringValue: String? {
        guard case .string(let text) = self else { return nil }
        return text
    }

    /// The literal of a number as written, for example `10.00`.
    package var numberLiteral: String? {
        guard case .number(let literal) = self else { return nil }
        return literal
    }

    /// The text of a string or the literal of a number: for fields that clients send either way.
    package var text: String? {
        switch self {
        case .string(let text): text
        case .number(let literal): literal
        case .null, .bool, .array, .object: nil
        }
    }

    /// A number that is written without fraction and exponent and that fits; nil for `1.0` and `1e3`.
    package var integer: Int? { numberLiteral.flatMap { Int($0) } }

    package var boolValue: Bool? {
        guard case .bool(let flag) = self else { return nil }
        return flag
    }

    package var array: [JSONValue]? {
        guard case .array(let elements) = self else { return nil }
        return elements
    }

    package var object: JSONObject? {
        guard case .object(let object) = self else { return nil }
        return object
    }

    /// A member of an object; nil when this is no object or has no such member.
    package subscript(name: String) -> JSONValue? {
        guard case .object(let object) = self else { return nil }
        return object[name]
    }

    /// An element of an array, counted from zero; nil when this is no array or ends before.
    package subscript(index: Int) -> JSONValue? {
        guard case .array(let elements) = self, elements.indices.contains(index) else { return nil }
        return elements[index]
    }

    /// A member that is there and is not `null`; nil when this is no object.
    package func present(_ name: String) -> JSONValue? {
        guard case .object(let object) = self else { return nil }
        return object.present(name)
    }

    /// ``present(_:)`` for a name in code.
    package func present(_ name: MemberName) -> JSONValue? {
        guard case .object(let object) = self else { return nil }
        return object.present(name)
    }
}
