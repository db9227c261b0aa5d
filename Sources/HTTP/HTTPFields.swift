/// One header line.
package struct HTTPField: Hashable, Sendable {
    package var name: String
    package var value: String

    package init(_ name: String, _ value: String) {
        self.name = name
        self.value = value
    }
}

/// The header section of a request: ordered, repeated names kept, names compared without regard to case.
package struct HTTPFields: Sendable, ExpressibleByDictionaryLiteral {
    package private(set) var lines: [HTTPField]

    package init(_ lines: [HTTPField] = []) { self.lines = lines }

    package init(dictionaryLiteral elements: (String, String)...) {
        lines = elements.map { HTTPField($0.0, $0.1) }
    }

    /// The value of the first line of this name.
    package subscript(name: String) -> String? {
        lines.first { Self.sameName($0.name, name) }?.value
    }

    /// The values of all lines of this name, in order.
    package func all(_ name: String) -> [String] {
        lines.filter { Self.sameName($0.name, name) }.map(\.value)
    }

    package mutating func append(_ name: String, _ value: String) {
        lines.append(HTTPField(name, value))
    }

    /// ASCII letters compare without case (RFC 9110 §5.1).
    static func sameName(_ a: String, _ b: String) -> Bool {
        guard a.utf8.count == b.utf8.count else { return false }
        return zip(a.utf8, b.utf8).allSatisfy { lowercase($0) == lowercase($1) }
    }

    private static func lowercase(_ byte: UInt8) -> UInt8 {
        byte >= UInt8(ascii: "A") && byte <= UInt8(ascii: "Z") ? byte | 0x20 : byte
    }
}
