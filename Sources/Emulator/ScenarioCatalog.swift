import Payments
import Platform
package import Processor
package import Scenarios
import ShippedScenarios

/// A scenario that loaded.
package struct LoadedScenario: Sendable {
    package let behavior: Behavior
    package let warnings: [Diagnostic]
}

/// Why a scenario did not load.
package enum ScenarioProblem: Error, Sendable, CustomStringConvertible {
    /// No shipped scenario has this name, and it is no path.
    case unknown(String, known: [String])
    /// The file is not there, or cannot be read.
    case unreadable(String, reason: String)
    case mistakes([Diagnostic])

    package var description: String {
        switch self {
        case .unknown(let name, let known):
            "there is no scenario '\(name)'; shipped are \(known.joined(separator: ", ")); "
                + "a file has a path such as ./\(name).yaml"
        case .unreadable(let path, let reason): "cannot read \(path): \(reason)"
        case .mistakes(let diagnostics): diagnostics.map(\.description).joined(separator: "\n")
        }
    }
}

/// Finds scenarios: those in the program by name, all others by path. Each is read once.
package final class ScenarioCatalog: Sendable {
    package static let standard = "uat"

    private let fingerprints: Fingerprinter
    let loaded = Lock<[String: LoadedScenario]>([:])
    private let shipped: any ScenarioFiles

    /// - Parameters:
    ///   - key: for the fingerprints of card numbers; fresh random bytes unless a test wants others.
    ///   - shipped: the files that scenarios extend by name; those in the program unless a test wants others.
    package init(key: [UInt8]? = nil, shipped: (any ScenarioFiles)? = nil) {
        fingerprints = Fingerprinter(key: key ?? SystemRandom.bytes(32))
        self.shipped =
            shipped
            ?? LazyFiles(paths: ShippedScenarios.paths, prefix: "scenarios/") { ShippedScenarios.file($0) }
    }

    /// The scenarios in the program.
    package var shippedNames: [String] {
        shipped.paths.filter { $0.hasSuffix(".yaml") && !$0.contains("/") }.map { String($0.dropLast(5)) }
    }

    /// Loads by name or path. Reads files: never call it on an event loop, but for names that have been loaded before.
    ///
    /// - Parameter base: the folder that relative paths start from; nil for the current one.
    package func load(_ reference: String, relativeTo base: String? = nil) throws(ScenarioProblem) -> LoadedScenario {
        let path = Self.isPath(reference) ? Self.joined(base, reference) : nil
        let key = path ?? reference
        if let known = loaded.withLock({ $0[key] }) { return known }
        let scenario: LoadedScenario
        if let path { scenario = try loadFile(path) } else { scenario = try loadShipped(reference) }
        loaded.withLock { $0[key] = scenario }
        return scenario
    }

    /// A scenario in memory, for tests and for whoever makes one up. Names that it extends are shipped ones.
    package func load(text: String, name: String = "inline.yaml") throws(ScenarioProblem) -> LoadedScenario {
        try Self.result(
            ScenarioLoader.load(
                name, folder: MemoryFiles(texts: [name: text]), shipped: shipped, fingerprints: fingerprints))
    }

    private func loadShipped(_ name: String) throws(ScenarioProblem) -> LoadedScenario {
        guard shippedNames.contains(name) else { throw .unknown(name, known: shippedNames) }
        return try Self.result(ScenarioLoader.load(shipped: name, from: shipped, fingerprints: fingerprints))
    }

    private func loadFile(_ path: String) throws(ScenarioProblem) -> LoadedScenario {
        do throws(SystemError) {
            let real = try Files.realPath(path)
            guard try !Files.isDirectory(real) else {
                throw SystemError(call: "open", code: 0, subject: path, reason: "it is a folder")
            }
        } catch {
            throw .unreadable(path, reason: error.reason)
        }
        let parts = path.split(separator: "/", omittingEmptySubsequences: false)
        let folder = parts.dropLast().joined(separator: "/")
        return try Self.result(
            ScenarioLoader.load(
                String(parts.last ?? ""), folder: ScenarioFolder(path.hasPrefix("/") && folder.isEmpty ? "/" : folder),
                shipped: shipped, fingerprints: fingerprints))
    }

    private static func result(_ outcome: ScenarioOutcome) throws(ScenarioProblem) -> LoadedScenario {
        switch outcome {
        case .success(let behavior, let warnings): return LoadedScenario(behavior: behavior, warnings: warnings)
        case .failure(let diagnostics): throw .mistakes(diagnostics)
        }
    }

    /// Names have neither a folder nor an extension.
    package static func isPath(_ reference: String) -> Bool {
        reference.contains("/") || [".yaml", ".yml", ".json"].contains { reference.hasSuffix($0) }
    }

    private static func joined(_ base: String?, _ path: String) -> String {
        guard let base, !base.isEmpty, !path.hasPrefix("/") else { return path }
        return base.hasSuffix("/") ? base + path : base + "/" + path
    }
}
