/// Some bytes of a member name, by which most names that are not meant are passed over without looking at the text.
///
/// Equal names have equal keys. The reverse holds for names of up to seven bytes: those are all in the key.
@usableFromInline
package struct NameKey: Hashable, Sendable {
    /// The length in the highest byte, 255 for all longer ones. Below it a name of up to seven bytes, the first one
    /// lowest; of a longer one the first four and the last three bytes.
    @usableFromInline let bits: UInt64

    /// The key of a member that was not read but made: its name has to be looked at. Also that of the empty name.
    static let unknown = NameKey(bits: 0)

    @usableFromInline init(bits: UInt64) { self.bits = bits }

    /// Of a name in code; inlined, so that nothing is left to do when the program runs.
    @inlinable
    @inline(__always)
    init(_ name: StaticString) { self.init(name.utf8Start, name.utf8CodeUnitCount) }

    @inline(__always)
    init(_ name: UnsafeBufferPointer<UInt8>) {
        if let base = name.baseAddress { self.init(base, name.count) } else { self = .unknown }
    }

    @inlinable
    @inline(__always)
    init(_ base: UnsafePointer<UInt8>, _ count: Int) {
        guard count > 0 else {
            bits = 0
            return
        }
        let length = UInt64(min(count, 255)) << 56
        guard count >= 4 else {
            // The same byte twice comes to lie in the same place.
            let middle = UInt64(base[count / 2]) << UInt64(8 * (count / 2))
            bits = length | UInt64(base[0]) | middle | UInt64(base[count - 1]) << UInt64(8 * (count - 1))
            return
        }
        let raw = UnsafeRawPointer(base)
        let first = UInt64(UInt32(littleEndian: raw.loadUnaligned(as: UInt32.self)))
        let last = UInt64(UInt32(littleEndian: raw.loadUnaligned(fromByteOffset: count - 4, as: UInt32.self)))
        bits = length | first | (count <= 7 ? last << UInt64(8 * (count - 4)) : (last >> 8) << 32)
    }

    @inline(__always)
    init(_ name: String) { self = name.withBytes { NameKey($0) } }

    /// Whether a name of this key may be one of the other key.
    @inline(__always)
    func fits(_ other: NameKey) -> Bool { bits == other.bits || bits == 0 }

    /// Whether a name is all in the key, so that names with the same key are the same.
    var isWhole: Bool {
        @inline(__always) get { bits != 0 && bits >> 56 <= 7 }
    }

    /// How many bytes a whole name has.
    var count: Int {
        @inline(__always) get { Int(truncatingIfNeeded: bits >> 56) }
    }

    /// The name, when it is whole.
    var text: String {
        // A part of UTF-8 that ends with the name is UTF-8.
        withBytes { String(copying: UTF8Span(unchecked: $0.span, isKnownASCII: false)) }
    }

    /// Calls `body` with the bytes of the name, when it is whole.
    @inline(__always)
    func withBytes<Result>(_ body: (UnsafeBufferPointer<UInt8>) -> Result) -> Result {
        withUnsafeBytes(of: bits.littleEndian) { bytes in
            bytes.withMemoryRebound(to: UInt8.self) { body(UnsafeBufferPointer(rebasing: $0[..<count])) }
        }
    }
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
        1 << ((key.bits &* 0x9E37_79B9_7F4A_7C15) >> 58)
    }
}

extension String {
    /// Calls `body` with the UTF-8, which native strings have in one piece.
    @inline(__always)
    func withBytes<Result>(_ body: (UnsafeBufferPointer<UInt8>) -> Result) -> Result {
        if let result = utf8.withContiguousStorageIfAvailable(body) { return result }
        return withCopiedBytes(body)
    }

    /// Apart, for otherwise the text would be retained in the usual case too.
    @inline(never)
    private func withCopiedBytes<Result>(_ body: (UnsafeBufferPointer<UInt8>) -> Result) -> Result {
        Array(utf8).withUnsafeBufferPointer(body)
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
