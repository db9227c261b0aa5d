import Processor
import PropertySupport
import Testing

@Suite struct RulesPatternTests {
    struct Row: CustomTestStringConvertible, Sendable {
        let pattern: TextPattern
        let text: String
        let fits: Bool
        var testDescription: String { "\(pattern) \(fits ? "fits" : "does not fit") \(text.debugDescription)" }

        init(_ pattern: TextPattern, _ text: String, _ fits: Bool) {
            self.pattern = pattern
            self.text = text
            self.fits = fits
        }
    }

    @Test(arguments: [
        Row(.exactly(""), "", true), Row(.exactly("a"), "a", true), Row(.exactly("a"), "A", false),
        Row(.exactly("a"), "ab", false), Row(.exactly("*"), "a", false),
        // One letter, or a letter and an accent: alike to the eye, different on the wire.
        Row(.exactly("\u{E9}"), "e\u{301}", false),
        Row(.prefix(""), "", true), Row(.prefix("ab"), "ab", true), Row(.prefix("ab"), "abc", true),
        Row(.prefix("ab"), "a", false), Row(.prefix("ab"), "xab", false), Row(.prefix("a?"), "ab", false),
        Row(.suffix(""), "x", true), Row(.suffix("ab"), "ab", true), Row(.suffix("ab"), "xab", true),
        Row(.suffix("ab"), "b", false), Row(.suffix("ab"), "abx", false),
        Row(.contains(""), "", true), Row(.contains("ab"), "xaby", true), Row(.contains("ab"), "ab", true),
        Row(.contains("aab"), "aaab", true), Row(.contains("ab"), "ba", false), Row(.contains("ab"), "a", false),
        Row(.glob(""), "", true), Row(.glob(""), "a", false), Row(.glob("*"), "", true), Row(.glob("**"), "abc", true),
        Row(.glob("?"), "", false), Row(.glob("?"), "a", true), Row(.glob("?"), "\u{E9}", true),
        Row(.glob("?"), "ab", false), Row(.glob("a*"), "a", true), Row(.glob("*a"), "ba", true),
        Row(.glob("a*b"), "ab", true), Row(.glob("a*b"), "axxb", true), Row(.glob("a*b"), "axxbc", false),
        Row(.glob("a?b"), "ab", false), Row(.glob("*?\u{E9}"), "\u{E9}\u{E9}", true),
        Row(.glob("*ab*ab"), "abab", true), Row(.glob("*ab*ab"), "ab", false),
        Row(.glob("abc"), "abc", true), Row(.glob("abc"), "abd", false),
    ])
    func fits(_ row: Row) { #expect(row.pattern.matches(row.text) == row.fits) }

    /// Exponential matchers need ages for these; a quadratic one a moment.
    @Test func manyWildcardsAreNoTrap() {
        let text = String(repeating: "a", count: 4_000)
        #expect(!TextPattern.glob(String(repeating: "a*", count: 60) + "b").matches(text))
        #expect(TextPattern.glob(String(repeating: "*a", count: 60) + "*").matches(text))
    }

    /// Tries every way, one scalar after the other.
    static func naive(_ pattern: ArraySlice<Character>, _ text: ArraySlice<Character>) -> Bool {
        guard let first = pattern.first else { return text.isEmpty }
        let rest = pattern.dropFirst()
        if first == "*" { return naive(rest, text) || (!text.isEmpty && naive(pattern, text.dropFirst())) }
        guard let letter = text.first else { return false }
        return (first == "?" || first == letter) && naive(rest, text.dropFirst())
    }

    @Test(arguments: PropertySeeds.many)
    func globsAgreeWithTryingEveryWay(seed: UInt64) {
        var random = TestRandom(seed: seed)
        func text(_ letters: [String], upTo length: Int) -> String {
            (0..<Int.random(in: 0...length, using: &random)).map { _ in random.pick(letters) }.joined()
        }
        for _ in 0..<200 {
            let pattern = text(["a", "b", "\u{E9}", "*", "?"], upTo: 8)
            let text = text(["a", "b", "\u{E9}"], upTo: 9)
            #expect(
                TextPattern.glob(pattern).matches(text) == Self.naive(Array(pattern)[...], Array(text)[...]),
                "seed \(seed): \(pattern) on \(text)")
        }
    }

    @Test(arguments: PropertySeeds.many)
    func simplePatternsAreGlobsToo(seed: UInt64) {
        var random = TestRandom(seed: seed)
        for _ in 0..<100 {
            let part = (0..<Int.random(in: 0...3, using: &random)).map { _ in random.pick(["a", "b", "c"]) }.joined()
            let text = (0..<Int.random(in: 0...6, using: &random)).map { _ in random.pick(["a", "b", "c"]) }.joined()
            #expect(
                TextPattern.prefix(part).matches(text) == TextPattern.glob(part + "*").matches(text), "seed \(seed)")
            #expect(
                TextPattern.suffix(part).matches(text) == TextPattern.glob("*" + part).matches(text), "seed \(seed)")
            #expect(
                TextPattern.contains(part).matches(text) == TextPattern.glob("*\(part)*").matches(text), "seed \(seed)")
            #expect(TextPattern.exactly(part).matches(text) == TextPattern.glob(part).matches(text), "seed \(seed)")
        }
    }
}
