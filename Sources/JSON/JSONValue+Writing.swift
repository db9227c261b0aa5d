extension JSONValue {
    /// The document without any blank, members in their order.
    package func serialized() -> [UInt8] {
        var output = ByteOutput()
        output.append(self)
        return output.bytes
    }

    /// ``serialized()`` as text.
    package func serializedText() -> String { String(decoding: serialized(), as: UTF8.self) }

    /// Appends the document without any blank to a buffer.
    package func write(to bytes: inout [UInt8]) {
        var output = ByteOutput()
        output.append(self)
        output.append(to: &bytes)
    }
}

extension JSONObject {
    /// The object without any blank, members in their order.
    package func serialized() -> [UInt8] {
        var output = ByteOutput()
        output.append(self)
        return output.bytes
    }

    /// Appends the object without any blank to a buffer.
    package func write(to bytes: inout [UInt8]) {
        var output = ByteOutput()
        output.append(self)
        output.append(to: &bytes)
    }
}

extension ByteOutput {
    /// Appends a document without any blank.
    mutating func append(_ value: JSONValue) {
        switch value {
        case .null: append("null" as StaticString)
        case .bool(true): append("true" as StaticString)
        case .bool(false): append("false" as StaticString)
        case .number(let literal):
            assert(JSONValue.isNumber(literal), "a number literal of RFC 8259")
            append(literal)
        case .string(let text): appendQuoted(text)
        case .array(let elements):
            append(UInt8(ascii: "["))
            for index in elements.indices {
                if index > 0 { append(UInt8(ascii: ",")) }
                append(elements[index])
            }
            append(UInt8(ascii: "]"))
        case .object(let object): append(object)
        }
    }

    /// Appends an object without any blank.
    mutating func append(_ object: JSONObject) {
        append(UInt8(ascii: "{"))
        for index in object.members.indices {
            appendName(object.members[index].name, isFirst: index == 0)
            append(object.members[index].value)
        }
        append(UInt8(ascii: "}"))
    }
}
