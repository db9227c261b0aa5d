import Payments
import Processor
import Scenarios
import ShippedScenarios
import Testing

/// Scenarios in memory beside the shipped ones.
enum Shipped {
    static let fingerprints = Fingerprinter(key: Array("scenario tests".utf8))
    static let files = LazyFiles(paths: ShippedScenarios.paths, prefix: "scenarios/") { ShippedScenarios.file($0) }

    /// Loads texts as a folder of their own; the scenario is `main.yaml`.
    static func load(_ texts: [String: String], limits: ScenarioLimits = ScenarioLimits()) -> ScenarioOutcome {
        ScenarioLoader.load(
            "main.yaml", folder: MemoryFiles(texts: texts), shipped: files, fingerprints: fingerprints, limits: limits)
    }

    /// Loads the text of `main.yaml` alone.
    static func load(_ text: String) -> ScenarioOutcome { load(["main.yaml": text]) }

    static func uat() throws -> Behavior {
        try #require(ScenarioLoader.load(shipped: "uat", from: files, fingerprints: fingerprints).behavior)
    }
}

extension ScenarioOutcome {
    var behavior: Behavior? {
        guard case .success(let behavior, _) = self else { return nil }
        return behavior
    }

    var diagnostics: [Diagnostic] {
        switch self {
        case .success(_, let warnings): warnings
        case .failure(let diagnostics): diagnostics
        }
    }

    var text: String { diagnostics.map(\.description).joined(separator: "\n") }
}
