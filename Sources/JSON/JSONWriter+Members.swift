/// Name and value in one call.
extension JSONWriter {
    package mutating func member(_ name: String, _ text: String) {
        self.name(name)
        string(text)
    }

    package mutating func member(_ name: String, _ flag: Bool) {
        self.name(name)
        bool(flag)
    }

    package mutating func member(_ name: String, _ integer: some FixedWidthInteger) {
        self.name(name)
        self.integer(integer)
    }

    package mutating func member(_ name: String, _ value: JSONValue) {
        self.name(name)
        self.value(value)
    }

    /// - Parameter literal: a number of RFC 8259 §6; it is copied as it is.
    package mutating func member(_ name: String, number literal: String) {
        self.name(name)
        number(literal)
    }
}
