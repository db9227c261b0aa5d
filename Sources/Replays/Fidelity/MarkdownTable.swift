import Texts

/// A table of a Markdown page.
struct MarkdownTable {
    private var lines: [String]

    init(_ heads: [String]) {
        lines = [Self.line(heads), Self.line(heads.map { _ in "---" })]
    }

    mutating func add(_ cells: [String]) { lines.append(Self.line(cells)) }

    var text: String { lines.joined(separator: "\n") + "\n" }

    private static func line(_ cells: [String]) -> String {
        cells.reduce(into: "|") { line, cell in line += cell.isEmpty ? " |" : " \(cell) |" }
    }

    /// Text of a replay within a cell.
    static func cell(_ text: String) -> String {
        var result = ""
        for character in text {
            if "|<>*_`[]\\".contains(character) { result.append("\\") }
            result.append(character)
        }
        return result
    }

    /// A key or a path within a cell.
    static func code(_ text: String) -> String { "`" + text.replacing("|", with: "\\|") + "`" }
}
