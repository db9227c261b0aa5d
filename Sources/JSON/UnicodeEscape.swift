/// Looks for `\u0034` and the like in the bytes of a document, without reading it.
package enum UnicodeEscape {
    /// Whether there is a backslash with a `u` behind it, even if another backslash takes its meaning away.
    package static func isFound(in bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        let raw = UnsafeRawBufferPointer(bytes)
        var offset = 0
        while offset &+ 8 <= raw.count {
            let found = ByteWord.equal(
                UInt8(ascii: "\\"), UInt64(littleEndian: raw.loadUnaligned(fromByteOffset: offset, as: UInt64.self)))
            if found != 0, isFound(in: raw[offset..<min(offset + 9, raw.count)]) { return true }
            offset &+= 8
        }
        return isFound(in: raw[offset...])
    }

    @inline(never)
    private static func isFound(in bytes: Slice<UnsafeRawBufferPointer>) -> Bool {
        zip(bytes, bytes.dropFirst()).contains { $0 == UInt8(ascii: "\\") && $1 == UInt8(ascii: "u") }
    }
}
