extension TextPattern {
    /// Whether a text fits. Texts compare scalar by scalar, without normalization, as RFC 8259 §8.3 recommends for
    /// JSON.
    ///
    /// Time grows at worst with the product of both lengths.
    package func matches(_ text: String) -> Bool {
        switch self {
        case .exactly(let wanted): text.utf8.elementsEqual(wanted.utf8)
        case .prefix(let head): text.utf8.starts(with: head.utf8)
        case .suffix(let tail): text.utf8.reversed().starts(with: tail.utf8.reversed())
        case .contains(let part): text.hasUTF8(part)
        case .glob(let pattern):
            Wildcards.fit(
                pattern.unicodeScalars, text.unicodeScalars, isAnyText: { $0 == "*" },
                accepts: { $0 == "?" || $0 == $1 })
        }
    }

    /// The pattern as literal scalars and wildcards.
    var symbols: [PatternSymbol] {
        switch self {
        case .exactly(let text): Self.literals(text)
        case .prefix(let text): Self.literals(text) + [.anyText]
        case .suffix(let text): [.anyText] + Self.literals(text)
        case .contains(let text): [.anyText] + Self.literals(text) + [.anyText]
        case .glob(let pattern):
            pattern.unicodeScalars.map { scalar in
                switch scalar {
                case "*": .anyText
                case "?": .anyOne
                default: .literal(scalar)
                }
            }
        }
    }

    private static func literals(_ text: String) -> [PatternSymbol] { text.unicodeScalars.map { .literal($0) } }

    /// Whether every text that fits the other pattern certainly fits this one. False may also mean that it is not
    /// known.
    func covers(_ other: TextPattern) -> Bool {
        if case .exactly(let text) = other { return matches(text) }
        // Any text of the other pattern arises by replacing its wildcards, and `*` here accepts whatever they become.
        return Wildcards.fit(symbols, other.symbols, isAnyText: { $0 == .anyText }) { mine, theirs in
            mine == theirs || (mine == .anyOne && theirs != .anyText)
        }
    }
}

/// One piece of a pattern.
enum PatternSymbol: Hashable, Sendable {
    case literal(Unicode.Scalar)
    case anyOne
    case anyText
}

/// Wildcard matching that never goes back further than the last `*`, so that no pattern is expensive.
enum Wildcards {
    /// Whether a text fits a pattern.
    ///
    /// To match each stretch between two `*` at its first place is enough: what is behind it is then longest, and the
    /// next `*` takes whatever there is too much.
    static func fit<Pattern: Collection, Text: Collection>(
        _ pattern: Pattern, _ text: Text, isAnyText: (Pattern.Element) -> Bool,
        accepts: (Pattern.Element, Text.Element) -> Bool
    ) -> Bool {
        var at = pattern.startIndex
        var place = text.startIndex
        var retry: (pattern: Pattern.Index, text: Text.Index)?
        while place != text.endIndex {
            if at != pattern.endIndex, isAnyText(pattern[at]) {
                at = pattern.index(after: at)
                retry = (at, place)
            } else if at != pattern.endIndex, accepts(pattern[at], text[place]) {
                at = pattern.index(after: at)
                place = text.index(after: place)
            } else if let last = retry {
                at = last.pattern
                place = text.index(after: last.text)
                retry = (at, place)
            } else {
                return false
            }
        }
        return pattern[at...].allSatisfy(isAnyText)
    }
}

extension String {
    fileprivate func hasUTF8(_ part: String) -> Bool {
        guard let first = part.utf8.first else { return true }
        var rest = utf8[...]
        while let start = rest.firstIndex(of: first) {
            if rest[start...].starts(with: part.utf8) { return true }
            rest = rest[rest.index(after: start)...]
        }
        return false
    }
}
