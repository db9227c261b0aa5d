/// Documents for people: a member or element a line, two blanks a level, `": "` after names, `{}` and `[]` when empty.
extension JSONValue {
    /// The document over several lines; no line feed at the end.
    package func prettyPrinted() -> [UInt8] {
        var bytes: [UInt8] = []
        writePretty(to: &bytes, level: 0)
        return bytes
    }

    /// ``prettyPrinted()`` as text.
    package func prettyText() -> String { String(decoding: prettyPrinted(), as: UTF8.self) }

    private func writePretty(to bytes: inout [UInt8], level: Int) {
        switch self {
        case .array(let elements) where !elements.isEmpty:
            bytes.append(UInt8(ascii: "["))
            for (index, element) in elements.enumerated() {
                if index > 0 { bytes.append(UInt8(ascii: ",")) }
                bytes.appendLine(level: level + 1)
                element.writePretty(to: &bytes, level: level + 1)
            }
            bytes.appendLine(level: level)
            bytes.append(UInt8(ascii: "]"))
        case .object(let object) where !object.isEmpty:
            bytes.append(UInt8(ascii: "{"))
            for (index, member) in object.members.enumerated() {
                if index > 0 { bytes.append(UInt8(ascii: ",")) }
                bytes.appendLine(level: level + 1)
                bytes.appendJSONName(member.name, isFirst: true)
                bytes.append(UInt8(ascii: " "))
                member.value.writePretty(to: &bytes, level: level + 1)
            }
            bytes.appendLine(level: level)
            bytes.append(UInt8(ascii: "}"))
        case .null, .bool, .number, .string, .array, .object: write(to: &bytes)
        }
    }
}

extension [UInt8] {
    fileprivate mutating func appendLine(level: Int) {
        append(UInt8(ascii: "\n"))
        append(contentsOf: repeatElement(UInt8(ascii: " "), count: 2 * level))
    }
}
