package import Inspector
import Platform
package import Processor

extension ScenarioCatalog {
    /// For worlds that the control API makes: shipped names, and the paths and names of what has been loaded.
    package func find(_ name: String) -> Result<Behavior, ScenarioFault> {
        let (byKey, all) = loaded.withLock { ($0[name], $0) }
        if let byKey { return .success(byKey.behavior) }
        if let named = all.sorted(by: { $0.key < $1.key }).first(where: { $0.value.behavior.name == name }) {
            return .success(named.value.behavior)
        }
        guard shippedNames.contains(name) else {
            return .failure(.unknown(known: Set(shippedNames + all.keys).sorted()))
        }
        do throws(ScenarioProblem) {
            return .success(try load(name).behavior)
        } catch {
            return .failure(.broken([error.description]))
        }
    }
}
