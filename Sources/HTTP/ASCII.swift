/// Classes of bytes in HTTP's grammar.
enum ASCII {
    static let tab = UInt8(ascii: "\t")
    static let lineFeed = UInt8(ascii: "\n")
    static let carriageReturn = UInt8(ascii: "\r")
    static let space = UInt8(ascii: " ")
    static let colon = UInt8(ascii: ":")
    static let comma = UInt8(ascii: ",")
    static let slash = UInt8(ascii: "/")

    @inline(__always)
    static func lowercase(_ byte: UInt8) -> UInt8 {
        byte &- UInt8(ascii: "A") < 26 ? byte | 0x20 : byte
    }

    @inline(__always)
    static func isDigit(_ byte: UInt8) -> Bool { byte &- UInt8(ascii: "0") < 10 }

    @inline(__always)
    static func isBlank(_ byte: UInt8) -> Bool { byte == space || byte == tab }

    static func hexValue(_ byte: UInt8) -> Int? {
        if isDigit(byte) { return Int(byte - UInt8(ascii: "0")) }
        let letter = lowercase(byte)
        return letter >= UInt8(ascii: "a") && letter <= UInt8(ascii: "f") ? Int(letter - UInt8(ascii: "a")) + 10 : nil
    }

    /// `tchar` of RFC 9110 §5.6.2, as one bit for each of the first 64 and the second 64 codes.
    private static let lowTokenBits: UInt64 = 0x03FF_6CFA_0000_0000
    private static let highTokenBits: UInt64 = 0x57FF_FFFF_C7FF_FFFE

    @inline(__always)
    static func isToken(_ byte: UInt8) -> Bool {
        guard byte < 128 else { return false }
        return (byte < 64 ? lowTokenBits : highTokenBits) >> UInt64(byte & 63) & 1 == 1
    }

    /// What may stand in a field value (RFC 9110 §5.5): visible characters, blanks, and bytes above ASCII.
    @inline(__always)
    static func isFieldValue(_ byte: UInt8) -> Bool {
        byte >= space ? byte != 0x7F : byte == tab
    }

    /// What may stand in a request target.
    ///
    /// The grammar of RFC 3986 is narrower. Browsers and client libraries send `|`, `^`, backslash, brackets, braces
    /// and backquotes undisguised in queries (WHATWG URL, query percent-encode set), so only what even they encode is
    /// refused: blanks, controls, `"`, `<`, `>`, bytes above ASCII; and `#`, because a fragment is never sent.
    @inline(__always)
    static func isTarget(_ byte: UInt8) -> Bool {
        guard byte < 128 else { return false }
        return (byte < 64 ? lowTargetBits : highTargetBits) >> UInt64(byte & 63) & 1 == 1
    }

    private static let lowTargetBits: UInt64 = 0xAFFF_FFF2_0000_0000
    private static let highTargetBits: UInt64 = 0x7FFF_FFFF_FFFF_FFFF
}

extension Span<UInt8> {
    /// Whether `range` holds this text; ASCII letters compare without case. `text` must be in lower case.
    @inline(__always)
    func matches(_ range: Range<Int>, _ text: StaticString) -> Bool {
        guard range.count == text.utf8CodeUnitCount else { return false }
        return text.withUTF8Buffer { wanted in
            for offset in 0..<wanted.count where ASCII.lowercase(self[range.lowerBound + offset]) != wanted[offset] {
                return false
            }
            return true
        }
    }

    /// Whether `range` holds exactly this text.
    @inline(__always)
    func equals(_ range: Range<Int>, _ text: StaticString) -> Bool {
        guard range.count == text.utf8CodeUnitCount else { return false }
        return text.withUTF8Buffer { wanted in
            for offset in 0..<wanted.count where self[range.lowerBound + offset] != wanted[offset] { return false }
            return true
        }
    }

    /// The part as a string; broken UTF-8 is replaced.
    func string(_ range: Range<Int>) -> String {
        withUnsafeBufferPointer { String(decoding: UnsafeBufferPointer(rebasing: $0[range]), as: UTF8.self) }
    }

    /// The part as a string, when all of it is known to be ASCII.
    func asciiString(_ range: Range<Int>) -> String {
        String(copying: UTF8Span(unchecked: extracting(range), isKnownASCII: true))
    }

    /// A copy of the part.
    func bytes(_ range: Range<Int>) -> [UInt8] {
        withUnsafeBufferPointer { [UInt8](UnsafeBufferPointer(rebasing: $0[range])) }
    }
}

extension [UInt8] {
    mutating func append(_ span: Span<UInt8>, _ range: Range<Int>) {
        span.withUnsafeBufferPointer { append(contentsOf: UnsafeBufferPointer(rebasing: $0[range])) }
    }

    @inline(__always)
    mutating func append(_ text: StaticString) {
        append(contentsOf: UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
    }
}

extension String {
    /// Calls `body` with the UTF-8, which native strings have in one piece.
    @inline(__always)
    func withBytes<Result>(_ body: (UnsafeBufferPointer<UInt8>) -> Result) -> Result {
        if let result = utf8.withContiguousStorageIfAvailable(body) { return result }
        return withCopiedBytes(body)
    }

    /// Apart, for otherwise the text would be retained in the usual case too.
    @inline(never)
    private func withCopiedBytes<Result>(_ body: (UnsafeBufferPointer<UInt8>) -> Result) -> Result {
        Array(utf8).withUnsafeBufferPointer(body)
    }

    /// Where a byte of ASCII stands first.
    func index(ofByte byte: UInt8) -> Index? {
        let offset = withBytes { ByteSearch.first(byte, in: $0) } ?? -1
        return offset < 0 ? nil : utf8.index(utf8.startIndex, offsetBy: offset)
    }
}
