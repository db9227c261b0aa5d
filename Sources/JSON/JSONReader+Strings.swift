extension JSONReader {
    /// Reads a string (RFC 8259 §7); the next byte is its opening quote.
    ///
    /// Runs without an escape are found eight bytes at a time; a string without any escape becomes a `String`
    /// straight from the document.
    mutating func readString() throws(JSONError) -> String {
        let opening = position
        let isASCII = try scanString()
        guard hasEscapes else { return try makeString(slice(opening + 1, position - 1), isASCII: isASCII, at: opening) }
        return try unescaped.withUnsafeBufferPointer { bytes throws(JSONError) in
            try makeString(bytes, isASCII: false, at: opening)
        }
    }

    /// Goes behind the closing quote. The bytes of the string are those between the quotes, or ``unescaped`` when
    /// ``hasEscapes``.
    ///
    /// - Returns: whether they are all ASCII; nothing when there are escapes.
    @inline(__always)
    mutating func scanString() throws(JSONError) -> Bool {
        position += 1
        var run = position
        var isASCII = true
        hasEscapes = false
        while true {
            skipPlainASCII()
            let byte = peek
            if byte == UInt8(ascii: "\"") {
                break
            } else if byte == UInt8(ascii: "\\") {
                if !hasEscapes {
                    hasEscapes = true
                    unescaped.removeAll(keepingCapacity: true)
                }
                unescaped.append(contentsOf: slice(run, position))
                try readEscape()
                run = position
            } else if byte >= 0x80 {
                isASCII = false
                try skipMultibyteCharacter()
            } else if position < count {
                throw JSONError(.controlCharacter, at: position)
            } else {
                throw failure(.restOfString)
            }
        }
        if hasEscapes { unescaped.append(contentsOf: slice(run, position)) }
        position += 1
        return isASCII
    }

    func slice(_ start: Int, _ end: Int) -> UnsafeBufferPointer<UInt8> {
        UnsafeBufferPointer(start: (bytes + start).assumingMemoryBound(to: UInt8.self), count: end - start)
    }

    /// The text of bytes that were found to be UTF-8.
    ///
    /// - Parameter isASCII: false when it is not known.
    @inline(__always)
    func makeString(
        _ bytes: UnsafeBufferPointer<UInt8>, isASCII: Bool, at opening: Int
    ) throws(JSONError) -> String {
        guard bytes.count <= limits.maximumStringBytes else {
            throw JSONError(.stringTooLong(limit: limits.maximumStringBytes), at: opening)
        }
        // The reader has validated every byte, so that another validation, which takes longer than the copy of a
        // short string, is left out.
        return String(copying: UTF8Span(unchecked: bytes.span, isKnownASCII: isASCII))
    }

    /// Goes to the next byte that is not plain: a quote, a backslash, a control character, or not ASCII.
    @inline(__always)
    private mutating func skipPlainASCII() {
        while position + 8 <= count {
            let word = UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: position, as: UInt64.self))
            let special = ByteWord.special(in: word)
            guard special == 0 else {
                position += special.trailingZeroBitCount / 8
                return
            }
            position += 8
        }
        while position < count, ByteWord.isPlain(bytes.load(fromByteOffset: position, as: UInt8.self)) {
            position += 1
        }
    }

    /// Skips one character of two to four bytes: the table of RFC 3629 §4, so neither overlong forms, nor
    /// surrogates, nor anything above U+10FFFF.
    private mutating func skipMultibyteCharacter() throws(JSONError) {
        let start = position
        let first: ClosedRange<UInt8>  // of the second byte; the ones after it are 80...BF
        let length: Int
        switch peek {
        case 0xC2...0xDF: (first, length) = (0x80...0xBF, 2)
        case 0xE0: (first, length) = (0xA0...0xBF, 3)
        case 0xE1...0xEC, 0xEE...0xEF: (first, length) = (0x80...0xBF, 3)
        case 0xED: (first, length) = (0x80...0x9F, 3)
        case 0xF0: (first, length) = (0x90...0xBF, 4)
        case 0xF1...0xF3: (first, length) = (0x80...0xBF, 4)
        case 0xF4: (first, length) = (0x80...0x8F, 4)
        default: throw JSONError(.invalidUTF8, at: start)
        }
        for index in 1..<length {
            position += 1
            guard position < count else { throw failure(.restOfString) }
            guard (index == 1 ? first : 0x80...0xBF).contains(peek) else { throw JSONError(.invalidUTF8, at: start) }
        }
        position += 1
    }
}
