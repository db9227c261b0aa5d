import Processor
import PropertySupport
import Testing

/// The index against a search through all keys, with hashes of which many are equal.
@Suite struct PositionIndexTests {
    struct Row: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let limit: Int
        let keys: Int
        let hashes: Int
        let steps: Int

        init(_ name: String, limit: Int, keys: Int, hashes: Int, steps: Int = 6_000) {
            testDescription = name
            (self.limit, self.keys, self.hashes, self.steps) = (limit, keys, hashes, steps)
        }
    }

    @Test(arguments: [
        Row("keys of their own", limit: 500, keys: .max, hashes: .max),
        Row("few keys, again and again", limit: 2_000, keys: 40, hashes: .max),
        Row("one key", limit: 3, keys: 1, hashes: 1, steps: 20_000),
        Row("many keys with the same hash", limit: 300, keys: .max, hashes: 2, steps: 3_000),
        Row("the same low bits of the hash", limit: 400, keys: 500, hashes: 7),
        Row("more tables than one", limit: 4_000, keys: 9_000, hashes: .max, steps: 20_000),
    ])
    func likeASearch(_ row: Row) {
        var random = TestRandom(seed: 7)
        var index = PositionIndex(limit: row.limit)
        var keys: [Int] = []
        var oldest = 0
        var copy: (index: PositionIndex, count: Int)?
        func hash(_ key: Int) -> Int { (key % row.hashes) &* 0x1E37_79B9_7F4A_7C15 >> 20 }
        func found(_ key: Int, in index: PositionIndex, of count: Int) -> Int? {
            index.newest(hash: hash(key)) { $0 >= oldest && $0 < count && keys[$0] == key }
        }
        for step in 0..<row.steps {
            let key = Int.random(in: 0..<row.keys, using: &random)
            keys.append(key)
            // Nearly always the quick way is enough; here it is taken by half of them.
            if random.chance(1, of: 2) || !index.appendNew(step, hash: hash(key)) {
                index.append(step, hash: hash(key)) { $0 < oldest || keys[$0] == key }
            }
            if keys.count - oldest > row.limit {
                oldest += 1
                index.forget(before: oldest)
            }
            if step == row.steps - row.limit / 2 { copy = (index, step + 1) }
            guard step % 13 == 0 else { continue }
            let some = keys[Int.random(in: oldest...step, using: &random)]
            #expect(found(some, in: index, of: keys.count) == keys.lastIndex(of: some))
            if oldest > 0, keys[oldest...].contains(keys[oldest - 1]) == false {
                #expect(found(keys[oldest - 1], in: index, of: keys.count) == nil, "it is forgotten")
            }
        }
        guard let copy else { return }
        for key in Set(keys[oldest..<copy.count]) {
            let expected = keys[..<copy.count].lastIndex(of: key)
            #expect(found(key, in: copy.index, of: copy.count) == expected, "a copy does not change")
        }
    }
}
