import Arguments
import Emulator
import HTTP
import Logging
import Platform
import Processor

struct ServeCommand: Subcommand {
    static let description = CommandDescription(
        "serve",
        "Answers as the payment services would, until it gets SIGTERM or SIGINT.",
        discussion: """
            The first scenario is that of the world 'main'; further ones can be used for worlds that the control API
            makes.
            Without one, the shipped scenario 'uat' is used.

            EXAMPLES
              understudy serve
              understudy serve --scenario declines.yaml --port 0 --control-port 0
              understudy serve --host 0.0.0.0 --log json --log-level info
              understudy serve --tls --data ./data
            """,
        parameters: [
            scenario.description, host.description, port.description, controlHost.description, controlPort.description,
            controlName.description,
        ] + SecurityOptions.parameters + LimitOptions.parameters + [
            seed.description, loops.description, log.description, logLevel.description, grace.description,
        ])

    static let scenario = Parameter.repeatedOption(
        "scenario", "A scenario file, or the name of a shipped scenario. May be repeated.")
    static let host = Parameter.option("host", default: "127.0.0.1", "Where the emulated services listen.")
    static let port = Parameter<UInt16>.option("port", default: 8080, "Their port; 0 for any free one.")
    static let controlHost = Parameter.option(
        "control-host", default: "127.0.0.1",
        "Where the control API listens. Whoever reaches it can change everything.")
    static let controlPort = Parameter<UInt16>.option("control-port", default: 8081, "Its port; 0 for any free one.")
    static let controlName = Parameter.repeatedOption(
        "control-name", valueName: "name",
        "A host name under which clients may call it besides localhost. May be repeated.")
    static let seed = Parameter<UInt64?>.option("seed", "Takes the place of the scenario's seed.")
    static let loops = Parameter<Int?>.option("loops", "Event loops; one for each core unless said otherwise.")
    static let log = Parameter<LogFormat>.option(
        "log", default: .text, "How log lines look, on standard error: text or json.")
    static let logLevel = Parameter<LogThreshold>.option(
        "log-level", default: .notice,
        "The least severe level that is logged: trace, debug (every request), info, notice, warning, error.")
    static let grace = Parameter.option("grace", default: 10, "Seconds to wait for answers in flight when stopping.")

    private let scenario: [String]
    private let host: String
    private let port: UInt16
    private let controlHost: String
    private let controlPort: UInt16
    private let controlNames: [String]
    private let security: SecurityOptions
    private let limits: LimitOptions
    private let seed: UInt64?
    private let loops: Int?
    private let log: LogFormat
    private let logLevel: LogThreshold
    private let grace: Int

    init(_ arguments: ParsedArguments) throws(Misuse) {
        scenario = arguments[Self.scenario]
        host = arguments[Self.host]
        port = arguments[Self.port]
        controlHost = arguments[Self.controlHost]
        controlPort = arguments[Self.controlPort]
        controlNames = arguments[Self.controlName]
        security = SecurityOptions(arguments)
        limits = try LimitOptions(arguments)
        seed = arguments[Self.seed]
        loops = arguments[Self.loops]
        log = arguments[Self.log]
        logLevel = arguments[Self.logLevel]
        grace = arguments[Self.grace]
        try validate()
    }

    private func validate() throws(Misuse) {
        if let loops, !(1...1024).contains(loops) {
            throw Misuse("--loops is a number from 1 to 1024.")
        }
        guard (0...3600).contains(grace) else { throw Misuse("--grace is a number of seconds up to 3600.") }
        if port != 0, port == controlPort, host == controlHost {
            throw Misuse("--port and --control-port are the same: \(port).")
        }
        for name in controlNames where name.isEmpty || !name.utf8.allSatisfy(Self.mayBeInName) {
            throw Misuse("--control-name \(name): a host name without port is needed.")
        }
        try security.validate(otherPorts: [port, controlPort])
    }

    private static func mayBeInName(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"):
            true
        default: false
        }
    }

    func run() throws(ExitCode) {
        let handler = LineLogHandler(format: log, level: logLevel.level)
        let logger = Logger(label: "understudy") { _ in handler }
        let catalog = ScenarioCatalog()
        let scenarios = try (scenario.isEmpty ? [ScenarioCatalog.standard] : scenario).map {
            reference throws(ExitCode) in try Terminal.load(reference, from: catalog)
        }
        let behavior = scenarios[0].behavior
        let server = try makeServer(behavior, catalog, logger)
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
        _ behavior: Behavior, _ catalog: ScenarioCatalog, _ logger: Logger
    ) throws(ExitCode) -> EmulatorServer {
        var configuration = EmulatorServer.Configuration()
        configuration.host = host
        configuration.port = port
        configuration.controlHost = controlHost
        configuration.controlPort = controlPort
        configuration.seed = seed
        if let loops { configuration.loops = loops }
        configuration.limits = httpLimits(loops: configuration.loops, logger)
        configuration.controlNames = controlNames
        configuration.controlBodyBytes = limits.controlBodyBytes
        configuration.tls = try security.listener(host: host, certificates: limits.certificates)
        do throws(ServerStartFault) {
            return try EmulatorServer(
                behavior: behavior, catalog: catalog, configuration: configuration, logger: logger)
        } catch {
            throw Terminal.failure(.unavailable, "understudy: cannot start: \(error)")
        }
    }

    /// The limits of HTTP, with fewer connections where the system gives too few descriptors for them.
    private func httpLimits(loops: Int, _ logger: Logger) -> HTTPLimits {
        let asked = limits.http
        guard let descriptors = DescriptorLimit.raise(to: asked.descriptors(loops: loops)) else { return asked }
        let fitting = asked.fitting(descriptors: descriptors, loops: loops)
        if fitting.connections < asked.connections {
            logger.warning(
                "too few descriptors for all connections",
                metadata: ["descriptors": "\(descriptors)", "connections": "\(fitting.connections)"])
        }
        return fitting
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

extension LogFormat: OptionValue {}

/// The levels of swift-log, as an option.
enum LogThreshold: String, CaseIterable, OptionValue {
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
