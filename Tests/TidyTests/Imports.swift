/// One `import` line.
struct Import: Hashable, Sendable {
    let file: String
    let line: Int
    let target: String
    let module: String
}

enum Imports {
    private static let pattern =
        #"^\s*(?:#if\s.*)?(?:@\w+(?:\([^)]*\))?\s+)*(?:(?:public|package|internal|fileprivate|private)\s+)?"#
        + #"import\s+(?:(?:struct|class|enum|protocol|typealias|func|var|let)\s+)?([\w-]+)"#

    /// Every import of every Swift file that belongs to a target.
    static func all(in files: [SourceFile]) throws -> [Import] {
        let pattern = try LinePattern(pattern)
        return files.filter(\.isSwift).flatMap { file -> [Import] in
            guard let target = file.target else { return [] }
            return pattern.matches(in: file.code).map {
                Import(file: file.path, line: $0.line, target: target, module: $0.match)
            }
        }
    }

    /// Imports of targets in `Sources` that the table has no arrow for.
    static func outsideTable(_ imports: [Import]) -> [Finding] {
        imports.filter { !$0.file.hasPrefix("Tests/") }.compactMap { line in
            guard let row = ImportTable.row(line.target) else {
                return Finding(line.file, line: line.line, "target '\(line.target)' is not in ImportTable")
            }
            if row.ours.contains(line.module) || row.others.contains(line.module) { return nil }
            return Finding(line.file, line: line.line, "\(line.target) may not import \(line.module)")
        }
    }

    /// Imports of our own targets that Package.swift does not declare: they build by accident, if at all.
    static func undeclared(_ imports: [Import], in manifest: Manifest) -> [Finding] {
        imports.compactMap { line in
            guard manifest.names.contains(line.module) else { return nil }
            if manifest.dependencies[line.target, default: []].contains(line.module) { return nil }
            return Finding(line.file, line: line.line, "Package.swift gives \(line.target) no \(line.module)")
        }
    }

    /// A cycle in the graph, as the names along it, the first one repeated at the end; nil when there is none.
    static func cycle(in graph: [String: Set<String>]) -> [String]? {
        var finished: Set<String> = []
        func visit(_ name: String, _ path: [String]) -> [String]? {
            if let start = path.firstIndex(of: name) { return path[start...] + [name] }
            if finished.contains(name) { return nil }
            for next in graph[name, default: []].sorted() {
                if let cycle = visit(next, path + [name]) { return cycle }
            }
            finished.insert(name)
            return nil
        }
        for name in graph.keys.sorted() {
            if let cycle = visit(name, []) { return cycle }
        }
        return nil
    }

    static func graph(of imports: [Import]) -> [String: Set<String>] {
        Dictionary(grouping: imports, by: \.target).mapValues { Set($0.map(\.module)) }
    }
}
