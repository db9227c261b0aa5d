/// Looking at texts as bytes in a row: the collection operations on `String.UTF8View` and on characters cost some
/// hundred times more, and every request passes here.
extension StringProtocol {
    /// Calls `body` with the UTF-8 in one piece.
    @inlinable
    package func withBytes<Result>(_ body: (UnsafeBufferPointer<UInt8>) -> Result) -> Result {
        if let result = utf8.withContiguousStorageIfAvailable(body) { return result }
        return withCopiedBytes(body)
    }

    /// Apart, for otherwise the text would be retained in the usual case too.
    @inline(never)
    @usableFromInline
    func withCopiedBytes<Result>(_ body: (UnsafeBufferPointer<UInt8>) -> Result) -> Result {
        Array(utf8).withUnsafeBufferPointer(body)
    }
}

extension String {
    /// The last bytes of a text in ASCII; of any other, the last characters.
    func lastBytes(_ count: Int) -> String {
        withBytes { bytes in bytes.allSatisfy { $0 < 0x80 } ? String(decoding: bytes.suffix(count), as: UTF8.self) : nil
        }
            ?? String(suffix(count))
    }

    /// The first bytes of a text in ASCII; of any other, the first characters.
    func firstBytes(_ count: Int) -> String {
        withBytes { bytes in bytes.allSatisfy { $0 < 0x80 } ? String(decoding: bytes.prefix(count), as: UTF8.self) : nil
        }
            ?? String(prefix(count))
    }
}

extension UnsafeBufferPointer<UInt8> {
    /// The same bytes, compared eight at a time; the last ones together with some before them once more.
    package func isSame(as other: UnsafeBufferPointer<UInt8>) -> Bool {
        guard count == other.count else { return false }
        let (mine, others) = (UnsafeRawBufferPointer(self), UnsafeRawBufferPointer(other))
        guard count >= 8 else {
            for offset in 0..<count where mine[offset] != others[offset] { return false }
            return true
        }
        var offset = 0
        while offset < count {
            let place = Swift.min(offset, count &- 8)
            let word = mine.loadUnaligned(fromByteOffset: place, as: UInt64.self)
            guard word == others.loadUnaligned(fromByteOffset: place, as: UInt64.self) else { return false }
            offset &+= 8
        }
        return true
    }
}

/// Numbers as decimal digits of a fixed width.
package enum PaddedDigits {
    /// The last `width` digits of a number, with leading zeros.
    package static func text(_ number: UInt64, width: Int, after prefix: String = "") -> String {
        let start = prefix.utf8.count
        return String(unsafeUninitializedCapacity: start + width) { bytes in
            if start > 0 {
                prefix.withBytes { prefix in
                    for position in 0..<start { bytes[position] = prefix[position] }
                }
            }
            put(number, width, in: bytes, at: start)
            return start + width
        }
    }

    /// Writes the last `width` digits of a number, with leading zeros.
    @inline(__always)
    static func put(_ number: UInt64, _ width: Int, in bytes: UnsafeMutableBufferPointer<UInt8>, at start: Int) {
        var rest = number
        var position = start + width
        while position > start {
            position -= 1
            bytes[position] = UInt8(ascii: "0") + UInt8(truncatingIfNeeded: rest % 10)
            rest /= 10
        }
    }
}

/// A quick hash for names that clients cannot choose. Not for what is shown or kept: another version may give others.
package enum TextFingerprint {
    package static func of(_ text: String, after start: UInt64) -> UInt64 {
        text.withBytes { bytes in
            let raw = UnsafeRawBufferPointer(bytes)
            var hash = start ^ UInt64(truncatingIfNeeded: raw.count) &* 0xA076_1D64_78BD_642F
            var position = 0
            while position &+ 8 < raw.count {
                hash = mixed(hash ^ raw.loadUnaligned(fromByteOffset: position, as: UInt64.self))
                position &+= 8
            }
            return mixed(hash ^ last(raw))
        }
    }

    /// The last eight bytes, some of which may have been looked at before, or all of fewer.
    @inline(__always)
    private static func last(_ raw: UnsafeRawBufferPointer) -> UInt64 {
        if raw.count >= 8 { return raw.loadUnaligned(fromByteOffset: raw.count &- 8, as: UInt64.self) }
        if raw.count >= 4 {
            let first = raw.loadUnaligned(as: UInt32.self)
            return UInt64(first) << 32 | UInt64(raw.loadUnaligned(fromByteOffset: raw.count &- 4, as: UInt32.self))
        }
        var word: UInt64 = 0
        for byte in raw { word = word << 8 | UInt64(byte) }
        return word
    }

    /// Both halves of a product: every bit of the number changes about half of them.
    @inline(__always)
    private static func mixed(_ number: UInt64) -> UInt64 {
        let product = (number ^ 0xE703_7ED1_A0B4_28DB).multipliedFullWidth(by: 0x9E37_79B9_7F4A_7C15)
        return product.high ^ product.low
    }
}
