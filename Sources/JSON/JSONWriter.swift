/// Writes one document straight into a byte buffer, without building a tree.
///
///     var writer = JSONWriter()
///     writer.beginObject()
///     writer.member("respstat", "A")
///     writer.name("lines")
///     writer.beginArray()
///     writer.integer(1)
///     writer.endArray()
///     writer.endObject()
///     let body = writer.finish()      // {"respstat":"A","lines":[1]}
///
/// Calls that would not make a document (a value without a name in an object, an end without its beginning, two
/// values at the top) are mistakes of the program, and trap. At most 64 arrays and objects are open at once.
package struct JSONWriter: Sendable {
    private var bytes: [UInt8]
    private var depth = 0
    /// For each open array or object, the innermost in the lowest bit, whether it is an object.
    private var objects: UInt64 = 0
    /// Whether the innermost array or object has something before the next member or element.
    private var needsComma = false
    private var hasName = false
    private var isComplete = false

    /// - Parameter bytes: what the document is appended to.
    package init(appendingTo bytes: [UInt8] = []) { self.bytes = bytes }

    /// Appends one document to a buffer in place.
    package static func write<E: Error>(
        to bytes: inout [UInt8], _ body: (inout JSONWriter) throws(E) -> Void
    ) throws(E) {
        var writer = JSONWriter()
        swap(&writer.bytes, &bytes)
        // What was written before an error stays, as with any other append.
        defer { swap(&writer.bytes, &bytes) }
        try body(&writer)
        precondition(writer.isComplete, "a complete document")
    }

    /// The buffer with the whole document.
    package consuming func finish() -> [UInt8] {
        precondition(isComplete, "a complete document")
        return bytes
    }

    // MARK: Structure

    package mutating func beginObject() { begin(UInt8(ascii: "{"), isObject: true) }

    package mutating func endObject() { end(UInt8(ascii: "}"), isObject: true) }

    package mutating func beginArray() { begin(UInt8(ascii: "["), isObject: false) }

    package mutating func endArray() { end(UInt8(ascii: "]"), isObject: false) }

    /// The name of the next value in an object.
    package mutating func name(_ name: String) {
        precondition(isInObject && !hasName, "a place for a member name")
        bytes.appendJSONName(name, isFirst: !needsComma)
        hasName = true
    }

    // MARK: Values

    package mutating func string(_ text: String) {
        beforeValue()
        bytes.appendJSONString(text)
        afterValue()
    }

    /// - Parameter literal: a number of RFC 8259 §6; it is copied as it is.
    package mutating func number(_ literal: String) {
        assert(JSONValue.isNumber(literal), "a number literal of RFC 8259")
        beforeValue()
        bytes.appendRaw(literal)
        afterValue()
    }

    package mutating func integer(_ integer: some FixedWidthInteger) {
        beforeValue()
        bytes.appendRaw(String(integer))
        afterValue()
    }

    package mutating func bool(_ flag: Bool) {
        beforeValue()
        bytes.append(contentsOf: flag ? "true".utf8 : "false".utf8)
        afterValue()
    }

    package mutating func null() {
        beforeValue()
        bytes.append(contentsOf: "null".utf8)
        afterValue()
    }

    /// A whole tree.
    package mutating func value(_ value: JSONValue) {
        beforeValue()
        value.write(to: &bytes)
        afterValue()
    }

    /// An object with these members, in this order.
    package mutating func object(_ pairs: [(String, JSONValue)]) {
        beginObject()
        for (name, value) in pairs { member(name, value) }
        endObject()
    }

    // MARK: State

    private var isInObject: Bool { depth > 0 && objects & 1 == 1 }

    private mutating func beforeValue() {
        if isInObject {
            precondition(hasName, "a member name before its value")
            hasName = false
        } else if depth > 0 {
            if needsComma { bytes.append(UInt8(ascii: ",")) }
        } else {
            precondition(!isComplete, "one value in a document")
        }
    }

    private mutating func afterValue() {
        needsComma = true
        isComplete = depth == 0
    }

    private mutating func begin(_ bracket: UInt8, isObject: Bool) {
        precondition(depth < 64, "at most 64 open arrays and objects")
        beforeValue()
        bytes.append(bracket)
        depth += 1
        objects = objects << 1 | (isObject ? 1 : 0)
        needsComma = false
    }

    private mutating func end(_ bracket: UInt8, isObject: Bool) {
        precondition(depth > 0 && isInObject == isObject && !hasName, "the end of what is open")
        bytes.append(bracket)
        depth -= 1
        objects >>= 1
        afterValue()
    }
}
