import JSON
import Processor
import PropertySupport
import ServiceKit
import Testing

@Suite struct RandomizerTests {
    private func object(_ count: Int = 12, secret: Bool = false) -> AnswerObject {
        var object = AnswerObject()
        for number in 0..<count { object.add("member\(number)", value: .string("value \(number)")) }
        if secret { object.add("account", secret: "larry", recordedAs: "(5 characters)") }
        return object
    }

    private func randomized(_ object: AnswerObject, _ dummies: ClosedRange<Int>, seed: UInt64) -> AnswerObject {
        var result = object
        Randomizer(.seeded(dummyMembers: dummies), seed: seed).randomize(&result)
        return result
    }

    @Test func offChangesNothing() {
        var object = object()
        Randomizer(.off, seed: 1).randomize(&object)
        #expect(object.wire == self.object().wire)
    }

    @Test(arguments: PropertySeeds.few)
    func everyMemberStaysAndDummiesAreWithinBounds(seed: UInt64) throws {
        var counts: Set<Int> = []
        var kinds: Set<String> = []
        for run in 0..<200 {
            let original = object(15, secret: true)
            let result = randomized(original, 2...6, seed: seed &+ UInt64(run))
            let names = Set(original.members.map(\.name))
            let dummies = result.members.filter { !names.contains($0.name) }
            counts.insert(dummies.count)
            #expect((2...6).contains(dummies.count), "seed \(seed), run \(run)")
            #expect(result.members.count == original.members.count + dummies.count)
            for member in original.members {
                let kept = try #require(result.members.first { $0.name == member.name })
                #expect(kept.value == member.value && kept.recorded == member.recorded)
            }
            for dummy in dummies {
                #expect((4...7).contains(dummy.name.count) && dummy.name.allSatisfy { $0.isASCII && $0.isLetter })
                kinds.insert(try #require(kind(dummy.value)))
            }
        }
        #expect(counts == [2, 3, 4, 5, 6])
        #expect(kinds == ["text", "empty", "object", "array"])
    }

    /// The four kinds of reference §2.5.
    private func kind(_ value: JSONValue) -> String? {
        switch value {
        case .string(let text): (5...8).contains(text.count) ? "text" : nil
        case .object(let object):
            object.isEmpty ? "empty" : object.count == 1 && object.members[0].value.stringValue != nil ? "object" : nil
        case .array(let values): values.allSatisfy { (5...8).contains($0.stringValue?.count ?? 0) } ? "array" : nil
        case .null, .bool, .number: nil
        }
    }

    /// Every letter and every length, about as often as any other.
    @Test(arguments: PropertySeeds.few)
    func wordsAreOfAllLetters(seed: UInt64) {
        var letters: [Character: Int] = [:]
        var lengths: [Int: Int] = [:]
        for run in 0..<1000 {
            for dummy in randomized(AnswerObject(), 6...6, seed: seed &+ UInt64(run)).members {
                lengths[dummy.name.count, default: 0] += 1
                for letter in dummy.name { letters[letter, default: 0] += 1 }
            }
        }
        #expect(Set(letters.keys) == Set("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"), "seed \(seed)")
        // 33,000 letters: 635 of each are expected, with a standard deviation of 25.
        #expect(letters.values.allSatisfy { (460...810).contains($0) }, "seed \(seed): \(letters)")
        #expect(lengths.keys.sorted() == [4, 5, 6, 7])
        #expect(lengths.values.allSatisfy { (1265...1735).contains($0) }, "seed \(seed): \(lengths)")
    }

    @Test(arguments: PropertySeeds.few)
    func theSameSeedAndContentGiveTheSameBytes(seed: UInt64) {
        let first = randomized(object(), 0...5, seed: seed).wire.serialized()
        #expect(randomized(object(), 0...5, seed: seed).wire.serialized() == first)
        let others = (1...20).map { randomized(object(), 0...5, seed: seed &+ $0).wire.serialized() }
        #expect(Set(others + [first]).count > 15, "other seeds give other orders")
        var longer = object()
        longer.add("more", "x")
        let order = randomized(longer, 0...0, seed: seed).members.map(\.name).filter { $0 != "more" }
        #expect(order != randomized(object(), 0...0, seed: seed).members.map(\.name), "other content, another order")
    }

    @Test func membersAreShuffled() {
        let orders = (0..<50).map { randomized(object(), 0...0, seed: $0).members.map(\.name) }
        #expect(Set(orders).count > 45)
        let first = Set(orders.compactMap(\.first))
        #expect(first.count > 8, "any member can come first")
    }

    @Test func theRecordHasTheSameOrderWithoutTheSecret() throws {
        let result = randomized(object(secret: true), 3...3, seed: 4)
        let wire = try #require(result.wire.object)
        let record = try #require(result.record.object)
        #expect(wire.names == record.names && result.holdsSecrets)
        #expect(wire["account"] == "larry" && record["account"] == "(5 characters)")
        #expect(!object().holdsSecrets)
    }
}
