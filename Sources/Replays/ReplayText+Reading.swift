import Texts

/// Why a placeholder could not be read, and where in its text.
package struct ReplayTextFault: Error, Hashable, Sendable {
    /// In Unicode scalars from the start of the text.
    package var offset: Int
    package var length: Int
    package var message: String
    package var suggestion: String?
}

extension ReplayText {
    /// Reads text with placeholders; `$${` stands for `${`.
    package init(reading text: some StringProtocol) throws(ReplayTextFault) {
        guard text.utf8.contains(UInt8(ascii: "$")) else {
            self.init(literal: String(text))
            return
        }
        var pieces: [Piece] = []
        var literal = ""
        var rest = Substring(text).unicodeScalars
        var offset = 0
        func take(_ count: Int) {
            rest = rest.dropFirst(count)
            offset += count
        }
        while let scalar = rest.first {
            if scalar == "$", rest.starts(with: "$${".unicodeScalars) {
                literal += "${"
                take(3)
            } else if scalar == "$", rest.starts(with: "${".unicodeScalars) {
                guard let end = rest.firstIndex(of: "}") else {
                    throw ReplayTextFault(
                        offset: offset, length: rest.count, message: "a placeholder begins and does not end",
                        suggestion: "close it with '}', or write '$${' for the text '${'")
                }
                let content = String(rest[rest.index(rest.startIndex, offsetBy: 2)..<end])
                let length = content.unicodeScalars.count + 3
                let placeholder = try Self.placeholder(content, offset: offset, length: length)
                if !literal.isEmpty { pieces.append(.literal(literal)) }
                literal = ""
                pieces.append(.placeholder(placeholder))
                take(length)
            } else {
                literal.unicodeScalars.append(scalar)
                take(1)
            }
        }
        if !literal.isEmpty { pieces.append(.literal(literal)) }
        self.init(pieces)
    }

    private static func placeholder(
        _ content: String, offset: Int, length: Int
    ) throws(ReplayTextFault) -> ReplayPlaceholder {
        func fault(_ message: String, _ suggestion: String? = nil) -> ReplayTextFault {
            ReplayTextFault(offset: offset, length: length, message: message, suggestion: suggestion)
        }
        let parts = content.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        if parts.count == 2, ReplayName.isName(parts[0]) {
            guard ReplayMatcher.keywords.contains(parts[0]) == false else {
                throw fault("'\(parts[0])' is a matcher and cannot be a name")
            }
            guard let matcher = ReplayMatcher(reading: parts[1]) else {
                throw fault("'\(parts[1])' is no matcher", ReplayMatcher.help(for: parts[1]))
            }
            if matcher == .absent { throw fault("what is absent has no value to keep") }
            return ReplayPlaceholder(name: parts[0], matcher: matcher)
        }
        if let matcher = ReplayMatcher(reading: content) { return ReplayPlaceholder(matcher: matcher) }
        guard ReplayName.isName(content), !ReplayMatcher.keywords.contains(content) else {
            throw fault("'\(content)' is neither a name nor a matcher", ReplayMatcher.help(for: content))
        }
        return ReplayPlaceholder(name: content)
    }
}

/// Names: a letter, then letters, digits, `_`.
enum ReplayName {
    static func isName(_ text: some StringProtocol) -> Bool {
        guard let first = text.utf8.first, isLetter(first) else { return false }
        return text.utf8.allSatisfy { isLetter($0) || (0x30...0x39).contains($0) || $0 == UInt8(ascii: "_") }
    }

    private static func isLetter(_ byte: UInt8) -> Bool { (0x61...0x7A).contains(byte | 0x20) }
}

extension ReplayMatcher {
    /// Words that cannot be names.
    static let keywords: Set<String> = Set(
        ["any", "absent", "glob", "one"] + Kind.allCases.map(\.rawValue) + CharacterClass.allCases.map(\.rawValue))

    /// Reads `any`, `absent`, `string`…, `digits`, `digits:12`, `digits:1-3`, `digits:2-`, `glob:PPS*`, `one:a|b`.
    init?(reading text: String) {
        let parts = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        let word = parts[0]
        let argument = parts.count == 2 ? parts[1] : nil
        if let characters = CharacterClass(rawValue: word) {
            guard let argument else {
                self = .characters(characters, 1...Int.max)
                return
            }
            guard let count = Self.count(argument) else { return nil }
            self = .characters(characters, count)
            return
        }
        switch (word, argument) {
        case ("any", nil): self = .anything
        case ("absent", nil): self = .absent
        case ("glob", let pattern?): self = .glob(pattern)
        case ("one", let texts?):
            self = .oneOf(texts.split(separator: "|", omittingEmptySubsequences: false).map(String.init))
        case (let word, nil):
            guard let kind = Kind(rawValue: word) else { return nil }
            self = .kind(kind)
        case (_, .some): return nil
        }
    }

    private static func count(_ text: String) -> ClosedRange<Int>? {
        let ends = text.split(separator: "-", maxSplits: 1, omittingEmptySubsequences: false)
        guard ends.allSatisfy({ $0.utf8.allSatisfy { (0x30...0x39).contains($0) } }), let low = Int(ends[0]) else {
            return nil
        }
        guard ends.count == 2 else { return low...low }
        if ends[1].isEmpty { return low...Int.max }
        guard let high = Int(ends[1]), high >= low else { return nil }
        return low...high
    }

    static func help(for text: String) -> String {
        let word = String(text.prefix { $0 != ":" && $0 != "=" })
        if let nearest = Nearest.word(to: word, among: keywords.sorted()), nearest != word {
            return "did you mean '\(nearest)'?"
        }
        return "matchers: any, absent, string, number, boolean, array, object, digits[:N], letters, upper, lower, "
            + "alnum, hex, glob:PATTERN, one:A|B"
    }
}

/// What somebody may have meant.
enum Nearest {
    /// The candidate with the smallest edit distance, if it is at most a third of the word.
    static func word(to word: String, among candidates: [String]) -> String? {
        let letters = Array(word.utf8)
        let best = candidates.map { (candidate: $0, distance: EditDistance.between(letters, Array($0.utf8))) }
            .min { $0.distance < $1.distance }
        guard let best, best.distance <= max(1, word.utf8.count / 3) else { return nil }
        return best.candidate
    }
}
