/// Where scenario files come from: a folder on disk, the files in the program, or memory.
///
/// Paths are relative, have `/` between their parts and neither `.` nor `..`; a source that reads a disk still has to
/// refuse links that lead out of its folder.
package protocol ScenarioFiles: Sendable {
    func read(_ path: String) throws(ScenarioFileError) -> [UInt8]
    /// Every path there is, to suggest the nearest; may be empty.
    var paths: [String] { get }
    /// The path as people should see it.
    func displayName(of path: String) -> String
}

extension ScenarioFiles {
    package var paths: [String] { [] }
    package func displayName(of path: String) -> String { path }
}

/// Why a file could not be read.
package enum ScenarioFileError: Error, Hashable, Sendable {
    case notFound
    /// The reason in words, for example of the operating system.
    case unreadable(String)
}

/// Files in memory: for embedded scenarios and for those that arrive over an API.
package struct MemoryFiles: ScenarioFiles {
    private let contents: [String: [UInt8]]
    private let prefix: String

    /// - Parameter prefix: put before a path when it is shown, for example `scenarios/`.
    package init(_ contents: [String: [UInt8]], prefix: String = "") {
        self.contents = contents
        self.prefix = prefix
    }

    package init(texts: [String: String], prefix: String = "") {
        self.init(texts.mapValues { Array($0.utf8) }, prefix: prefix)
    }

    package func read(_ path: String) throws(ScenarioFileError) -> [UInt8] {
        guard let bytes = contents[path] else { throw .notFound }
        return bytes
    }

    package var paths: [String] { contents.keys.sorted() }
    package func displayName(of path: String) -> String { prefix + path }
}

/// Files behind closures: for embedded scenarios that should not be copied before they are asked for.
package struct LazyFiles: ScenarioFiles {
    package let paths: [String]
    private let prefix: String
    private let find: @Sendable (String) -> [UInt8]?

    package init(paths: [String], prefix: String = "", find: @escaping @Sendable (String) -> [UInt8]?) {
        self.paths = paths
        self.prefix = prefix
        self.find = find
    }

    package func read(_ path: String) throws(ScenarioFileError) -> [UInt8] {
        guard let bytes = find(path) else { throw .notFound }
        return bytes
    }

    package func displayName(of path: String) -> String { prefix + path }
}
