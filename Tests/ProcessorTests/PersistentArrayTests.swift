import Processor
import PropertySupport
import Testing

/// The chunked sequence against an ordinary one, over the borders of its chunks.
@Suite struct PersistentArrayTests {
    @Test(arguments: [1, 2, 3])
    func likeAnArray(seed: UInt64) {
        var random = TestRandom(seed: seed)
        var array = PersistentArray<Int>(start: Int(seed))
        var model: [Int] = []
        var start = Int(seed)
        var copies: [(PersistentArray<Int>, [Int])] = []
        for step in 0..<4_000 {
            switch Int.random(in: 0..<20, using: &random) {
            case 0..<12:
                array.append(step)
                model.append(step)
            case 12..<16 where !model.isEmpty:
                array.removeFirst()
                model.removeFirst()
                start += 1
            case 16..<18 where !model.isEmpty:
                let offset = Int.random(in: 0..<model.count, using: &random)
                array.replace(at: start + offset, with: -step)
                model[offset] = -step
            case 19 where step % 50 == 0: copies.append((array, model))
            default: break
            }
            #expect(array.positions == start..<start + model.count)
            guard step % 97 == 0 else { continue }
            #expect(array.all == model, "seed \(seed), step \(step)")
            #expect(array[start - 1] == nil && array[start + model.count] == nil)
        }
        for (copy, then) in copies { #expect(copy.all == then, "a copy does not change") }
    }

    @Test func equalityLooksAtElementsAndPositions() {
        var grown = PersistentArray<Int>()
        for number in 0..<300 { grown.append(number) }
        for _ in 0..<200 { grown.removeFirst() }
        var begun = PersistentArray<Int>(start: 200)
        for number in 200..<300 { begun.append(number) }
        #expect(grown == begun)
        begun.replace(at: 250, with: 0)
        #expect(grown != begun)
        #expect(PersistentArray<Int>() != PersistentArray<Int>(start: 1))
    }
}
