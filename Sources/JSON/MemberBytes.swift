/// The bytes of members, one behind the other. Each `JSONMembers` has its own as soon as it changes.
final class MemberBytes {
    /// So many bytes may be copied behind what is meant: pieces are copied in steps of this length.
    static let slack = 16

    // Invariant: `base` owns `capacity` bytes and ``slack`` more, of which the first `count` are initialized.
    private var base: UnsafeMutablePointer<UInt8>
    private var capacity: Int
    private(set) var count = 0

    /// Room for most answers, and short enough for the quick part of the allocator, which ends at 1032 bytes.
    init(capacity: Int = 1000) {
        self.capacity = capacity
        base = .allocate(capacity: capacity + Self.slack)
    }

    convenience init(copying other: MemberBytes) {
        self.init(capacity: other.capacity)
        base.update(from: other.base, count: other.count)
        count = other.count
    }

    deinit { base.deallocate() }

    func bytes(_ range: Range<Int32>) -> UnsafeBufferPointer<UInt8> {
        UnsafeBufferPointer(start: base + Int(range.lowerBound), count: range.count)
    }

    /// Where the next byte goes; valid until the next change.
    var end: UnsafeMutablePointer<UInt8> { base + count }

    /// Counts bytes that were written at ``end``.
    func advance(by length: Int) {
        precondition(length <= capacity - count, "there is room for what was written")
        count &+= length
    }

    /// Makes room for that many more bytes.
    @inline(__always)
    func reserve(_ additional: Int) {
        if capacity &- count < additional { grow(additional) }
    }

    @inline(never)
    private func grow(_ additional: Int) {
        let larger = max(2 * capacity, count + additional)
        let copy = UnsafeMutablePointer<UInt8>.allocate(capacity: larger + Self.slack)
        copy.update(from: base, count: count)
        base.deallocate()
        base = copy
        capacity = larger
    }

    /// Copies some bytes, in steps that may write ``slack`` bytes too many.
    @inline(__always)
    func copy(_ start: Int, _ end: Int, to target: UnsafeMutablePointer<UInt8>) {
        let source = UnsafeRawPointer(base)
        let target = UnsafeMutableRawPointer(target)
        var position = start
        while position < end {
            let word = source.loadUnaligned(fromByteOffset: position, as: SIMD2<UInt64>.self)
            target.storeBytes(of: word, toByteOffset: position &- start, as: SIMD2<UInt64>.self)
            position &+= Self.slack
        }
    }

    // MARK: - Writing

    func put(_ more: UnsafeBufferPointer<UInt8>) {
        guard let source = more.baseAddress else { return }
        reserve(more.count)
        end.update(from: source, count: more.count)
        count += more.count
    }

    /// Any name, any value.
    func put(_ name: String, _ value: (inout ByteOutput) -> Void) {
        var output = ByteOutput(capacity: 256)
        output.appendName(name, isFirst: true)
        value(&output)
        put(UnsafeBufferPointer(start: output.end - output.count, count: output.count))
    }

    /// A name in code, any value.
    func put(_ name: StaticString, _ value: (inout ByteOutput) -> Void) {
        var output = ByteOutput(capacity: 256)
        output.appendName(name, isFirst: true)
        value(&output)
        put(UnsafeBufferPointer(start: output.end - output.count, count: output.count))
    }

    /// The usual case: `"name":"text"`, where the text needs no escape.
    ///
    /// - Returns: false when it does; nothing is put then.
    @inline(__always)
    func putPlain(_ name: StaticString, _ text: UnsafeBufferPointer<UInt8>) -> Bool {
        let length = name.utf8CodeUnitCount
        assert(name.withUTF8Buffer { !$0.contains(where: ByteWord.needsEscape) }, "a name without escapes")
        reserve(length &+ text.count &+ 5)
        let target = end
        target[0] = UInt8(ascii: "\"")
        PlainText.copy(name.utf8Start, length, to: target + 1)
        let value = target + (length &+ 1)
        value[0] = UInt8(ascii: "\"")
        value[1] = UInt8(ascii: ":")
        value[2] = UInt8(ascii: "\"")
        guard PlainText.copyPrefix(of: text, to: value + 3) == text.count else { return false }
        value[text.count &+ 3] = UInt8(ascii: "\"")
        count &+= length &+ text.count &+ 5
        return true
    }
}

/// Where a caller puts a member together, byte by byte.
@usableFromInline
package struct MemberCursor {
    @usableFromInline let base: UnsafeMutablePointer<UInt8>
    @usableFromInline let room: Int
    @usableFromInline var count = 0

    init(_ base: UnsafeMutablePointer<UInt8>, room: Int) {
        self.base = base
        self.room = room
    }

    @inlinable
    @inline(__always)
    package mutating func put(_ byte: UInt8) {
        precondition(count < room, "no more than was asked for")
        base[count] = byte
        count &+= 1
    }

    /// Up to eight bytes that need no escapes, the first one lowest, in quotes.
    @inlinable
    @inline(__always)
    package mutating func putQuoted(_ word: UInt64, length: Int) {
        precondition((0...8).contains(length) && count &+ 10 <= room, "no more than was asked for")
        base[count] = UInt8(ascii: "\"")
        UnsafeMutableRawPointer(base).storeBytes(of: word.littleEndian, toByteOffset: count &+ 1, as: UInt64.self)
        base[count &+ length &+ 1] = UInt8(ascii: "\"")
        count &+= length &+ 2
    }
}
