/// A text in which `«` and `»` show where diagnostics are expected.
struct MarkedText {
    struct Mark: Hashable {
        var line: Int
        var column: Int
        var length: Int
    }

    var plain = ""
    var marks: [Mark] = []

    init(_ marked: String) {
        var line = 1
        var column = 1
        var open: Mark?
        for scalar in marked.unicodeScalars {
            switch scalar {
            case "«": open = Mark(line: line, column: column, length: 0)
            case "»":
                guard var mark = open else { continue }
                // A mark around nothing stands for one column.
                mark.length = max(1, mark.line == line ? column - mark.column : 1)
                marks.append(mark)
                open = nil
            case "\n":
                plain.unicodeScalars.append(scalar)
                line += 1
                column = 1
            default:
                plain.unicodeScalars.append(scalar)
                column += 1
            }
        }
    }
}
