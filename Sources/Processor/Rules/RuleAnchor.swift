/// A fact that a request must have for a rule to hold: one of the entries under which the rule is filed.
enum RuleAnchor: Hashable, Sendable {
    case card(Fingerprint)
    case value(RuleFacet, String)
    case text(TextPlace, TextAnchor)
    case present(TextPlace)
    case absent(TextPlace)
    case amount(ClosedRange<Int64>)
}

/// A stretch of a text that is known for certain.
enum TextAnchor: Hashable, Sendable {
    case whole(String)
    case head(String)
    case tail(String)
}

extension RuleCondition {
    /// Facts of which a request must have at least one, or the condition does not hold; nil when nothing is certain.
    var anchors: [RuleAnchor]? {
        switch self {
        case .oneOf(let facet, let values): return values.map { .value(facet, $0) }
        case .card(let fingerprints, _): return fingerprints.map { .card($0) }
        case .amount(let ranges): return ranges.map { .amount($0) }
        case .present(let place): return [.present(place)]
        case .absent(let place): return [.absent(place)]
        case .state: return nil
        case .matches(let place, let patterns):
            let anchors = patterns.compactMap(\.anchor)
            guard anchors.count == patterns.count else { return nil }
            return anchors.map { .text(place, $0) }
        }
    }

    /// Which condition to file under when several are equally rare; the lower the better.
    ///
    /// Properties of few requests come first; of the rest, those that need no search in the body.
    var filingRank: Int {
        switch self {
        case .card: 0
        case .oneOf(.token, _): 1
        case .matches(.facet(.orderID), _): 2
        case .amount: 3
        case .oneOf(.lastFour, _): 4
        case .oneOf(.merchant, _): 5
        case .matches(.facet, _): 6
        case .matches: 7
        case .present: 8
        case .oneOf: 9
        case .absent: 10
        case .state: 11
        }
    }
}

extension TextPattern {
    /// Literal text at the start or the end; nil when there is none.
    var anchor: TextAnchor? {
        switch self {
        case .exactly(let text): return .whole(text)
        case .prefix(let text): return .head(text)
        case .suffix(let text): return .tail(text)
        case .contains(let text): return text.isEmpty ? .head("") : nil
        case .glob(let pattern):
            let (head, tail) = Self.literalEnds(of: pattern)
            if head.utf8.count == pattern.utf8.count { return .whole(pattern) }
            if !head.isEmpty { return .head(head) }
            return tail.isEmpty ? nil : .tail(tail)
        }
    }

    /// All that is certain of texts that fit: how they begin, how they end, and whether that is already all.
    var certainties: (head: String, tail: String, isWhole: Bool) {
        switch self {
        case .exactly(let text): return (text, text, true)
        case .prefix(let text): return (text, "", false)
        case .suffix(let text): return ("", text, false)
        case .contains: return ("", "", false)
        case .glob(let pattern):
            let (head, tail) = Self.literalEnds(of: pattern)
            return (head, tail, head.utf8.count == pattern.utf8.count)
        }
    }

    private static func literalEnds(of pattern: String) -> (head: String, tail: String) {
        func isLiteral(_ scalar: Unicode.Scalar) -> Bool { scalar != "*" && scalar != "?" }
        let head = pattern.unicodeScalars.prefix(while: isLiteral)
        let tail = pattern.unicodeScalars.reversed().prefix(while: isLiteral)
        return (String(String.UnicodeScalarView(head)), String(String.UnicodeScalarView(tail.reversed())))
    }
}
