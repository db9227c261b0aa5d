package import HTTP
package import ServiceKit

/// The control API: worlds, their clocks and journals, over HTTP on a port of its own.
///
/// It answers at once, and knows nothing of the emulated services' paths; they know nothing of its paths.
package final class ControlAPI: HTTPHandler {
    let worlds: WorldRegistry
    let loadScenario: ScenarioSource
    let configuration: ControlConfiguration
    let version: VersionInfo
    let isReady: @Sendable () -> Bool
    let access: AccessGuard
    let table: RouteTable

    /// - Parameters:
    ///   - loadScenario: finds the scenario that a request for a new world names.
    ///   - isReady: what `/readyz` says; false while the server is stopping.
    package init(
        worlds: WorldRegistry, loadScenario: @escaping ScenarioSource,
        configuration: ControlConfiguration = ControlConfiguration(), version: VersionInfo,
        isReady: @escaping @Sendable () -> Bool = { true }
    ) {
        self.worlds = worlds
        self.loadScenario = loadScenario
        self.configuration = configuration
        self.version = version
        self.isReady = isReady
        access = AccessGuard(configuration)
        table = RouteTable(Routes.all)
    }

    package func respond(to request: HTTPRequest) -> HTTPReply {
        do throws(ControlFault) {
            return .now(try answer(request).response)
        } catch {
            return .now(ControlAnswer(error).response)
        }
    }

    /// What fails first, answers: place, token, path, method, query, body, and then the route itself.
    private func answer(_ request: HTTPRequest) throws(ControlFault) -> ControlAnswer {
        let result = table.find(request.method, request.path)
        if case .found(let match) = result, match.route.isOpen {
            // Whoever waits for a container asks under whatever name it has there.
        } else {
            try access.checkPlace(request)
            try access.checkToken(request)
        }
        switch result {
        case .found(let match): return try match.route.answer(try ControlCall(request, match, self))
        case .otherMethods(let allowed): throw .methodNotAllowed(request.method.token, allowed: allowed)
        case .unknownPath: throw .unknownPath(String(request.path))
        }
    }
}
