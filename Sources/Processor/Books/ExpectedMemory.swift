import CMemory

/// Asks the processor for memory before it is needed. What a world keeps is more than its caches hold, and what is
/// oldest has long left them: waiting for it piece by piece costs more than all that is done with it.
enum ExpectedMemory {
    private static let line = 64

    /// Asks for so many bytes that begin somewhere.
    @inline(__always)
    static func read(_ start: UnsafeRawPointer?, bytes: Int) {
        guard let start else { return }
        for offset in stride(from: 0, to: bytes, by: line) { memory_expect(start + offset) }
    }

    /// Asks for so many bytes that will be written.
    @inline(__always)
    static func write(_ start: UnsafeRawPointer?, bytes: Int) {
        guard let start else { return }
        for offset in stride(from: 0, to: bytes, by: line) { memory_expect_write(start + offset) }
    }
}

/// Where something lay when it was last changed: to ask the array itself would be to wait for its memory. It may have
/// moved since then, which nobody notices.
struct ExpectedPlace: Equatable, Sendable {
    private var address: UInt = 0

    init() {}

    init(_ start: UnsafeRawPointer?) { address = UInt(bitPattern: start) }

    /// Asks for so many bytes that begin so far behind the beginning, or before it.
    @inline(__always)
    func expect(_ offset: Int, bytes: Int = 1) {
        ExpectedMemory.read(UnsafeRawPointer(bitPattern: address &+ UInt(bitPattern: offset)), bytes: bytes)
    }

    /// It says nothing about what lies there.
    static func == (a: ExpectedPlace, b: ExpectedPlace) -> Bool { true }
}
