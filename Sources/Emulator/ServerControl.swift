import HTTP
import Inspector
import ServiceKit

/// The control API, with what the composition root knows.
enum ControlPlane {
    static func handler(
        _ worlds: WorldRegistry, _ catalog: ScenarioCatalog, _ configuration: EmulatorServer.Configuration,
        isReady: @escaping @Sendable () -> Bool
    ) -> any HTTPHandler {
        var control = ControlConfiguration()
        control.hosts = [configuration.controlHost] + configuration.controlNames
        control.bodyBytes = configuration.controlBodyBytes
        control.authority = configuration.tls?.certificates.authorityText
        return ControlAPI(
            worlds: worlds, loadScenario: { catalog.find($0) }, configuration: control,
            version: VersionInfo(version: ServerVersion.text), isReady: isReady)
    }
}
