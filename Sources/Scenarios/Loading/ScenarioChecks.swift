import Payments
import Processor

/// What only shows when a scenario is complete.
enum ScenarioChecks {
    static func run(_ parts: BehaviorParts, _ draft: ScenarioDraft, _ root: YAMLNode, _ reading: Reading) {
        guard !parts.directory.sites.isEmpty else {
            reading.report(
                .warning, at: root["name"]?.place ?? root.place, "a scenario without sites refuses every request",
                suggestion: "add 'extends: uat' for the shipped ones")
            return
        }
        let missing = Refusal.allCases.filter { parts.refusals[$0] == nil }
        if !missing.isEmpty, !reading.sink.hasErrors {
            reading.report(
                .warning, at: draft.refusalPlace ?? root["name"]?.place ?? root.place,
                "no code for these refusals of the gateway: \(missing.map(\.rawValue).joined(separator: ", "))")
        }
        // Who has no table at all does not use the tokenizer.
        let unnamed = TokenizerFault.allCases.filter { parts.tokenizerErrors.faults[$0] == nil }
        if !unnamed.isEmpty, !parts.tokenizerErrors.codes.isEmpty, !reading.sink.hasErrors {
            reading.report(
                .warning, at: root["tokenizer"]?.place ?? root["name"]?.place ?? root.place,
                "no code for these faults of the tokenizer: \(unnamed.map(\.rawValue).joined(separator: ", "))")
        }
    }
}
