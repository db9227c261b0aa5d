/// A few bytes of a member name, by which most names that are not meant are passed over without looking at the text.
///
/// Equal names have equal keys; the reverse is not promised.
package struct NameKey: Hashable, Sendable {
    let bits: UInt32

    /// The key of a member that was not read but made: its name has to be looked at.
    static let unknown = NameKey(bits: 0)

    private init(bits: UInt32) { self.bits = bits }

    /// From the length and three bytes.
    @inline(__always)
    init(_ name: UnsafeBufferPointer<UInt8>) {
        let count = name.count
        guard let base = name.baseAddress, count > 0 else {
            bits = 0
            return
        }
        bits =
            UInt32(base[0]) | UInt32(base[count / 2]) << 8 | UInt32(base[count - 1]) << 16
            | UInt32(truncatingIfNeeded: count) << 24
    }

    @inline(__always)
    init(_ name: String) { self = name.withBytes { NameKey($0) } }

    /// Whether a name of this key may be one of the other key.
    @inline(__always)
    func fits(_ other: NameKey) -> Bool { bits == other.bits || bits == 0 }
}

extension String {
    /// Calls `body` with the UTF-8, which native strings have in one piece.
    @inline(__always)
    func withBytes<Result>(_ body: (UnsafeBufferPointer<UInt8>) -> Result) -> Result {
        utf8.withContiguousStorageIfAvailable(body) ?? Array(utf8).withUnsafeBufferPointer(body)
    }

    /// Byte equality. `==` is canonical equivalence.
    @inline(__always)
    func hasSameBytes(as other: String) -> Bool {
        guard utf8.count == other.utf8.count else { return false }
        return withBytes { mine in
            other.withBytes { others in
                for index in 0..<mine.count where mine[index] != others[index] { return false }
                return true
            }
        }
    }
}
