/// A mistake in a replay file, and where.
package struct ReplayDiagnostic: Error, Hashable, Sendable, CustomStringConvertible {
    package var file: String
    /// From 1.
    package var line: Int
    /// From 1, in Unicode scalars.
    package var column: Int
    /// In Unicode scalars, at least 1.
    package var length: Int
    package var message: String
    package var suggestion: String?
    /// The line as it stands in the file.
    package var text: String

    /// `a.replay:3:5: error: …`, the line, and a caret below the place.
    package var description: String {
        let number = String(line)
        let blank = String(repeating: " ", count: number.utf8.count)
        let shown = text.unicodeScalars.map { $0.value < 0x20 || $0.value == 0x7F ? " " : String($0) }.joined()
        let width = shown.unicodeScalars.count
        let indent = String(repeating: " ", count: min(column - 1, width))
        let carets = String(repeating: "^", count: max(1, min(length, width - column + 1)))
        let hint = suggestion.map { " \($0)" } ?? ""
        return "\(file):\(line):\(column): error: \(message)\n\(number) | \(shown)\n"
            + "\(blank) | \(indent)\(carets)\(hint)"
    }
}

/// The mistakes of one file.
package struct ReplayMistakes: Error, Sendable, CustomStringConvertible {
    /// More help nobody: the file is something else.
    static let limit = 100

    package var diagnostics: [ReplayDiagnostic]
    /// How many there are beyond those.
    package var more = 0

    package var description: String {
        let rest = more > 0 ? ["and \(more) more"] : []
        return (diagnostics.map(\.description) + rest).joined(separator: "\n")
    }
}
