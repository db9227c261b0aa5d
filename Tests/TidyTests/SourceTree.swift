import Foundation

/// One text file of the repository.
struct SourceFile: Sendable {
    /// Below the package root, with `/`: `Sources/HTTP/HTTPFields.swift`.
    let path: String
    let text: String
    let isExecutable: Bool
    /// The text without comments and strings, and the comments alone; a file that is not Swift is all code.
    let code: String
    let comments: String

    init(path: String, text: String, isExecutable: Bool = false) {
        self.path = path
        self.text = text
        self.isExecutable = isExecutable
        let parts = path.hasSuffix(".swift") ? SwiftText(text) : nil
        code = parts?.code ?? text
        comments = parts?.comments ?? ""
    }

    var isSwift: Bool { path.hasSuffix(".swift") }

    /// Is the file in this folder, or in one below it?
    func isBelow(_ folder: String) -> Bool { path.hasPrefix(folder + "/") }

    func isBelow(anyOf folders: [String]) -> Bool { folders.contains { isBelow($0) } }

    /// The target that compiles the file: its folder in `Sources`, `Sources/Services` or `Tests`; nil elsewhere.
    var target: String? {
        let parts = path.split(separator: "/").map(String.init)
        switch parts.first {
        case "Sources" where parts.count > 3 && parts[1] == "Services": return parts[2]
        case "Sources" where parts.count > 2 && parts[1] != "Services": return parts[1]
        case "Tests" where parts.count > 2: return parts[1]
        case _: return nil
        }
    }
}

/// The repository as it lies around this test: every text file, read once.
enum SourceTree {
    static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    /// Every text file, by path; what a build or a tool leaves behind is not part of the project.
    static let files: [SourceFile] = {
        do { return try read(below: root) } catch { preconditionFailure("cannot read the source tree: \(error)") }
    }()

    static var swiftFiles: [SourceFile] { files.filter(\.isSwift) }

    static func file(_ path: String) -> SourceFile? { files.first { $0.path == path } }

    /// The names of the folders directly in `folder`.
    static func folders(in folder: String) throws -> Set<String> {
        let url = root.appending(path: folder, directoryHint: .isDirectory)
        let entries = try FileManager.default.contentsOfDirectory(
            at: url, includingPropertiesForKeys: [.isDirectoryKey])
        return Set(
            try entries.filter { try $0.resourceValues(forKeys: [.isDirectoryKey]).isDirectory == true }
                .map(\.lastPathComponent))
    }

    /// The same as .gitignore says.
    private static func isLeftBehind(_ path: String) -> Bool {
        let name = path.split(separator: "/").last ?? ""
        return name.hasPrefix(".build") || path == "Benchmarks/results"
            || [".git", ".swiftpm", ".DS_Store", "Package.resolved"].contains(name)
    }

    private static func read(below folder: URL, prefix: String = "") throws -> [SourceFile] {
        var result: [SourceFile] = []
        let manager = FileManager.default
        for name in try manager.contentsOfDirectory(atPath: folder.path(percentEncoded: false)).sorted() {
            if isLeftBehind(prefix + name) { continue }
            let url = folder.appending(path: name)
            let attributes = try manager.attributesOfItem(atPath: url.path(percentEncoded: false))
            if attributes[.type] as? FileAttributeType == .typeDirectory {
                result += try read(below: url, prefix: prefix + name + "/")
            } else if attributes[.type] as? FileAttributeType == .typeRegular,
                let text = String(validating: try Data(contentsOf: url), as: UTF8.self)
            {
                let permissions = attributes[.posixPermissions] as? Int ?? 0
                result.append(SourceFile(path: prefix + name, text: text, isExecutable: permissions & 0o111 != 0))
            }
        }
        return result
    }
}
