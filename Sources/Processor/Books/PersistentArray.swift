/// A sequence that grows at the end and is forgotten from the front; copies share structure, so a copy costs nothing.
///
/// Positions never change: what was appended as the n-th element stays at position n. The elements lie in chunks, so
/// that a change after a copy copies one chunk and the list of chunks, and a change without one copies nothing.
package struct PersistentArray<Element: Sendable>: Sendable {
    private static var chunkSize: Int { 128 }

    private var chunks: [[Element]] = []
    /// The position of the first element of the first chunk, which may be forgotten already.
    private var base: Int
    /// The position of the oldest element that is still there.
    package private(set) var start: Int
    /// One past the position of the newest element.
    package private(set) var end: Int

    package init(start: Int = 0) {
        self.start = start
        end = start
        base = start
    }

    package var count: Int { end - start }
    package var isEmpty: Bool { start == end }
    package var positions: Range<Int> { start..<end }

    package subscript(position: Int) -> Element? {
        guard position >= start, position < end else { return nil }
        let offset = position - base
        return chunks[offset / Self.chunkSize][offset % Self.chunkSize]
    }

    /// Shows an element where it stands; nil when it is not there. Through a pointer, for what is read through it is
    /// not copied.
    @inline(__always)
    func look<Result>(at position: Int, _ look: (UnsafePointer<Element>) -> Result) -> Result? {
        guard position >= start, position < end else { return nil }
        let offset = position - base
        return chunks.withUnsafeBufferPointer { chunks in
            chunks[offset / Self.chunkSize].withUnsafeBufferPointer { chunk in
                chunk.baseAddress.map { look($0 + offset % Self.chunkSize) }
            }
        }
    }

    package mutating func append(_ element: consuming Element) {
        let chunk = (end - base) / Self.chunkSize
        if chunk == chunks.count {
            var fresh: [Element] = []
            fresh.reserveCapacity(Self.chunkSize)
            fresh.append(element)
            chunks.append(fresh)
        } else {
            chunks[chunk].append(element)
        }
        end += 1
    }

    package mutating func replace(at position: Int, with element: Element) {
        change(at: position) { $0 = element }
    }

    /// Changes an element where it stands.
    package mutating func change(at position: Int, _ change: (inout Element) -> Void) {
        precondition(positions.contains(position), "only what is there can be changed")
        let offset = position - base
        change(&chunks[offset / Self.chunkSize][offset % Self.chunkSize])
    }

    /// A chunk is released when all of it is forgotten.
    package mutating func removeFirst() {
        precondition(!isEmpty, "nothing to remove")
        start += 1
        guard start - base == Self.chunkSize || isEmpty else { return }
        if isEmpty {
            chunks = []
            base = start
        } else {
            chunks.removeFirst()
            base = start
        }
    }
}

extension PersistentArray {
    /// The chunks of which nothing is left behind a position: nobody but this array and its copies has them.
    func chunks(before position: Int) -> [[Element]] {
        Array(chunks.prefix(max(0, position - base) / Self.chunkSize))
    }
}

extension PersistentArray: Equatable where Element: Equatable {
    /// The same elements at the same positions, however they lie in chunks.
    package static func == (a: PersistentArray, b: PersistentArray) -> Bool {
        a.positions == b.positions && a.positions.allSatisfy { a[$0] == b[$0] }
    }
}

extension PersistentArray {
    /// The elements in order.
    package var all: [Element] { positions.compactMap { self[$0] } }
}

/// A value on the heap, so that the trees that hold it move a pointer and not the value.
package final class Boxed<Value: Equatable & Sendable>: Equatable, Sendable {
    package let value: Value

    package init(_ value: consuming Value) { self.value = value }

    package static func == (a: Boxed, b: Boxed) -> Bool { a === b || a.value == b.value }
}

extension Boxed: Hashable where Value: Hashable {
    package func hash(into hasher: inout Hasher) { hasher.combine(value) }
}

/// A value that nobody else has: taken out of what is consumed, it is moved and not copied.
struct Owned<Value: Sendable>: ~Copyable, Sendable {
    var value: Value

    init(_ value: consuming Value) { self.value = value }

    @inline(__always)
    consuming func take() -> Value { value }
}
