/// Where a member stands in the bytes, without a comma.
package struct MemberPlace: Sendable {
    private let usual: Range<Int32>
    private let other: Range<Int32>

    init(_ usual: Range<Int32>, otherwise other: Range<Int32>) {
        self.usual = usual
        self.other = other
    }

    @inline(__always)
    func range(_ otherwise: Bool) -> Range<Int32> { otherwise ? other : usual }
}

/// The bytes of members, one behind the other, and where each stands. Each `JSONMembers` has its own as soon as it
/// changes.
final class MemberBytes {
    /// So many bytes may be copied behind what is meant: pieces are copied in steps of this length.
    static let slack = 16

    /// Behind the last member there is room for ``slack`` bytes.
    private var output: ByteOutput
    // Invariant: `places` owns room for `placeCapacity` places, of which the first `placeCount` are initialized.
    private var places: UnsafeMutablePointer<MemberPlace>
    private var placeCapacity: Int
    private var placeCount = 0

    /// Room for most answers, and short enough for the quick part of the allocator, which ends at 1032 bytes.
    init(capacity: Int = 1016, places placeCapacity: Int = 32) {
        self.placeCapacity = placeCapacity
        output = ByteOutput(capacity: capacity)
        places = .allocate(capacity: placeCapacity)
    }

    convenience init(copying other: MemberBytes) {
        self.init(capacity: other.count + Self.slack, places: other.placeCapacity)
        output.append(other.bytes(0..<Int32(other.count)))
        places.update(from: other.places, count: other.placeCount)
        placeCount = other.placeCount
    }

    deinit { places.deallocate() }

    private var count: Int { output.count }

    /// The members in the order of the document; valid until the next change.
    var pieces: UnsafeMutableBufferPointer<MemberPlace> { UnsafeMutableBufferPointer(start: places, count: placeCount) }

    func bytes(_ range: Range<Int32>) -> UnsafeBufferPointer<UInt8> {
        UnsafeBufferPointer(start: output.start + Int(range.lowerBound), count: range.count)
    }

    /// Copies some bytes, in steps that may write ``slack`` bytes too many.
    @inline(__always)
    private func copy(_ start: Int, _ end: Int, to target: UnsafeMutablePointer<UInt8>) {
        let source = UnsafeRawPointer(output.start)
        let target = UnsafeMutableRawPointer(target)
        var position = start
        while position < end {
            let word = source.loadUnaligned(fromByteOffset: position, as: SIMD2<UInt64>.self)
            target.storeBytes(of: word, toByteOffset: position &- start, as: SIMD2<UInt64>.self)
            position &+= Self.slack
        }
    }

    /// Of all bytes, eight at a time, the last ones together with some before them once more. Tells documents apart
    /// that are not made to look alike.
    var fingerprint: UInt64 {
        let bytes = UnsafeRawBufferPointer(start: output.start, count: count)
        var hash = UInt64(count)
        guard count >= 8 else {
            for byte in bytes { hash = Self.mixed(hash, UInt64(byte)) }
            return hash
        }
        var offset = 0
        while offset < count &- 8 {
            hash = Self.mixed(hash, UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self)))
            offset &+= 8
        }
        return Self.mixed(
            hash, UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: count &- 8, as: UInt64.self)))
    }

    @inline(__always)
    private static func mixed(_ hash: UInt64, _ word: UInt64) -> UInt64 {
        let product = (hash ^ word) &* 0x9E37_79B9_7F4A_7C15
        return product ^ product >> 32
    }

    // MARK: - Members

    /// Adds a text, under a name in code that needs no escapes.
    @inline(__always)
    func append(_ name: StaticString, _ text: String) {
        assert(name.withUTF8Buffer { !$0.contains(where: ByteWord.needsEscape) }, "a name without escapes")
        let start = count
        output.appendMember(name, text, isFirst: true)
        add(start)
    }

    /// Adds a member that `write` writes.
    func append(_ write: (inout ByteOutput) -> Void) {
        let start = count
        write(&output)
        add(start)
    }

    /// Gives the last member another form, which `write` writes.
    func setOther(_ write: (inout ByteOutput) -> Void) {
        let start = count
        write(&output)
        output.reserve(Self.slack)
        let last = places[placeCount - 1]
        places[placeCount - 1] = MemberPlace(last.range(false), otherwise: Int32(start)..<Int32(count))
    }

    @inline(__always)
    private func add(_ start: Int) {
        output.reserve(Self.slack)
        if placeCount == placeCapacity { growPlaces() }
        let range = Int32(truncatingIfNeeded: start)..<Int32(count)
        (places + placeCount).initialize(to: MemberPlace(range, otherwise: range))
        placeCount &+= 1
    }

    @inline(never)
    private func growPlaces() {
        let copy = UnsafeMutablePointer<MemberPlace>.allocate(capacity: 2 * placeCapacity)
        copy.update(from: places, count: placeCount)
        places.deallocate()
        places = copy
        placeCapacity *= 2
    }

    /// Writes the whole object; there is room for it, and for as much behind it as a copy may write too much.
    ///
    /// - Returns: how many bytes that were.
    func write(to target: UnsafeMutablePointer<UInt8>, _ otherwise: Bool) -> Int {
        target[0] = UInt8(ascii: "{")
        var written = 1
        for piece in pieces {
            if written > 1 {
                target[written] = UInt8(ascii: ",")
                written &+= 1
            }
            let range = piece.range(otherwise)
            copy(Int(range.lowerBound), Int(range.upperBound), to: target + written)
            written &+= range.count
        }
        target[written] = UInt8(ascii: "}")
        return written + 1
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
