/// Looks for `\u0034` and the like in the bytes of a document, without reading it.
package enum UnicodeEscape {
    /// Whether there is a backslash with a `u` behind it, even if another backslash takes its meaning away.
    package static func isFound(in bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        let raw = UnsafeRawBufferPointer(bytes)
        guard raw.count >= 8 else { return isFound(in: raw[...]) }
        var offset = 0
        while offset &+ 32 <= raw.count {
            let found =
                backslash(raw, offset) | backslash(raw, offset &+ 8) | backslash(raw, offset &+ 16)
                | backslash(raw, offset &+ 24)
            // The `u` may be the first of the next ones.
            if found != 0, isFound(in: raw[offset..<min(offset + 33, raw.count)]) { return true }
            offset &+= 32
        }
        var rest: UInt64 = 0
        for place in stride(from: offset, to: raw.count, by: 8) { rest |= backslash(raw, min(place, raw.count &- 8)) }
        return rest != 0 && isFound(in: raw[offset...])
    }

    /// Nonzero when one of eight bytes is a backslash.
    @inline(__always)
    private static func backslash(_ bytes: UnsafeRawBufferPointer, _ offset: Int) -> UInt64 {
        ByteWord.equal(UInt8(ascii: "\\"), bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self))
    }

    private static func isFound(in bytes: Slice<UnsafeRawBufferPointer>) -> Bool {
        var isBehindBackslash = false
        for byte in bytes {
            if isBehindBackslash, byte == UInt8(ascii: "u") { return true }
            isBehindBackslash = byte == UInt8(ascii: "\\")
        }
        return false
    }
}
