import Emulator
import HTTP
import Logging
import Payments
import Platform
import Processor
import Replays
import TLS

/// A running server on ports that the system chose, stopped when the test is over.
final class LiveServer: Sendable {
    let server: EmulatorServer
    let addresses: EmulatorServer.Addresses
    let log: LogLines

    private static let catalog = ScenarioCatalog(key: [1, 2, 3])

    /// - Parameter text: a scenario in YAML, in place of a shipped one.
    init(
        _ scenario: String = "uat", text: String? = nil, level: Logger.Level = .error, loops: Int = 2,
        tls: TLSServer.Source? = nil, webhookAuthorities: [UInt8]? = nil, catalog: ScenarioCatalog? = nil
    ) throws {
        let catalog = catalog ?? Self.catalog
        let loaded = try text.map { try catalog.load(text: $0) } ?? catalog.load(scenario)
        let log = LogLines()
        var configuration = EmulatorServer.Configuration()
        configuration.port = 0
        configuration.controlPort = 0
        configuration.loops = loops
        configuration.webhookAuthorities = webhookAuthorities
        if let tls {
            configuration.tls = EmulatorServer.SecureListener(tls)
            configuration.tls?.port = 0
        }
        let handler = LineLogHandler(format: .json, level: level, write: { log.append($0) })
        server = try EmulatorServer(
            behavior: loaded.behavior, catalog: catalog, configuration: configuration,
            logger: Logger(label: "test") { _ in handler })
        addresses = try server.start()
        self.log = log
    }

    deinit { server.stop(deadline: .seconds(1)) }

    var services: ReplayServer { ReplayServer(HTTPEndpoint(addresses.services)) }
    var control: ReplayServer { ReplayServer(HTTPEndpoint(addresses.control)) }

    /// Sends one request and returns status and body.
    func get(_ path: String, control isControl: Bool = false) throws -> (status: Int, body: String) {
        let client = HTTPClient(HTTPEndpoint(isControl ? addresses.control : addresses.services))
        let response = try client.send(HTTPRequest(method: .get, target: path), timeout: .seconds(20))
        return (response.status, String(decoding: response.body, as: UTF8.self))
    }
}

/// What was logged, line by line.
final class LogLines: Sendable {
    private let lines = Lock<[String]>([])

    func append(_ line: String) { lines.withLock { $0.append(line) } }

    var all: [String] { lines.withLock { $0 } }
}
