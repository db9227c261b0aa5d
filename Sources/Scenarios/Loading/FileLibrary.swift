/// Opens the files of one scenario, resolves names between them, and collects what is wrong.
final class FileLibrary {
    enum Kind {
        case scenario, table, key

        var fileExtension: String {
            switch self {
            case .scenario: ".yaml"
            case .table: ".csv"
            case .key: ".pem"
            }
        }

        var words: String {
            switch self {
            case .scenario: "scenario file"
            case .table: "table"
            case .key: "key file"
            }
        }
    }

    private struct Key: Hashable {
        let origin: SourceFile.Origin
        let path: String
    }

    private let folder: any ScenarioFiles
    private let shipped: any ScenarioFiles
    private let limits: ScenarioLimits
    private var opened: [Key: SourceFile] = [:]
    /// Names in the order in which the files were opened.
    private(set) var names: [String] = []
    private(set) var sink = DiagnosticSink()
    /// Some table could not be opened: what it would have contained cannot be called unknown.
    private(set) var missesTable = false

    init(folder: any ScenarioFiles, shipped: any ScenarioFiles, limits: ScenarioLimits) {
        self.folder = folder
        self.shipped = shipped
        self.limits = limits
    }

    func report(_ diagnostic: Diagnostic) { sink.report(diagnostic) }
    func count(_ severity: Diagnostic.Severity) { sink.count(severity) }

    /// The file that the load starts with.
    func openMain(_ path: String) -> SourceFile? {
        let nowhere = Place(
            file: SourceFile(path: path, name: folder.displayName(of: path), bytes: []), line: 1, column: 1, length: 1)
        guard let clean = Self.resolve(path, in: "") else {
            report(Diagnostic(.error, at: nowhere, "\(Quoting.quote(path)) is not a path inside the folder"))
            return nil
        }
        return open(Key(origin: .folder, path: clean), reference: path, from: nowhere, kind: .scenario)
    }

    /// A file that another one names. A scenario without extension is a shipped one; everything else is relative to
    /// the naming file, and stays within the folder of the scenario.
    func open(_ reference: String, as kind: Kind, from place: Place) -> SourceFile? {
        if kind == .scenario, !Self.hasExtension(reference) {
            guard let path = Self.resolve(reference + ".yaml", in: "") else { return outside(reference, place) }
            return open(Key(origin: .shipped, path: path), reference: reference, from: place, kind: kind)
        }
        let naming = place.file
        guard let path = Self.resolve(reference, in: naming.path) else { return outside(reference, place) }
        return open(Key(origin: naming.origin, path: path), reference: reference, from: place, kind: kind)
    }

    private func open(_ key: Key, reference: String, from place: Place, kind: Kind) -> SourceFile? {
        if let file = opened[key] { return file }
        guard opened.count < limits.files else {
            report(Diagnostic(.error, at: place, "a scenario consists of at most \(limits.files) files"))
            return nil
        }
        let source: any ScenarioFiles =
            switch key.origin {
            case .folder: folder
            case .shipped: shipped
            }
        do throws(ScenarioFileError) {
            let name = source.displayName(of: key.path)
            let file = SourceFile(path: key.path, origin: key.origin, name: name, bytes: try source.read(key.path))
            opened[key] = file
            names.append(name)
            return file
        } catch {
            if kind == .table { missesTable = true }
            report(missing(error, key, reference: reference, source: source, at: place, kind: kind))
            return nil
        }
    }

    private func missing(
        _ error: ScenarioFileError, _ key: Key, reference: String, source: any ScenarioFiles, at place: Place,
        kind: Kind
    ) -> Diagnostic {
        switch error {
        case .unreadable(let reason):
            return Diagnostic(.error, at: place, "cannot read \(Quoting.quote(reference)): \(reason)")
        case .notFound:
            let isShippedName = kind == .scenario && key.origin == .shipped && !Self.hasExtension(reference)
            let paths = source.paths.filter { $0.hasSuffix(kind.fileExtension) }
            let candidates = isShippedName ? paths.map { String($0.dropLast(".yaml".utf8.count)) } : paths
            let nearest = Spelling.nearest(to: isShippedName ? reference : key.path, among: candidates)
            let what = isShippedName ? "shipped scenario" : kind.words
            return Diagnostic(
                .error, at: place, "there is no \(what) \(Quoting.quote(reference))",
                suggestion: nearest.map { "did you mean \(Quoting.quote($0))?" })
        }
    }

    private func outside(_ reference: String, _ place: Place) -> SourceFile? {
        report(
            Diagnostic(
                .error, at: place, "\(Quoting.quote(reference)) leads out of the scenario's folder",
                suggestion: "use a relative path below it"))
        return nil
    }

    private static func hasExtension(_ path: String) -> Bool {
        [".yaml", ".yml", ".json"].contains { path.hasSuffix($0) }
    }

    /// A reference against the file that makes it; nil when it is absolute, empty or climbs out.
    private static func resolve(_ reference: String, in file: String) -> String? {
        guard !reference.isEmpty, !reference.hasPrefix("/"),
            !reference.utf8.contains(where: { $0 == UInt8(ascii: "\\") || $0 == 0 })
        else { return nil }
        var parts = file.split(separator: "/").dropLast().map(String.init)
        for part in reference.split(separator: "/", omittingEmptySubsequences: false) {
            switch part {
            case ".": continue
            case "": return nil
            case "..":
                guard !parts.isEmpty else { return nil }
                parts.removeLast()
            default: parts.append(String(part))
            }
        }
        return parts.isEmpty ? nil : parts.joined(separator: "/")
    }
}
