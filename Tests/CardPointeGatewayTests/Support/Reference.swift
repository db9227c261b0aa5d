import Foundation
import Payments
import Processor
import Testing

/// The published tables as collected, where they are at hand: in a checkout beside the sources of this project.
enum Reference {
    private static let package = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent()

    /// Beside the package, or beside the folder of a second working tree.
    static let folder: URL? = [
        package.deletingLastPathComponent(),
        package.deletingLastPathComponent()
            .deletingLastPathComponent(),
    ].map { $0.appending(path: "shared/reference/tables") }
        .first { FileManager.default.fileExists(atPath: $0.path()) }

    static var isThere: Bool { folder != nil }

    /// One row, by column name.
    typealias Row = [String: String]

    /// The rows of a table; the reader is one of its own, so that a fault of the product's cannot hide.
    static func rows(_ name: String) throws -> [Row] {
        let url = try #require(folder).appending(path: name + ".csv")
        let lines = lines(of: try String(contentsOf: url, encoding: .utf8))
        let header = try #require(lines.first)
        return try lines.dropFirst().map { line in
            try #require(line.count == header.count, "\(name): \(line)")
            return Row(uniqueKeysWithValues: zip(header, line))
        }
    }

    private static func lines(of text: String) -> [[String]] {
        var lines: [[String]] = []
        var line: [String] = []
        var cell = ""
        var isQuoted = false
        for character in text {
            switch (character, isQuoted) {
            case ("\"", _):
                isQuoted.toggle()
                cell.append(character)
            case (",", false):
                line.append(unquoted(cell))
                cell = ""
            case ("\n", false), ("\r\n", false):
                lines.append(line + [unquoted(cell)])
                line = []
                cell = ""
            default: cell.append(character)
            }
        }
        return lines
    }

    private static func unquoted(_ cell: String) -> String {
        guard cell.hasPrefix("\"") else { return cell }
        return String(cell.dropFirst().dropLast()).replacing("\"\"", with: "\"")
    }

    /// `FNOR|RPCT`.
    static func processors(_ text: String?) -> [ProcessorName] {
        (text ?? "").split(separator: "|").map { ProcessorName(String($0)) }
    }
}

extension Codes {
    /// As a row of a table says.
    init(_ row: Reference.Row, processor: String? = nil) {
        self.init(processor ?? row["respproc"], row["respcode"], row["respstat"], row["resptext"])
    }
}
