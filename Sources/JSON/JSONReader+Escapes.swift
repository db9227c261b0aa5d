extension JSONReader {
    /// Reads one escape, or the two of a surrogate pair, into ``unescaped``; the next byte is the backslash.
    mutating func readEscape() throws(JSONError) {
        let start = position
        position += 1
        let byte: UInt8
        switch peek {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): byte = peek
        case UInt8(ascii: "b"): byte = 0x08
        case UInt8(ascii: "f"): byte = 0x0C
        case UInt8(ascii: "n"): byte = 0x0A
        case UInt8(ascii: "r"): byte = 0x0D
        case UInt8(ascii: "t"): byte = 0x09
        case UInt8(ascii: "u"):
            position += 1
            return try readCodePoint(from: start)
        default: throw failure(.escape)
        }
        position += 1
        unescaped.append(byte)
    }

    /// Reads what follows `\u`: four digits, and for a high surrogate the escape of the low one.
    private mutating func readCodePoint(from start: Int) throws(JSONError) {
        var code = try readFourDigits()
        if (0xD800...0xDBFF).contains(code) {
            for byte in [UInt8(ascii: "\\"), UInt8(ascii: "u")] {
                guard position < count else { throw failure(.restOfString) }
                guard peek == byte else { throw JSONError(.loneSurrogate, at: start) }
                position += 1
            }
            let low = try readFourDigits()
            guard (0xDC00...0xDFFF).contains(low) else { throw JSONError(.loneSurrogate, at: start) }
            code = 0x10000 + (code - 0xD800) << 10 + (low - 0xDC00)
        }
        // The low half of a pair alone is the only other number that is no scalar.
        guard let scalar = Unicode.Scalar(code) else { throw JSONError(.loneSurrogate, at: start) }
        unescaped.append(contentsOf: UTF8.encode(scalar).unsafelyUnwrapped)
    }

    private mutating func readFourDigits() throws(JSONError) -> UInt32 {
        var number: UInt32 = 0
        for _ in 0..<4 {
            let digit: UInt8
            switch peek {
            case UInt8(ascii: "0")...UInt8(ascii: "9"): digit = peek - UInt8(ascii: "0")
            case UInt8(ascii: "a")...UInt8(ascii: "f"): digit = peek - UInt8(ascii: "a") + 10
            case UInt8(ascii: "A")...UInt8(ascii: "F"): digit = peek - UInt8(ascii: "A") + 10
            default: throw failure(.hexadecimalDigit)
            }
            number = number << 4 | UInt32(digit)
            position += 1
        }
        return number
    }
}
