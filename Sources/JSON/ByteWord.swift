/// Looks at eight bytes of a string at once, first byte lowest.
enum ByteWord {
    private static let ones: UInt64 = 0x0101_0101_0101_0101
    private static let highBits: UInt64 = 0x8080_8080_8080_8080

    /// Nonzero when a byte is a quote, a backslash, below 0x20 or above 0x7F; the lowest set bit is in the first one.
    ///
    /// Subtracting borrows from the byte above only after a byte that counts, so bits above the lowest may be false.
    @inline(__always)
    static func special(in word: UInt64) -> UInt64 {
        (word | below(0x20, word) | equal(UInt8(ascii: "\""), word) | equal(UInt8(ascii: "\\"), word)) & highBits
    }

    /// As ``special(in:)``, but bytes above 0x7F do not count: a writer copies them.
    @inline(__always)
    static func needingEscape(in word: UInt64) -> UInt64 {
        (below(0x20, word) | equal(UInt8(ascii: "\""), word) | equal(UInt8(ascii: "\\"), word)) & highBits
    }

    /// Whether a single byte is ASCII and may stand in a string as it is.
    @inline(__always)
    static func isPlain(_ byte: UInt8) -> Bool {
        byte < 0x80 && !needsEscape(byte)
    }

    /// Whether a single byte of UTF-8 must be escaped in a string.
    @inline(__always)
    static func needsEscape(_ byte: UInt8) -> Bool {
        byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\")
    }

    @inline(__always)
    private static func below(_ bound: UInt64, _ word: UInt64) -> UInt64 { (word &- ones &* bound) & ~word }

    /// Nonzero when a byte is this one; the lowest set bit is in the first one, bits above it may be false.
    @inline(__always)
    private static func equal(_ byte: UInt8, _ word: UInt64) -> UInt64 {
        let difference = word ^ (ones &* UInt64(byte))
        return (difference &- ones) & ~difference & highBits
    }
}
