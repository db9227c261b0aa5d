/// A map in the order of its keys; copies share structure, so a copy costs nothing.
///
/// A treap: finding, inserting, removing, and counting to a position take time in the logarithm of the size. The
/// priorities come from a counter, so the same changes make the same tree on every machine.
package struct PersistentSortedMap<Key: Comparable & Sendable, Value: Sendable>: Sendable {
    /// Immutable; a change copies the path from the root.
    private final class Node: Sendable {
        let key: Key
        let value: Value
        let priority: UInt64
        let left: Node?
        let right: Node?
        let count: Int

        init(_ key: Key, _ value: Value, _ priority: UInt64, _ left: Node?, _ right: Node?) {
            self.key = key
            self.value = value
            self.priority = priority
            self.left = left
            self.right = right
            count = (left?.count ?? 0) + (right?.count ?? 0) + 1
        }

        func with(left: Node?, right: Node?) -> Node { Node(key, value, priority, left, right) }
    }

    private var root: Node?
    private var insertions: UInt64 = 0

    package init() {}

    package var count: Int { root?.count ?? 0 }
    package var isEmpty: Bool { root == nil }

    package var first: (key: Key, value: Value)? {
        guard var node = root else { return nil }
        while let left = node.left { node = left }
        return (node.key, node.value)
    }

    package var last: (key: Key, value: Value)? {
        guard var node = root else { return nil }
        while let right = node.right { node = right }
        return (node.key, node.value)
    }

    package subscript(key: Key) -> Value? {
        get {
            var current = root
            while let node = current {
                if key < node.key {
                    current = node.left
                } else if node.key < key {
                    current = node.right
                } else {
                    return node.value
                }
            }
            return nil
        }
        set {
            guard let newValue else {
                root = Self.removing(key, from: root)
                return
            }
            insertions += 1
            root = Self.inserting(Node(key, newValue, Self.mixed(insertions), nil, nil), into: root)
        }
    }

    /// How many keys are less than this one.
    package func position(of key: Key) -> Int {
        var position = 0
        var current = root
        while let node = current {
            if node.key < key {
                position += (node.left?.count ?? 0) + 1
                current = node.right
            } else {
                current = node.left
            }
        }
        return position
    }

    /// The element with this many smaller keys.
    package func element(at position: Int) -> (key: Key, value: Value)? {
        guard position >= 0 else { return nil }
        var rest = position
        var current = root
        while let node = current {
            let before = node.left?.count ?? 0
            if rest == before { return (node.key, node.value) }
            if rest < before {
                current = node.left
            } else {
                rest -= before + 1
                current = node.right
            }
        }
        return nil
    }

    /// Visits the elements from a key on, in order, until `body` gives false.
    ///
    /// - Parameter start: nil begins with the first one.
    package func visit(from start: Key? = nil, _ body: (Key, Value) -> Bool) {
        _ = Self.visit(root, start, body)
    }

    /// The elements whose keys are in a range, in order.
    package func elements(in range: Range<Key>) -> [(key: Key, value: Value)] {
        var found: [(key: Key, value: Value)] = []
        visit(from: range.lowerBound) { key, value in
            guard key < range.upperBound else { return false }
            found.append((key, value))
            return true
        }
        return found
    }

    /// All elements in order.
    package var all: [(key: Key, value: Value)] {
        var found: [(key: Key, value: Value)] = []
        found.reserveCapacity(count)
        visit { key, value in
            found.append((key, value))
            return true
        }
        return found
    }

    // MARK: - Trees

    private static func visit(_ node: Node?, _ start: Key?, _ body: (Key, Value) -> Bool) -> Bool {
        guard let node else { return true }
        let isBefore = start.map { node.key < $0 } ?? false
        if !isBefore {
            guard visit(node.left, start, body), body(node.key, node.value) else { return false }
        }
        return visit(node.right, isBefore ? start : nil, body)
    }

    private static func inserting(_ new: Node, into tree: Node?) -> Node {
        guard let tree else { return new }
        if !(new.key < tree.key), !(tree.key < new.key) {
            return Node(new.key, new.value, tree.priority, tree.left, tree.right)
        }
        if new.key < tree.key {
            let left = inserting(new, into: tree.left)
            guard left.priority > tree.priority else { return tree.with(left: left, right: tree.right) }
            return left.with(left: left.left, right: tree.with(left: left.right, right: tree.right))
        }
        let right = inserting(new, into: tree.right)
        guard right.priority > tree.priority else { return tree.with(left: tree.left, right: right) }
        return right.with(left: tree.with(left: tree.left, right: right.left), right: right.right)
    }

    private static func removing(_ key: Key, from tree: Node?) -> Node? {
        guard let tree else { return nil }
        if key < tree.key {
            let left = removing(key, from: tree.left)
            return left === tree.left ? tree : tree.with(left: left, right: tree.right)
        }
        if tree.key < key {
            let right = removing(key, from: tree.right)
            return right === tree.right ? tree : tree.with(left: tree.left, right: right)
        }
        return joined(tree.left, tree.right)
    }

    /// Every key of the first tree is less than every key of the second.
    private static func joined(_ a: Node?, _ b: Node?) -> Node? {
        guard let a else { return b }
        guard let b else { return a }
        return a.priority > b.priority
            ? a.with(left: a.left, right: joined(a.right, b)) : b.with(left: joined(a, b.left), right: b.right)
    }

    /// The finalizer of SplitMix64: neighbouring numbers come out unrelated.
    private static func mixed(_ number: UInt64) -> UInt64 {
        var mixed = number &* 0x9E37_79B9_7F4A_7C15
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}

/// The same elements; how they came to be there does not count.
extension PersistentSortedMap: Equatable where Value: Equatable {
    package static func == (a: PersistentSortedMap, b: PersistentSortedMap) -> Bool {
        a.root === b.root
            || a.count == b.count
                && a.all.elementsEqual(b.all) { !($0.key < $1.key) && !($1.key < $0.key) && $0.value == $1.value }
    }
}
