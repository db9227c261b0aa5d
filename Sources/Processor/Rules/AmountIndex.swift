/// A stretch of the rule numbers that the index keeps in one array.
struct PostingSlice: Sendable {
    var start: Int32
    var end: Int32

    static let empty = PostingSlice(start: 0, end: 0)
    var isEmpty: Bool { start == end }
}

/// Finds the ranges that contain an amount: a segment tree over the ends of all ranges.
///
/// A range is filed at no more than two nodes per level, however many others it overlaps, so n ranges need at most
/// 2·n·log₂(n) entries. An amount lies under one node per level, and the entries of each are in rule order; so the
/// first rule is found without collecting all of them.
struct AmountIndex: Sendable {
    /// Where the set of ranges that contain an amount changes, ascending.
    private let boundaries: [Int64]
    /// The entries of each node; node 1 is the root, the leaves are in the second half.
    private let nodes: [PostingSlice]

    var isEmpty: Bool { nodes.isEmpty }

    /// - Parameters:
    ///   - ranges: with the number of their rule, ascending.
    ///   - postings: takes the entries.
    init(_ ranges: [(range: ClosedRange<Int64>, rule: Int32)], postings: inout [Int32]) {
        guard !ranges.isEmpty else {
            boundaries = []
            nodes = []
            return
        }
        var ends: Set<Int64> = []
        for (range, _) in ranges {
            ends.insert(range.lowerBound)
            if range.upperBound < .max { ends.insert(range.upperBound + 1) }
        }
        let boundaries = ends.sorted()
        let leaves = boundaries.count + 1
        var entries: [[Int32]] = Array(repeating: [], count: 2 * leaves)
        for (range, rule) in ranges {
            var low = leaves + Self.leaf(of: range.lowerBound, boundaries)
            var high = leaves + Self.leaf(of: range.upperBound, boundaries) + 1
            while low < high {
                if low & 1 == 1 {
                    entries[low].append(rule)
                    low += 1
                }
                if high & 1 == 1 {
                    high -= 1
                    entries[high].append(rule)
                }
                low >>= 1
                high >>= 1
            }
        }
        self.boundaries = boundaries
        nodes = entries.map { list in
            let start = Int32(postings.count)
            postings += list
            return PostingSlice(start: start, end: Int32(postings.count))
        }
    }

    /// Hands out entries that together are the rules with a range that contains the amount.
    func forEachSlice(containing amount: Int64, _ body: (PostingSlice) -> Void) {
        guard !isEmpty else { return }
        var node = nodes.count / 2 + Self.leaf(of: amount, boundaries)
        while node > 0 {
            if !nodes[node].isEmpty { body(nodes[node]) }
            node >>= 1
        }
    }

    /// How many boundaries are not above the amount.
    private static func leaf(of amount: Int64, _ boundaries: [Int64]) -> Int {
        boundaries.countOfSorted { $0 <= amount }
    }
}

extension [Int64] {
    /// How many elements fulfil a condition that holds for the first ones and for none behind.
    func countOfSorted(where holds: (Int64) -> Bool) -> Int {
        var low = 0
        var high = count
        while low < high {
            let middle = (low + high) / 2
            if holds(self[middle]) { low = middle + 1 } else { high = middle }
        }
        return low
    }
}
