import ArgumentParser
import Emulator
import HTTP
import Logging
import Platform
import Processor

struct ServeCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve",
        abstract: "Answers as the payment services would, until it gets SIGTERM or SIGINT.",
        discussion: """
            The first scenario is that of the world 'main'; further ones can be used for worlds that the control API
            makes.
            Without one, the shipped scenario 'uat' is used.

            EXAMPLES
              understudy serve
              understudy serve --scenario declines.yaml --port 0 --control-port 0
              understudy serve --host 0.0.0.0 --log json --log-level info
              understudy serve --tls --data ./data
            """)

    @Option(help: "A scenario file, or the name of a shipped scenario. May be repeated.")
    var scenario: [String] = []

    @Option(help: "Where the emulated services listen.")
    var host = "127.0.0.1"

    @Option(help: "Their port; 0 for any free one.")
    var port: UInt16 = 8080

    @Option(help: "Where the control API listens. Whoever reaches it can change everything.")
    var controlHost = "127.0.0.1"

    @Option(help: "Its port; 0 for any free one.")
    var controlPort: UInt16 = 8081

    @OptionGroup var security: SecurityOptions

    @OptionGroup var http: LimitOptions

    @Option(help: "Takes the place of the scenario's seed.")
    var seed: UInt64?

    @Option(help: "Event loops; one for each core unless said otherwise.")
    var loops: Int?

    @Option(help: "How log lines look, on standard error: text or json.")
    var log: LogFormat = .text

    @Option(help: "The least severe level that is logged: trace, debug (every request), info, notice, warning, error.")
    var logLevel: LogThreshold = .notice

    @Option(help: "Seconds to wait for answers in flight when stopping.")
    var grace: Int = 10

    func validate() throws {
        if let loops, !(1...1024).contains(loops) {
            throw ValidationError("--loops is a number from 1 to 1024.")
        }
        guard (0...3600).contains(grace) else { throw ValidationError("--grace is a number of seconds up to 3600.") }
        if port != 0, port == controlPort, host == controlHost {
            throw ValidationError("--port and --control-port are the same: \(port).")
        }
        try security.validate(otherPorts: [port, controlPort])
    }

    func run() throws {
        let handler = LineLogHandler(format: log, level: logLevel.level)
        let logger = Logger(label: "understudy") { _ in handler }
        let catalog = ScenarioCatalog()
        let scenarios = try (scenario.isEmpty ? [ScenarioCatalog.standard] : scenario).map {
            try Terminal.load($0, from: catalog)
        }
        let behavior = scenarios[0].behavior
        let server = try makeServer(behavior, catalog, try http.limits(), logger)
        let stopping = Stopping()
        let signals = SignalDelivery([.terminate, .interrupt]) { signal in
            if stopping.begin() {
                logger.notice("stopping", metadata: ["signal": "\(signal.name)"])
            } else {
                endProcess(Terminal.Failure.failed.rawValue)
            }
        }
        let addresses = try start(server)
        announce(behavior, addresses, server)
        stopping.wait()
        server.stop(deadline: .seconds(grace), waitsForKeys: false)
        withExtendedLifetime(signals) {}
        endProcess(0)
    }

    private func makeServer(
        _ behavior: Behavior, _ catalog: ScenarioCatalog, _ limits: HTTPLimits, _ logger: Logger
    ) throws(ExitCode) -> EmulatorServer {
        var configuration = EmulatorServer.Configuration()
        configuration.host = host
        configuration.port = port
        configuration.controlHost = controlHost
        configuration.controlPort = controlPort
        configuration.seed = seed
        if let loops { configuration.loops = loops }
        configuration.limits = limits
        configuration.tls = try security.listener(host: host)
        do throws(ServerStartFault) {
            return try EmulatorServer(
                behavior: behavior, catalog: catalog, configuration: configuration, logger: logger)
        } catch {
            throw Terminal.failure(.unavailable, "understudy: cannot start: \(error)")
        }
    }

    private func start(_ server: EmulatorServer) throws(ExitCode) -> EmulatorServer.Addresses {
        do throws(HTTPServerError) {
            return try server.start()
        } catch {
            server.stop(deadline: .zero)
            var text = "understudy: \(error)"
            if error.isAddressInUse || error.reason.isAccessDenied {
                let option =
                    switch error.listener {
                    case "control": "--control-port"
                    case "services": "--port"
                    default: "--tls-port"
                    }
                text += "\nchoose another port with \(option), or any free one with \(option) 0"
            }
            throw Terminal.failure(.unavailable, text)
        }
    }

    private func announce(_ behavior: Behavior, _ addresses: EmulatorServer.Addresses, _ server: EmulatorServer) {
        let base = "http://\(addresses.services)"
        Terminal.print("understudy \(ServerVersion.text), scenario \(behavior.name)")
        Terminal.print("listening on \(base)")
        if let secure = addresses.secure { Terminal.print("listening on https://\(secure)") }
        Terminal.print("control API on http://\(addresses.control)")
        if let curl = server.exampleRequest(addresses) { Terminal.print("try: \(curl)") }
    }
}

/// Waits for the first signal.
private final class Stopping: Sendable {
    private let gate = Gate()
    private let hasBegun = Lock(false)

    /// - Returns: false when it had begun before.
    func begin() -> Bool {
        let isFirst = hasBegun.withLock { begun in
            defer { begun = true }
            return !begun
        }
        gate.open()
        return isFirst
    }

    func wait() { gate.wait() }
}

extension LogFormat: ExpressibleByArgument {}

/// The levels of swift-log, as an option.
enum LogThreshold: String, CaseIterable, ExpressibleByArgument {
    case trace, debug, info, notice, warning, error, critical

    var level: Logger.Level {
        switch self {
        case .trace: .trace
        case .debug: .debug
        case .info: .info
        case .notice: .notice
        case .warning: .warning
        case .error: .error
        case .critical: .critical
        }
    }
}
