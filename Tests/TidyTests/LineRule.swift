import Testing

/// Something that must not be written in some part of the tree, with examples that prove that the rule can fail.
struct LineRule: Sendable, CustomTestStringConvertible {
    /// What of a file is searched; files that are not Swift are always searched whole.
    enum View: Sendable { case everything, code }

    let name: String
    /// Why, and what to do instead: the first line of the failure.
    let message: String
    let pattern: String
    let view: View
    let applies: @Sendable (SourceFile) -> Bool
    /// Swift lines that break the rule, and lines that look like it and do not.
    let bad: [String]
    let good: [String]

    var testDescription: String { name }

    func findings(in files: [SourceFile]) throws -> [Finding] {
        let pattern = try LinePattern(pattern)
        return files.filter(applies).flatMap { findings(of: pattern, in: $0) }
    }

    private func findings(of pattern: LinePattern, in file: SourceFile) -> [Finding] {
        pattern.matches(in: view == .code ? file.code : file.text).map {
            Finding(file.path, line: $0.line, "'\($0.match.prefix(50))'")
        }
    }
}
