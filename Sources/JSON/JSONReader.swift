/// A strict reader of RFC 8259 over bytes that stay where they are while it runs.
///
/// It never looks at a byte twice, except at those of a string that it copies. Beyond the last byte ``peek`` is
/// zero, which starts nothing in JSON, so the grammar needs no separate test for the end; ``failure(_:)`` tells
/// the two cases apart.
struct JSONReader {
    let bytes: UnsafeRawPointer
    let count: Int
    let limits: JSONLimits
    var position = 0
    /// Whether the string read last had an escape.
    var hasEscapes = false
    /// The unescaped bytes of the string read last, if it had an escape.
    var unescaped: [UInt8] = []

    /// - Precondition: `bytes` is not empty.
    init(_ bytes: UnsafeBufferPointer<UInt8>, limits: JSONLimits) {
        guard let base = bytes.baseAddress, bytes.count > 0 else { preconditionFailure("an empty document") }
        self.bytes = UnsafeRawPointer(base)
        self.count = bytes.count
        self.limits = limits
    }

    /// The next byte, or zero at the end.
    var peek: UInt8 {
        @inline(__always) get { position < count ? bytes.load(fromByteOffset: position, as: UInt8.self) : 0 }
    }

    @inline(__always)
    mutating func skipBlanks() {
        while position < count {
            switch bytes.load(fromByteOffset: position, as: UInt8.self) {
            case 0x20, 0x0A, 0x0D, 0x09: position += 1
            default: return
            }
        }
    }

    /// The error of not finding something at the current position.
    func failure(_ expectation: JSONError.Expectation) -> JSONError {
        JSONError(position < count ? .expected(expectation) : .documentEnds(expected: expectation), at: position)
    }

    mutating func readDocument() throws(JSONError) -> JSONValue {
        guard count <= limits.maximumBytes else {
            throw JSONError(.tooManyBytes(limit: limits.maximumBytes), at: limits.maximumBytes)
        }
        if count >= 3, bytes.load(as: UInt8.self) == 0xEF, bytes.load(fromByteOffset: 1, as: UInt8.self) == 0xBB,
            bytes.load(fromByteOffset: 2, as: UInt8.self) == 0xBF
        {
            throw JSONError(.byteOrderMark, at: 0)
        }
        skipBlanks()
        guard position < count else { throw JSONError(.emptyDocument, at: position) }
        let value = try readValue(at: 1, orElse: .value)
        skipBlanks()
        guard position == count else { throw failure(.endOfDocument) }
        return value
    }

    /// - Parameter depth: how many arrays and objects would be open if this value were one.
    mutating func readValue(at depth: Int, orElse expectation: JSONError.Expectation) throws(JSONError) -> JSONValue {
        switch peek {
        case UInt8(ascii: "\""): return .string(try readString())
        case UInt8(ascii: "{"): return .object(try readObject(at: depth))
        case UInt8(ascii: "["): return .array(try readArray(at: depth))
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"): return .number(try readNumber())
        case UInt8(ascii: "t"):
            try skip("true", orElse: .literalTrue)
            return .bool(true)
        case UInt8(ascii: "f"):
            try skip("false", orElse: .literalFalse)
            return .bool(false)
        case UInt8(ascii: "n"):
            try skip("null", orElse: .literalNull)
            return .null
        default: throw failure(expectation)
        }
    }

    private mutating func skip(_ literal: StaticString, orElse expectation: JSONError.Expectation) throws(JSONError) {
        for index in 0..<literal.utf8CodeUnitCount {
            guard peek == literal.utf8Start[index] else { throw failure(expectation) }
            position += 1
        }
    }
}
