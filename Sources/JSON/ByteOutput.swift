/// A growing buffer that is written through a pointer: an `[UInt8]` checks for uniqueness at every append, which
/// takes most of the time when a document is many short pieces.
struct ByteOutput: ~Copyable {
    // Invariant: `base` owns `capacity` bytes, of which the first `count` are initialized; no copy of it is kept.
    private var base: UnsafeMutablePointer<UInt8>
    private var capacity: Int
    private(set) var count = 0

    init(capacity: Int = 1024) {
        self.capacity = max(capacity, 16)
        base = Self.allocate(self.capacity)
    }

    /// With an alignment of its own, for the default one takes a longer way through the allocator.
    private static func allocate(_ capacity: Int) -> UnsafeMutablePointer<UInt8> {
        UnsafeMutableRawPointer.allocate(byteCount: capacity, alignment: 8).bindMemory(
            to: UInt8.self, capacity: capacity)
    }

    deinit { base.deallocate() }

    /// What was written.
    var bytes: [UInt8] { Array(UnsafeBufferPointer(start: base, count: count)) }

    /// Appends what was written to an array.
    func append(to array: inout [UInt8]) {
        array.append(contentsOf: UnsafeBufferPointer(start: base, count: count))
    }

    @inline(__always)
    mutating func append(_ byte: UInt8) {
        reserve(1)
        base[count] = byte
        count += 1
    }

    /// Appends a byte for which room was reserved.
    @inline(__always)
    mutating func appendReserved(_ byte: UInt8) {
        assert(count < capacity)
        base[count] = byte
        count &+= 1
    }

    @inline(__always)
    mutating func append(_ bytes: UnsafeBufferPointer<UInt8>) {
        guard let source = bytes.baseAddress else { return }
        reserve(bytes.count)
        (base + count).update(from: source, count: bytes.count)
        count += bytes.count
    }

    /// Appends text that needs neither quotes nor escapes.
    mutating func append(_ text: String) {
        withBytes(of: text) { output, utf8 in output.append(utf8) }
    }

    mutating func append(_ literal: StaticString) {
        append(UnsafeBufferPointer(start: literal.utf8Start, count: literal.utf8CodeUnitCount))
    }

    /// Appends a whole number.
    mutating func append(magnitude: UInt64, isNegative: Bool) {
        reserve(21)
        if isNegative { appendReserved(UInt8(ascii: "-")) }
        var digits = 1
        var power = magnitude
        while power >= 10 {
            power /= 10
            digits += 1
        }
        var rest = magnitude
        for place in (0..<digits).reversed() {
            end[place] = UInt8(ascii: "0") &+ UInt8(truncatingIfNeeded: rest % 10)
            rest /= 10
        }
        _ = advance(by: digits)
    }

    mutating func append(repeating byte: UInt8, count: Int) {
        for _ in 0..<count { append(byte) }
    }

    /// How many bytes may be written at ``end``.
    var room: Int { capacity - count }

    /// Where the first byte is; valid until the next change.
    var start: UnsafeMutablePointer<UInt8> {
        @inline(__always) get { base }
    }

    /// Where the next byte goes; valid until the next change.
    var end: UnsafeMutablePointer<UInt8> {
        @inline(__always) get { base + count }
    }

    /// Counts bytes that were written at ``end``.
    @inline(__always)
    mutating func advance(by length: Int) -> Int {
        precondition(length <= room)
        count &+= length
        return length
    }

    /// Makes room for that many more bytes.
    @inline(__always)
    mutating func reserve(_ additional: Int) {
        if capacity - count < additional { grow(additional) }
    }

    @inline(never)
    private mutating func grow(_ additional: Int) {
        let larger = max(2 * capacity, count + additional)
        let copy = Self.allocate(larger)
        copy.update(from: base, count: count)
        base.deallocate()
        base = copy
        capacity = larger
    }

    /// Calls `body` with the bytes of a text, which Swift strings on Linux have in one piece.
    @inline(__always)
    mutating func withBytes<Result>(
        of text: String, _ body: (inout ByteOutput, UnsafeBufferPointer<UInt8>) -> Result
    ) -> Result {
        text.withBytes { body(&self, $0) }
    }
}
