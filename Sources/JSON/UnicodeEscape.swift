/// Looks for `\u0034` and the like in the bytes of a document, without reading it.
package enum UnicodeEscape {
    /// Whether there is a backslash with a `u` behind it, even if another backslash takes its meaning away.
    package static func isFound(in bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        let raw = UnsafeRawBufferPointer(bytes)
        guard raw.count >= 32 else { return isFound(in: raw[...]) }
        // The last bytes together with some before them once more.
        let last = raw.count &- 32
        var offset = 0
        while offset < last {
            // The `u` may be the first of the next ones.
            if backslashes(raw, offset), isFound(in: raw[offset...(offset + 32)]) { return true }
            offset &+= 32
        }
        return backslashes(raw, last) && isFound(in: raw[last...])
    }

    /// Whether there is a backslash among 32 bytes.
    @inline(__always)
    private static func backslashes(_ bytes: UnsafeRawBufferPointer, _ offset: Int) -> Bool {
        let words = bytes.loadUnaligned(fromByteOffset: offset, as: SIMD4<UInt64>.self)
        let found = ByteWord.equal(UInt8(ascii: "\\"), words)
        return found[0] | found[1] | found[2] | found[3] != 0
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
