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
package struct JSONWriter: ~Copyable {
    private var output: ByteOutput
    private var depth = 0
    /// For each open array or object, the innermost in the lowest bit, whether it is an object.
    private var objects: UInt64 = 0
    /// Whether the innermost array or object has something before the next member or element.
    private var needsComma = false
    private var hasName = false
    private var isComplete = false

    /// - Parameter capacity: the expected length of the document in bytes; it may become longer.
    package init(capacity: Int = 1024) { output = ByteOutput(capacity: capacity) }

    /// Writes one document and appends it to a buffer, which is left alone when `body` throws.
    package static func write<E: Error>(
        to bytes: inout [UInt8], _ body: (inout JSONWriter) throws(E) -> Void
    ) throws(E) {
        var writer = JSONWriter()
        try body(&writer)
        precondition(writer.isComplete, "a complete document")
        writer.output.append(to: &bytes)
    }

    /// The whole document.
    package consuming func finish() -> [UInt8] {
        precondition(isComplete, "a complete document")
        return output.bytes
    }

    // MARK: Structure

    package mutating func beginObject() { begin(UInt8(ascii: "{"), isObject: true) }

    package mutating func endObject() { end(UInt8(ascii: "}"), isObject: true) }

    package mutating func beginArray() { begin(UInt8(ascii: "["), isObject: false) }

    package mutating func endArray() { end(UInt8(ascii: "]"), isObject: false) }

    /// The name of the next value in an object.
    package mutating func name(_ name: String) {
        precondition(isInObject && !hasName, "a place for a member name")
        output.appendName(name, isFirst: !needsComma)
        hasName = true
    }

    /// Whole members as they stand in a document.
    mutating func copyMembers(_ document: [UInt8], _ range: Range<Int>) {
        precondition(isInObject && !hasName, "a place for a member name")
        precondition(range.upperBound <= document.count, "the document that the members were read from")
        if needsComma { output.append(UInt8(ascii: ",")) }
        document.withUnsafeBufferPointer { output.append(UnsafeBufferPointer(rebasing: $0[range])) }
        needsComma = true
    }

    /// A whole member that was read, and whose name needs no escapes.
    @inline(__always)
    mutating func copyMember(_ longName: String, _ key: NameKey, _ text: String) {
        precondition(isInObject && !hasName, "a place for a member name")
        if key.isWhole {
            output.appendMember(key, text, isFirst: !needsComma)
        } else {
            output.appendName(longName, isFirst: !needsComma)
            output.appendQuoted(text)
        }
        needsComma = true
    }

    /// The name of the next value, written in code; it needs no escapes.
    package mutating func name(inCode name: StaticString) {
        precondition(isInObject && !hasName, "a place for a member name")
        output.appendName(name, isFirst: !needsComma)
        hasName = true
    }

    // MARK: Values

    package mutating func string(_ text: String) {
        beforeValue()
        output.appendQuoted(text)
        afterValue()
    }

    /// A text around a number, both parts in code and without escapes: `"(16 characters)"`.
    package mutating func string(_ before: StaticString, _ number: Int, _ behind: StaticString) {
        beforeValue()
        output.append(UInt8(ascii: "\""))
        output.append(before)
        output.append(magnitude: UInt64(number.magnitude), isNegative: number < 0)
        output.append(behind)
        output.append(UInt8(ascii: "\""))
        afterValue()
    }

    /// - Parameter literal: a number of RFC 8259 §6; it is copied as it is.
    package mutating func number(_ literal: String) {
        assert(JSONValue.isNumber(literal), "a number literal of RFC 8259")
        beforeValue()
        output.append(literal)
        afterValue()
    }

    // One for each type, for other targets do not specialize what is generic.

    package mutating func integer(_ integer: Int) { number(magnitude: UInt64(integer.magnitude), integer < 0) }

    package mutating func integer(_ integer: Int64) { number(magnitude: integer.magnitude, integer < 0) }

    package mutating func integer(_ integer: UInt64) { number(magnitude: integer, false) }

    private mutating func number(magnitude: UInt64, _ isNegative: Bool) {
        beforeValue()
        output.append(magnitude: magnitude, isNegative: isNegative)
        afterValue()
    }

    package mutating func bool(_ flag: Bool) {
        beforeValue()
        output.append((flag ? "true" : "false") as StaticString)
        afterValue()
    }

    package mutating func null() {
        beforeValue()
        output.append("null" as StaticString)
        afterValue()
    }

    /// A whole tree.
    package mutating func value(_ value: JSONValue) {
        beforeValue()
        output.append(value)
        afterValue()
    }

    /// An object with these members, in this order.
    package mutating func object(_ pairs: [(String, JSONValue)]) {
        beginObject()
        for (name, value) in pairs {
            self.name(name)
            self.value(value)
        }
        endObject()
    }

    // MARK: State

    private var isInObject: Bool { depth > 0 && objects & 1 == 1 }

    private mutating func beforeValue() {
        if isInObject {
            precondition(hasName, "a member name before its value")
            hasName = false
        } else if depth > 0 {
            if needsComma { output.append(UInt8(ascii: ",")) }
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
        output.append(bracket)
        depth += 1
        objects = objects << 1 | (isObject ? 1 : 0)
        needsComma = false
    }

    private mutating func end(_ bracket: UInt8, isObject: Bool) {
        precondition(depth > 0 && isInObject == isObject && !hasName, "the end of what is open")
        output.append(bracket)
        depth -= 1
        objects >>= 1
        afterValue()
    }
}
