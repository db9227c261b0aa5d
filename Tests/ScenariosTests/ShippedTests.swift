import Payments
import Processor
import Scenarios
import ShippedScenarios
import Testing

@Suite("Shipped scenarios")
struct ShippedTests {
    /// Files below `uat/` and `fluidpay/` are parts of it.
    static let scenarios = ShippedScenarios.paths.filter {
        $0.hasSuffix(".yaml") && !$0.hasPrefix("uat/") && !$0.hasPrefix("fluidpay/")
    }

    @Test("load without a word", arguments: scenarios)
    func load(_ path: String) {
        let outcome = ScenarioLoader.load(
            path, folder: Shipped.files, shipped: Shipped.files, fingerprints: Shipped.fingerprints)
        #expect(outcome.text == "")
        #expect(outcome.behavior != nil)
    }

    @Test("there are enough of them")
    func count() {
        #expect(Self.scenarios.contains("uat.yaml"))
        #expect(Self.scenarios.filter { $0.hasPrefix("examples/") }.count >= 5)
    }
}
