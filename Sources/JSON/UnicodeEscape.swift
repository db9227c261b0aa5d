/// Looks for `\u0034` and the like in the bytes of a document, without reading it.
package enum UnicodeEscape {
    /// Whether there is a backslash with a `u` behind it, even if another backslash takes its meaning away.
    package static func isFound(in bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        guard let base = bytes.baseAddress else { return false }
        // Nearly no document has a backslash. Without a way out of it, the loop takes 32 bytes at once.
        var backslashes: UInt8 = 0
        for index in 0..<bytes.count { backslashes |= base[index] == UInt8(ascii: "\\") ? 1 : 0 }
        return backslashes != 0 && isFound(behindBackslashIn: bytes)
    }

    private static func isFound(behindBackslashIn bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        var isBehindBackslash = false
        for byte in bytes {
            if isBehindBackslash, byte == UInt8(ascii: "u") { return true }
            isBehindBackslash = byte == UInt8(ascii: "\\")
        }
        return false
    }
}
