import CBytes

/// Looks for `\u0034` and the like in the bytes of a document, without reading it.
package enum UnicodeEscape {
    /// Whether there is a backslash with a `u` behind it, even if another backslash takes its meaning away.
    package static func isFound(in bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        guard let address = bytes.baseAddress else { return false }
        var next = 0
        while true {
            next = bytes_find(address, bytes.count, next, UInt8(ascii: "\\")) + 1
            guard next < bytes.count else { return false }
            if bytes[next] == UInt8(ascii: "u") { return true }
        }
    }
}
