/// Looking at texts as bytes in a row: the collection operations on `String.UTF8View` and on characters cost some
/// hundred times more, and every request passes here.
extension StringProtocol {
    /// Calls `body` with the UTF-8 in one piece.
    @inlinable
    package func withBytes<Result>(_ body: (UnsafeBufferPointer<UInt8>) -> Result) -> Result {
        utf8.withContiguousStorageIfAvailable(body) ?? Array(utf8).withUnsafeBufferPointer(body)
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

/// Numbers as decimal digits of a fixed width.
package enum PaddedDigits {
    /// The last `width` digits of a number, with leading zeros.
    package static func text(_ number: UInt64, width: Int) -> String {
        String(unsafeUninitializedCapacity: width) { bytes in
            put(number, width, in: bytes, at: 0)
            return width
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

/// A quick hash (FNV-1a, 64 bits) for names that come from a scenario, not from a client.
package enum TextFingerprint {
    package static func of(_ text: String, after start: UInt64) -> UInt64 {
        text.withBytes { bytes in
            var hash = 0xCBF2_9CE4_8422_2325 ^ start
            for byte in bytes { hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01B3 }
            return hash
        }
    }
}
