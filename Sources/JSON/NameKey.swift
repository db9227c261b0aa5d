/// A few bytes of a member name, by which most names that are not meant are passed over without looking at the text.
///
/// Equal names have equal keys; the reverse is not promised.
@usableFromInline
package struct NameKey: Hashable, Sendable {
    @usableFromInline let bits: UInt32

    /// The key of a member that was not read but made: its name has to be looked at.
    static let unknown = NameKey(bits: 0)

    @usableFromInline init(bits: UInt32) { self.bits = bits }

    /// Of a name in code; inlined, so that nothing is left to do when the program runs.
    @inlinable
    @inline(__always)
    init(_ name: StaticString) {
        let count = name.utf8CodeUnitCount
        let base = name.utf8Start
        guard count > 0 else {
            bits = 0
            return
        }
        bits =
            UInt32(base[0]) | UInt32(base[count / 2]) << 8 | UInt32(base[count - 1]) << 16
            | UInt32(truncatingIfNeeded: count) << 24
    }

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

/// A member name in code. Its key is made when it is compiled.
@usableFromInline
package struct MemberName: ExpressibleByStringLiteral, CustomStringConvertible, Sendable {
    @usableFromInline let text: StaticString
    @usableFromInline let key: NameKey

    @inlinable
    @inline(__always)
    package init(stringLiteral text: StaticString) {
        self.text = text
        key = NameKey(text)
    }

    @usableFromInline package var description: String { text.description }
}

/// Which names an object may have: a bit for each of 64 groups of keys. Most lookups of members that are not there end
/// here.
struct NameFilter: Sendable {
    private var bits: UInt64

    static let anything = NameFilter(bits: .max)
    static let nothing = NameFilter(bits: 0)

    @inline(__always)
    mutating func insert(_ key: NameKey) { bits |= Self.bit(key) }

    @inline(__always)
    func mayHold(_ key: NameKey) -> Bool { bits & Self.bit(key) != 0 }

    @inline(__always)
    private static func bit(_ key: NameKey) -> UInt64 {
        1 << ((UInt64(key.bits) &* 0x9E37_79B9_7F4A_7C15) >> 58)
    }
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
        return withBytes { mine in other.withBytes { SameBytes.are(mine, $0.baseAddress) } }
    }

    /// Byte equality.
    @inline(__always)
    func hasSameBytes(as other: UnsafeBufferPointer<UInt8>) -> Bool {
        utf8.count == other.count && withBytes { SameBytes.are($0, other.baseAddress) }
    }

    /// Byte equality with a text in code.
    @inline(__always)
    func hasSameBytes(as other: StaticString) -> Bool {
        guard utf8.count == other.utf8CodeUnitCount else { return false }
        return withBytes { SameBytes.are($0, other.utf8Start) }
    }
}

/// Compares bytes by words.
enum SameBytes {
    /// - Parameter others: as many as `mine` has.
    @inline(__always)
    static func are(_ mine: UnsafeBufferPointer<UInt8>, _ others: UnsafePointer<UInt8>?) -> Bool {
        guard let others = UnsafeRawPointer(others), let base = mine.baseAddress else { return mine.isEmpty }
        let mine = UnsafeRawBufferPointer(start: base, count: mine.count)
        return mine.count >= 8 ? areWords(mine, others) : areFew(mine, others)
    }

    @inline(__always)
    private static func areWords(_ mine: UnsafeRawBufferPointer, _ others: UnsafeRawPointer) -> Bool {
        let last = mine.count - 8
        var offset = 0
        while offset < last {
            guard isSame(mine, others, at: offset, as: UInt64.self) else { return false }
            offset += 8
        }
        // The last word may have some bytes in common with the one before it.
        return isSame(mine, others, at: last, as: UInt64.self)
    }

    /// Fewer than eight.
    @inline(__always)
    private static func areFew(_ mine: UnsafeRawBufferPointer, _ others: UnsafeRawPointer) -> Bool {
        if mine.count >= 4 {
            return isSame(mine, others, at: 0, as: UInt32.self)
                && isSame(mine, others, at: mine.count - 4, as: UInt32.self)
        }
        for offset in 0..<mine.count where !isSame(mine, others, at: offset, as: UInt8.self) { return false }
        return true
    }

    @inline(__always)
    private static func isSame<Word: FixedWidthInteger & BitwiseCopyable>(
        _ mine: UnsafeRawBufferPointer, _ others: UnsafeRawPointer, at offset: Int, as word: Word.Type
    ) -> Bool {
        mine.loadUnaligned(fromByteOffset: offset, as: word) == others.loadUnaligned(fromByteOffset: offset, as: word)
    }
}
