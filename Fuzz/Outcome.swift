import Scenarios

/// A scenario loads, or there is a diagnostic with a place.
func check(_ outcome: ScenarioOutcome) {
    switch outcome {
    case .success: break
    case .failure(let diagnostics):
        precondition(!diagnostics.isEmpty, "a scenario loads or says why not")
        for diagnostic in diagnostics {
            precondition(diagnostic.line >= 1 && diagnostic.column >= 1 && !diagnostic.description.isEmpty)
        }
    }
}
