/// One part of a form.
package struct MultipartPart: Sendable {
    package private(set) var headers = HTTPFields()
    /// Of the form's field.
    package private(set) var name = ""
    /// As the sender calls the file; never a path to be used.
    package private(set) var fileName: String?
    package internal(set) var body: [UInt8] = []

    init() {}

    mutating func addField(_ line: ArraySlice<UInt8>) throws(MultipartFault) {
        guard let colon = line.firstIndex(of: ASCII.colon), colon > line.startIndex,
            line[..<colon].allSatisfy({ ASCII.isToken($0) }), line.allSatisfy({ $0 >= 0x20 || $0 == ASCII.tab })
        else { throw .field }
        var value = line[(colon + 1)...]
        while let first = value.first, ASCII.isBlank(first) { value.removeFirst() }
        while let last = value.last, ASCII.isBlank(last) { value.removeLast() }
        headers.append(String(decoding: line[..<colon], as: UTF8.self), String(decoding: value, as: UTF8.self))
    }

    /// Takes out of the fields what a form needs.
    mutating func readHead() throws(MultipartFault) {
        let dispositions = headers.all("Content-Disposition")
        guard dispositions.count == 1, let value = FieldParameters(dispositions[0]), value.word == "form-data",
            let name = value["name"]
        else { throw .disposition }
        if let encoding = headers["Content-Transfer-Encoding"]?.lowercased() {
            guard ["7bit", "8bit", "binary"].contains(encoding) else { throw .encoding }
        }
        self.name = name
        fileName = value["filename"]
    }
}

/// A field value with parameters: `form-data; name="file"` (RFC 9110 §5.6.6).
struct FieldParameters {
    /// In small letters.
    let word: String
    private var parameters: [(name: String, value: String)] = []

    init?(_ text: String) {
        var rest = Substring(text)
        word = Self.trimmed(rest.prefix { $0 != ";" }).lowercased()
        rest = rest.drop { $0 != ";" }
        while rest.first == ";" {
            rest = rest.dropFirst().drop { $0 == " " || $0 == "\t" }
            if rest.isEmpty { break }
            let name = rest.prefix { $0 != "=" && $0 != ";" }
            rest = rest.dropFirst(name.count)
            guard rest.first == "=", !name.isEmpty, name.utf8.allSatisfy({ ASCII.isToken($0) }) else { return nil }
            rest = rest.dropFirst()
            guard let value = Self.value(&rest) else { return nil }
            parameters.append((name.lowercased(), value))
        }
        if !rest.isEmpty { return nil }
    }

    /// Nil when it is not there, or more than once.
    subscript(name: String) -> String? {
        let found = parameters.filter { $0.name == name }
        return found.count == 1 ? found[0].value : nil
    }

    /// A token, or a text in quotes in which `\` takes the next character as it is.
    private static func value(_ rest: inout Substring) -> String? {
        guard rest.first == "\"" else {
            let token = rest.prefix { $0 != ";" }
            rest = rest.dropFirst(token.count)
            let value = trimmed(token)
            return value.isEmpty ? nil : value
        }
        rest = rest.dropFirst()
        var value = ""
        while let character = rest.popFirst() {
            if character == "\"" {
                rest = rest.drop { $0 == " " || $0 == "\t" }
                return value
            }
            if character == "\\", let escaped = rest.popFirst() {
                value.append(escaped)
            } else {
                value.append(character)
            }
        }
        return nil
    }

    private static func trimmed(_ text: Substring) -> String {
        var view = text
        while view.first == " " || view.first == "\t" { view.removeFirst() }
        while view.last == " " || view.last == "\t" { view.removeLast() }
        return String(view)
    }
}
