package import Processor

/// Who may drive the control API, and how much it takes.
package struct ControlConfiguration: Sendable {
    /// Host names under which the API may be called besides `localhost`, `127.0.0.1` and `[::1]`; without port, an IPv6
    /// address with brackets or without. Probes may be called under any.
    package var hosts: [String] = []
    /// What clients must show as `Authorization: Bearer …`; nil asks for nothing.
    package var token: String?
    /// The longest request body.
    package var bodyBytes = 65_536
    /// For one page of the journal at most this many entries are looked at.
    package var pageScan = 10_000
    /// A page ends behind the entry with which the bodies in it exceed this many bytes.
    package var pageBytes = 2_097_152
    /// The certificate of the local authority as PEM; nil when certificates come from elsewhere, or none are used.
    package var authority: String?

    package init() {}
}

/// What runs here.
package struct VersionInfo: Hashable, Sendable {
    package var product: String
    package var version: String
    /// The commit it was built from, when that is known.
    package var commit: String?

    package init(product: String = "understudy", version: String, commit: String? = nil) {
        self.product = product
        self.version = version
        self.commit = commit
    }
}

/// Finds the scenario that a request names. Called on an event loop: a scenario that takes long to read is read before.
package typealias ScenarioSource = @Sendable (_ name: String) -> Result<Behavior, ScenarioFault>

/// Why there is no scenario for a new world.
package enum ScenarioFault: Error, Hashable, Sendable {
    case unknown(known: [String])
    /// The files have mistakes; each as `file:line:column: error: …`.
    case broken([String])
}
