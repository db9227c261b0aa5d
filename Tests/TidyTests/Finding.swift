import Foundation
import Testing

/// A place where the tree breaks a rule.
struct Finding: Hashable, Sendable, CustomStringConvertible {
    let path: String
    /// From 1; 0 when the whole file is meant.
    let line: Int
    let text: String

    init(_ path: String, line: Int = 0, _ text: String) {
        self.path = path
        self.line = line
        self.text = text
    }

    var description: String { line > 0 ? "\(path):\(line): \(text)" : "\(path): \(text)" }
}

/// Fails the running test with one line per finding.
func expectNone(_ findings: [Finding], _ rule: String, sourceLocation: SourceLocation = #_sourceLocation) {
    guard !findings.isEmpty else { return }
    let shown = findings.prefix(60).map { "  \($0)" } + (findings.count > 60 ? ["  …"] : [])
    let report = "\(rule)\n\(findings.count) found:\n\(shown.joined(separator: "\n"))"
    Issue.record(Comment(rawValue: report), sourceLocation: sourceLocation)
}

/// A regular expression over the lines of a text.
struct LinePattern {
    private let expression: NSRegularExpression

    init(_ pattern: String) throws {
        expression = try NSRegularExpression(pattern: pattern, options: [.anchorsMatchLines])
    }

    /// Every match with its line number (from 1); a match never spans lines.
    func matches(in text: String) -> [(line: Int, match: String)] {
        guard expression.firstMatch(in: text, range: whole(text)) != nil else { return [] }
        var result: [(line: Int, match: String)] = []
        for (index, line) in lines(of: text).enumerated() {
            let line = String(line)
            for match in expression.matches(in: line, range: whole(line)) {
                // A group, where the pattern has one, is what is meant; the rest is its surroundings.
                let range = match.numberOfRanges > 1 ? match.range(at: 1) : match.range
                guard let part = Range(range, in: line) else { continue }
                result.append((index + 1, String(line[part])))
            }
        }
        return result
    }

    private func whole(_ text: String) -> NSRange { NSRange(text.startIndex..., in: text) }
}

func lines(of text: String) -> [Substring] { text.split(separator: "\n", omittingEmptySubsequences: false) }
