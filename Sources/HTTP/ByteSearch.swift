/// Looking for bytes, eight at a time.
enum ByteSearch {
    /// Where a byte stands first.
    static func first(_ wanted: UInt8, in bytes: UnsafeBufferPointer<UInt8>) -> Int? {
        var offset = 0
        while offset &+ 8 <= bytes.count {
            let found = equal(wanted, word(bytes, offset))
            if found != 0 { return offset &+ found.trailingZeroBitCount / 8 }
            offset &+= 8
        }
        while offset < bytes.count {
            if bytes[offset] == wanted { return offset }
            offset &+= 1
        }
        return nil
    }

    /// Where the first CR or LF at or behind `start` stands; the end when there is none.
    static func firstLineEnd(in bytes: UnsafeBufferPointer<UInt8>, from start: Int) -> Int {
        var offset = start
        while offset &+ 8 <= bytes.count {
            let eight = word(bytes, offset)
            let found = equal(ASCII.carriageReturn, eight) | equal(ASCII.lineFeed, eight)
            if found != 0 { return offset &+ found.trailingZeroBitCount / 8 }
            offset &+= 8
        }
        while offset < bytes.count, bytes[offset] != ASCII.carriageReturn, bytes[offset] != ASCII.lineFeed {
            offset &+= 1
        }
        return offset
    }

    /// Whether all bytes of a part may stand in a field value.
    static func isFieldValue(_ bytes: UnsafeBufferPointer<UInt8>, _ range: Range<Int>) -> Bool {
        var offset = range.lowerBound
        while offset &+ 8 <= range.upperBound {
            let eight = word(bytes, offset)
            // A tab is allowed and rare: the eight are looked at one by one then.
            if control(eight) | equal(0x7F, eight) != 0, !isFieldValueByByte(bytes, offset..<offset &+ 8) {
                return false
            }
            offset &+= 8
        }
        return isFieldValueByByte(bytes, offset..<range.upperBound)
    }

    /// Whether a part of eight bytes or more stands at a position; the last eight are compared with some before them
    /// once more.
    static func isPart(
        _ part: UnsafeBufferPointer<UInt8>, of bytes: UnsafeBufferPointer<UInt8>, at position: Int
    ) -> Bool {
        guard part.count >= 8, bytes.count &- position >= part.count else { return false }
        let last = part.count &- 8
        var offset = 0
        while offset < last {
            guard word(part, offset) == word(bytes, position &+ offset) else { return false }
            offset &+= 8
        }
        return word(part, last) == word(bytes, position &+ last)
    }

    private static func isFieldValueByByte(_ bytes: UnsafeBufferPointer<UInt8>, _ range: Range<Int>) -> Bool {
        for offset in range where !ASCII.isFieldValue(bytes[offset]) { return false }
        return true
    }

    /// Eight bytes that are there, first byte lowest.
    @inline(__always)
    private static func word(_ bytes: UnsafeBufferPointer<UInt8>, _ offset: Int) -> UInt64 {
        assert(offset >= 0 && offset + 8 <= bytes.count)
        return UInt64(
            littleEndian: UnsafeRawBufferPointer(bytes).loadUnaligned(fromByteOffset: offset, as: UInt64.self))
    }

    private static let ones: UInt64 = 0x0101_0101_0101_0101
    private static let highBits: UInt64 = 0x8080_8080_8080_8080

    /// The lowest set bit is in the first byte that equals `byte`; zero when none does.
    @inline(__always)
    private static func equal(_ byte: UInt8, _ word: UInt64) -> UInt64 {
        let difference = word ^ (ones &* UInt64(byte))
        return (difference &- ones) & ~difference & highBits
    }

    /// Nonzero when a byte is below 0x20.
    @inline(__always)
    private static func control(_ word: UInt64) -> UInt64 { (word &- ones &* 0x20) & ~word & highBits }
}
