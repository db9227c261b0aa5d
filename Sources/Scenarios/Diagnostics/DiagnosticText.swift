/// Lays a diagnostic out for a terminal.
enum DiagnosticText {
    /// Columns of a source line that are shown; longer lines are cut around the mistake.
    private static let width = 110

    static func render(_ diagnostic: Diagnostic) -> String {
        let position = "\(diagnostic.file):\(diagnostic.line):\(diagnostic.column)"
        var result = "\(position): \(diagnostic.severity.rawValue): \(diagnostic.message)"
        let window = Window(diagnostic, width: width)
        let gutter = String(diagnostic.line)
        let blank = String(repeating: " ", count: gutter.utf8.count)
        if !window.text.isEmpty {
            result += "\n\(gutter) | \(window.text)\n\(blank) | \(window.indent)\(window.carets)"
            if let suggestion = diagnostic.suggestion { result += " \(suggestion)" }
        } else if let suggestion = diagnostic.suggestion {
            result += "; \(suggestion)"
        }
        for note in diagnostic.notes { result += "\n\(note.file):\(note.line): note: \(note.message)" }
        return result
    }

    /// The part of a line that is shown, with the carets below it.
    private struct Window {
        var text: String
        var indent: String
        var carets: String

        init(_ diagnostic: Diagnostic, width: Int) {
            let scalars = Array(diagnostic.excerpt.unicodeScalars)
            let caret = min(diagnostic.column - 1, scalars.count)
            var start = 0
            if scalars.count > width { start = max(0, min(caret - width / 3, scalars.count - width)) }
            let end = min(scalars.count, start + width)
            var shown = ""
            for scalar in scalars[start..<end] {
                shown.unicodeScalars.append(scalar == "\t" ? " " : Quoting.isPrintable(scalar) ? scalar : "·")
            }
            if start > 0 { shown = "…" + shown }
            if end < scalars.count { shown += "…" }
            text = shown.allSatisfy({ $0 == " " }) ? "" : shown
            indent = String(repeating: " ", count: caret - start + (start > 0 ? 1 : 0))
            carets = String(repeating: "^", count: max(1, min(diagnostic.length, end - caret)))
        }
    }
}
