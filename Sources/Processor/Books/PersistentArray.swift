import HashTreeCollections

/// A sequence that grows at the end and is forgotten from the front; copies share structure, so a copy costs nothing.
///
/// Positions never change: what was appended as the n-th element stays at position n.
package struct PersistentArray<Element: Sendable>: Sendable {
    private var elements: TreeDictionary<Int, Element> = [:]
    /// The position of the oldest element that is still there.
    package private(set) var start: Int
    /// One past the position of the newest element.
    package private(set) var end: Int

    package init(start: Int = 0) {
        self.start = start
        end = start
    }

    package var count: Int { end - start }
    package var isEmpty: Bool { start == end }
    package var positions: Range<Int> { start..<end }

    package subscript(position: Int) -> Element? { elements[position] }

    package mutating func append(_ element: Element) {
        elements[end] = element
        end += 1
    }

    package mutating func replace(at position: Int, with element: Element) {
        precondition(positions.contains(position), "only what is there can be replaced")
        elements[position] = element
    }

    package mutating func removeFirst() {
        precondition(!isEmpty, "nothing to remove")
        elements[start] = nil
        start += 1
    }

    /// Forgets everything from a position on.
    package mutating func truncate(to newEnd: Int) {
        precondition(newEnd >= start && newEnd <= end, "only the tail can be cut")
        for position in newEnd..<end { elements[position] = nil }
        end = newEnd
    }
}

extension PersistentArray: Equatable where Element: Equatable {}

extension PersistentArray {
    /// The elements in order.
    package var all: [Element] { positions.compactMap { elements[$0] } }
}

/// A value on the heap, so that the trees that hold it move a pointer and not the value.
package final class Boxed<Value: Equatable & Sendable>: Equatable, Sendable {
    package let value: Value

    package init(_ value: Value) { self.value = value }

    package static func == (a: Boxed, b: Boxed) -> Bool { a === b || a.value == b.value }
}

extension Boxed: Hashable where Value: Hashable {
    package func hash(into hasher: inout Hasher) { hasher.combine(value) }
}
