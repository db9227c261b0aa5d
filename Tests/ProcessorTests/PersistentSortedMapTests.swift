import Cryptography
import Testing

@testable import Processor

/// The persistent map does what a sorted dictionary does, and leaves older copies as they were.
struct PersistentSortedMapTests {
    @Test(arguments: (1...50).map { UInt64($0) })
    func doesWhatADictionaryDoes(seed: UInt64) {
        var random = SeededRandom(seed: seed)
        var map = PersistentSortedMap<Int, Int>()
        var model: [Int: Int] = [:]
        var older: [(map: PersistentSortedMap<Int, Int>, model: [Int: Int])] = []
        for step in 0..<300 {
            let key = random.uniform(in: 0...60)
            if random.uniform(below: 3) == 0 {
                map[key] = nil
                model[key] = nil
            } else {
                map[key] = step
                model[key] = step
            }
            if step % 50 == 0 { older.append((map, model)) }
        }
        older.append((map, model))
        for (map, model) in older {
            let expected = model.sorted { $0.key < $1.key }
            #expect(map.all.map(\.key) == expected.map(\.key) && map.all.map(\.value) == expected.map(\.value))
            #expect(map.count == expected.count && map.isEmpty == expected.isEmpty)
            #expect(map.first?.key == expected.first?.key && map.last?.key == expected.last?.key)
            for key in -1...61 {
                #expect(map[key] == model[key])
                #expect(map.position(of: key) == expected.filter { $0.key < key }.count)
                #expect(map.element(at: key)?.key == (expected.indices.contains(key) ? expected[key].key : nil))
                let upper = key + 7
                #expect(
                    map.elements(in: key..<upper).map(\.key)
                        == expected.map(\.key).filter { (key..<upper).contains($0) })
            }
        }
    }

    /// Two ways to the same elements are the same map.
    @Test func equalityIsThatOfTheElements() {
        var up = PersistentSortedMap<Int, String>()
        var down = PersistentSortedMap<Int, String>()
        for key in 0..<100 { up[key] = "\(key)" }
        for key in (0..<200).reversed() { down[key] = "\(key)" }
        #expect(up != down)
        for key in 100..<200 { down[key] = nil }
        #expect(up == down)
        down[50] = "other"
        #expect(up != down)
    }

    /// Keys in order, as times come, do not make a list of the tree.
    @Test func orderedKeysMakeNoDeepTree() {
        var map = PersistentSortedMap<Int, Int>()
        for key in 0..<200_000 { map[key] = key }
        #expect(map.count == 200_000 && map.element(at: 123_456)?.value == 123_456)
        for key in 0..<199_999 { map[key] = nil }
        #expect(map.first?.key == 199_999)
    }

    @Test func visitingStopsWhenItIsTold() {
        var map = PersistentSortedMap<Int, Int>()
        for key in 0..<10 { map[key] = key }
        var seen: [Int] = []
        map.visit(from: 3) { key, _ in
            seen.append(key)
            return key < 5
        }
        #expect(seen == [3, 4, 5])
    }
}
