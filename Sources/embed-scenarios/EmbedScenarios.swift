import Foundation

/// `embed-scenarios FOLDER OUTPUT`: writes a Swift source that holds every file below FOLDER as a static string.
///
/// Runs at build time only. Files must be UTF-8; replays and other folders that the binary does not need are left out.
@main
struct EmbedScenarios {
    static func main() throws {
        let arguments = CommandLine.arguments
        guard arguments.count == 3 else { throw Failure(reason: "usage: embed-scenarios FOLDER OUTPUT") }
        let folder = URL(filePath: arguments[1], directoryHint: .isDirectory)
        var source = "// Generated from scenarios/ at build time.\n\n"
        source += "package let embeddedFiles: [(path: StaticString, text: StaticString)] = [\n"
        for path in try relativePaths(below: folder) {
            let text = try String(contentsOf: folder.appending(path: path), encoding: .utf8)
            source += "    (\(literal(path)), \(literal(text))),\n"
        }
        source += "]\n"
        try source.write(to: URL(filePath: arguments[2]), atomically: true, encoding: .utf8)
    }

    private static func relativePaths(below folder: URL) throws -> [String] {
        try FileManager.default.subpathsOfDirectory(atPath: folder.path())
            .filter { $0.hasSuffix(".yaml") || $0.hasSuffix(".csv") }
            .filter { !$0.hasPrefix("replays/") }
            .sorted()
    }

    /// A literal on one line: no raw-string delimiter can then collide with the content.
    private static func literal(_ text: String) -> String {
        var result = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": result += "\\\""
            case "\\": result += "\\\\"
            case "\n": result += "\\n"
            case "\r": result += "\\r"
            case "\t": result += "\\t"
            case "\0": result += "\\0"
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result + "\""
    }

    struct Failure: Error, CustomStringConvertible {
        let reason: String
        var description: String { reason }
    }
}
