/// What nobody will look at again, released one after the other instead of all at once.
///
/// A thousand transactions that go together push what is needed next out of the processor's caches, and the allocator
/// joins their pieces of memory only to split them again. One that goes when another one comes leaves its piece to it.
struct Remains<Element: AnyObject & Sendable>: Sendable {
    /// The last one of the last row goes first.
    private var rows: [[Element]] = []
    /// How long an element is, in bytes.
    private let length: Int

    init(length: Int) { self.length = length }

    var isEmpty: Bool { rows.isEmpty }

    /// Takes over rows, oldest first. What is left of earlier ones goes now, so that there is never more than came at once.
    mutating func replace(with rows: [[Element]]) { self.rows = rows.reversed() }

    mutating func releaseOne() {
        guard let row = rows.indices.last else { return }
        if rows[row].popLast() == nil { rows.removeLast() }
        expectAnother()
    }

    /// The memory of the next one comes while a request is answered.
    private func expectAnother() {
        guard let next = rows.last?.last else { return }
        ExpectedMemory.read(Unmanaged.passUnretained(next).toOpaque(), bytes: length)
    }
}
