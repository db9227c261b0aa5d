import Emulator
import HTTP
import JSON
import Logging
import Payments
import Platform
import Processor
import Testing

/// A whole server on free ports, for what only the control API can do; its clock stands still.
final class TableServer {
    private let server: EmulatorServer
    private let control: HTTPClient

    var emulator: Emulator { server.emulator }

    init(_ scenario: String) throws {
        let catalog = ScenarioCatalog(key: [1, 2, 3])
        let text = """
            understudy: scenario/1
            name: frozen
            extends: \(scenario)
            clock: { mode: frozen, start: "2030-01-02T10:00:00-05:00" }

            """
        var configuration = EmulatorServer.Configuration()
        configuration.port = 0
        configuration.controlPort = 0
        configuration.loops = 1
        let logger = Logger(label: "tests") { _ in SwiftLogNoOpLogHandler() }
        server = try EmulatorServer(
            behavior: try catalog.load(text: text).behavior, catalog: catalog, configuration: configuration,
            logger: logger)
        control = HTTPClient(HTTPEndpoint(try server.start().control))
    }

    func createWorld(_ name: String) throws {
        let body: JSONValue = ["name": .string(name)]
        let request = HTTPRequest(
            method: .post, target: "/v1/worlds", headers: ["Content-Type": "application/json"], body: body.serialized())
        let answer = try control.send(request, timeout: .seconds(60))
        try #require(answer.status == 201, "\(String(decoding: answer.body, as: UTF8.self))")
    }

    deinit { server.stop(deadline: .seconds(5)) }
}
