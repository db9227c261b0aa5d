/// Documents for people: a member or element a line, two blanks a level, `": "` after names, `{}` and `[]` when empty.
extension JSONValue {
    /// The document over several lines; no line feed at the end.
    package func prettyPrinted() -> [UInt8] {
        var output = ByteOutput()
        output.appendPretty(self, level: 0)
        return output.bytes
    }

    /// ``prettyPrinted()`` as text.
    package func prettyText() -> String { String(decoding: prettyPrinted(), as: UTF8.self) }
}

extension ByteOutput {
    fileprivate mutating func appendPretty(_ value: JSONValue, level: Int) {
        switch value {
        case .array(let elements) where !elements.isEmpty:
            append(UInt8(ascii: "["))
            for (index, element) in elements.enumerated() {
                if index > 0 { append(UInt8(ascii: ",")) }
                appendLine(level: level + 1)
                appendPretty(element, level: level + 1)
            }
            appendLine(level: level)
            append(UInt8(ascii: "]"))
        case .object(let object) where !object.isEmpty:
            append(UInt8(ascii: "{"))
            for (index, member) in object.members.enumerated() {
                if index > 0 { append(UInt8(ascii: ",")) }
                appendLine(level: level + 1)
                appendName(member.name, isFirst: true)
                append(UInt8(ascii: " "))
                appendPretty(member.value, level: level + 1)
            }
            appendLine(level: level)
            append(UInt8(ascii: "}"))
        case .null, .bool, .number, .string, .array, .object: append(value)
        }
    }

    private mutating func appendLine(level: Int) {
        append(UInt8(ascii: "\n"))
        append(repeating: UInt8(ascii: " "), count: 2 * level)
    }
}
