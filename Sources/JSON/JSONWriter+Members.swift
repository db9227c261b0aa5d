/// Name and value in one call. Names stand in code and need no escapes.
extension JSONWriter {
    package mutating func member(_ name: StaticString, _ text: String) {
        self.name(inCode: name)
        string(text)
    }

    package mutating func member(_ name: StaticString, _ flag: Bool) {
        self.name(inCode: name)
        bool(flag)
    }

    package mutating func member(_ name: StaticString, _ integer: Int) {
        self.name(inCode: name)
        self.integer(integer)
    }

    package mutating func member(_ name: StaticString, _ integer: Int64) {
        self.name(inCode: name)
        self.integer(integer)
    }

    package mutating func member(_ name: StaticString, _ integer: UInt64) {
        self.name(inCode: name)
        self.integer(integer)
    }

    package mutating func member(_ name: StaticString, _ value: JSONValue) {
        self.name(inCode: name)
        self.value(value)
    }

    /// - Parameter literal: a number of RFC 8259 §6; it is copied as it is.
    package mutating func member(_ name: StaticString, number literal: String) {
        self.name(inCode: name)
        number(literal)
    }

    /// An object with the members that the caller adds.
    package mutating func member(_ name: StaticString, object members: (inout JSONWriter) -> Void) {
        self.name(inCode: name)
        beginObject()
        members(&self)
        endObject()
    }
}
