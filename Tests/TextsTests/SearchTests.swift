import PropertySupport
import Testing
import Texts

@Suite struct SearchTests {
    struct Row: Sendable, CustomTestStringConvertible {
        let name: String
        let text: String
        let part: String
        let isFound: Bool
        /// The text with `_` in place of the part.
        let replaced: String
        var testDescription: String { name }

        init(_ name: String, _ text: String, _ part: String, _ isFound: Bool, _ replaced: String) {
            self.name = name
            self.text = text
            self.part = part
            self.isFound = isFound
            self.replaced = replaced
        }
    }

    @Test(arguments: [
        Row("in the middle", "abcd", "bc", true, "a_d"),
        Row("at both ends", "aba", "a", true, "_b_"),
        Row("the whole", "ab", "ab", true, "_"),
        Row("not there", "abc", "d", false, "abc"),
        Row("longer than the text", "ab", "abc", false, "ab"),
        Row("only the beginning", "xab", "abc", false, "xab"),
        Row("after a false start", "aaab", "aab", true, "a_"),
        Row("overlapping", "aaa", "aa", true, "_a"),
        Row("in an empty text", "", "a", false, ""),
        Row("the empty text", "ab", "", true, "ab"),
        Row("what is put in again", "__", "_", true, "__"),
        Row("part of a character", "\r\n", "\n", false, "\r\n"),
        Row("a letter under an accent", "e\u{301}", "e", false, "e\u{301}"),
        Row("the same accent written otherwise", "caf\u{e9}", "e\u{301}", true, "caf_"),
    ])
    func finds(_ row: Row) {
        #expect(row.text.contains(row.part) == row.isFound)
        #expect((row.text.firstRange(of: row.part) != nil) == row.isFound)
        #expect(row.text.replacing(row.part, with: "_") == row.replaced)
        #expect(row.text[...].replacing(row.part, with: "_") == row.replaced)
    }

    @Test func rangesAreOfTheTextItself() throws {
        let text = "one two three"
        let rest = text[text.index(text.startIndex, offsetBy: 4)...]
        let range = try #require(rest.firstRange(of: "t"))
        #expect(text[range.lowerBound...] == "two three")
    }

    @Test(arguments: PropertySeeds.few)
    func replacingAgreesWithContains(seed: UInt64) {
        var random = TestRandom(seed: seed)
        for _ in 0..<300 {
            let text = String((0..<random.below(13)).map { _ in random.pick(["a", "b"] as [Character]) })
            let part = String((0...random.below(3)).map { _ in random.pick(["a", "b"] as [Character]) })
            #expect(text.replacing(part, with: part) == text)
            #expect(text.contains(part) == (text.replacing(part, with: "") != text))
        }
    }
}
