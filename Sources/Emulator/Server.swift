import Compression
package import HTTP
import Inspector
package import Logging
import Payments
import Platform
package import Processor
import ServiceKit
import Synchronization
package import TLS

/// The product behind sockets: the emulated services on one port, the control API on another, on shared event loops.
package final class EmulatorServer: Sendable {
    package struct Configuration: Sendable {
        package var host = "127.0.0.1"
        /// 0 lets the system choose.
        package var port: UInt16 = 8080
        package var controlHost = "127.0.0.1"
        package var controlPort: UInt16 = 8081
        /// Further names under which clients may call the control API; without port.
        package var controlNames: [String] = []
        /// The longest body of a request to the control API.
        package var controlBodyBytes = ControlConfiguration().bodyBytes
        /// Takes the place of the scenario's.
        package var seed: UInt64?
        package var loops = EventLoopGroup.coreCount
        package var limits = HTTPLimits()
        /// HTTPS for the services, besides plain HTTP; nil for none.
        package var tls: SecureListener?
        /// PEM of whom the https addresses of webhooks are signed by; nil: the system's.
        package var webhookAuthorities: [UInt8]?

        package init() {}
    }

    /// The services once more, over TLS.
    package struct SecureListener: Sendable {
        package var host = "127.0.0.1"
        package var port: UInt16 = 8443
        package var certificates: TLSServer.Source

        package init(_ certificates: TLSServer.Source) { self.certificates = certificates }
    }

    /// Where the two listeners can be reached.
    package struct Addresses: Sendable {
        package let services: HTTPBoundAddress
        package let control: HTTPBoundAddress
        package let secure: HTTPBoundAddress?
    }

    package let emulator: Emulator
    private let loops: EventLoopGroup
    private let server: HTTPServer
    private let logger: Logger
    private let readiness: Readiness
    private let preparations: Preparations

    /// Whether requests are taken: between start and stop.
    private final class Readiness: Sendable {
        private let value = Atomic<Bool>(false)
        var isReady: Bool { value.load(ordering: .acquiring) }
        func set(_ isReady: Bool) { value.store(isReady, ordering: .releasing) }
    }

    /// Starts the event loops; nothing listens yet.
    ///
    /// - Parameters:
    ///   - behavior: the scenario of the world `main`.
    ///   - catalog: where the control API finds scenarios for new worlds.
    /// - Throws: ``ServerStartFault`` when there are not enough descriptors, or a certificate cannot be used.
    package init(
        behavior: Behavior, catalog: ScenarioCatalog, configuration: Configuration = Configuration(), logger: Logger
    ) throws(ServerStartFault) {
        let secure = try configuration.tls.map { tls throws(ServerStartFault) in try SecureServices.make(tls, logger) }
        let loops: EventLoopGroup
        do throws(SystemError) {
            loops = try EventLoopGroup(count: configuration.loops)
        } catch {
            throw .system(error)
        }
        let timers = loops.timers
        let emulator = Emulator(
            behavior: behavior, seed: configuration.seed,
            realTime: { Instant(nanoseconds: SystemClock.now()) },
            appointments: { duration, work in
                let timer = timers.schedule(after: duration, work)
                return { timer.cancel() }
            },
            webhooks: WebhookSender(authorities: configuration.webhookAuthorities))
        let readiness = Readiness()
        let preparations = Preparations(emulator)
        let control = PreparingControl(
            control: ControlPlane.handler(emulator.worlds, catalog, configuration) { readiness.isReady },
            emulator: emulator, preparations: preparations)
        let http = Self.http(configuration)
        /// Logged is what the services see: decoded, and not yet compressed.
        func outer(_ handler: any HTTPHandler, _ name: String) -> any HTTPHandler {
            CodingHandler(
                LoggedHandler(handler, name: name, logger: logger), bodyBytes: configuration.limits.bodyBytes,
                errorBody: http.errorBody)
        }
        let services = outer(emulator, "services")
        var listeners = [
            HTTPListener(name: "services", host: configuration.host, port: configuration.port, handler: services),
            HTTPListener(
                name: "control", host: configuration.controlHost, port: configuration.controlPort,
                handler: outer(control, "control")),
        ]
        if let secure, let tls = configuration.tls {
            listeners.append(
                HTTPListener(
                    name: SecureServices.listenerName, host: tls.host, port: tls.port, handler: services,
                    filter: { try secure.filter($0) }))
        }
        do throws(SystemError) {
            server = try HTTPServer(http, listeners: listeners, loops: loops)
        } catch {
            loops.stop()
            throw .system(error)
        }
        self.emulator = emulator
        self.preparations = preparations
        self.loops = loops
        self.logger = logger
        self.readiness = readiness
    }

    private static func http(_ configuration: Configuration) -> HTTPServerConfiguration {
        var http = HTTPServerConfiguration()
        http.limits = configuration.limits
        http.loopCount = configuration.loops
        return http
    }

    /// Listens on all ports. Clients can connect as soon as it returns.
    ///
    /// - Throws: ``HTTPServerError`` that names the port; then nothing listens.
    package func start() throws(HTTPServerError) -> Addresses {
        let bound = try server.start()
        readiness.set(true)
        preparations.begin(emulator.worlds.main.behavior)
        logger.info("listening", metadata: ["services": "\(bound[0])", "control": "\(bound[1])"])
        return Addresses(services: bound[0], control: bound[1], secure: bound.count > 2 ? bound[2] : nil)
    }

    /// A `curl` command to try; nil when the scenario has nothing to try it with.
    package func exampleRequest(_ addresses: Addresses) -> String? {
        let world = emulator.worlds.main
        return ServerExample.curl(world.behavior, base: "http://\(addresses.services)", now: world.now)
    }

    /// Stops accepting, finishes what is in flight, closes. Blocks: never call it on an event loop.
    ///
    /// - Parameters:
    ///   - deadline: what is not finished by then is cancelled.
    ///   - waitsForKeys: whether to wait for keys that are still being made, some tenths of a second after the start or
    ///     after a new world. Without it the process must end by ``endProcess(_:)``: `exit` would take the libraries'
    ///     memory from under that thread (signal 11).
    /// - Returns: whether everything was finished in time.
    @discardableResult
    package func stop(deadline: Duration, waitsForKeys: Bool = true) -> Bool {
        readiness.set(false)
        let isAnswered = server.stopAndWait(deadline: deadline)
        let isClean = emulator.stopWebhooks(atMost: deadline) && isAnswered
        loops.stop()
        loops.waitUntilEnded()
        if waitsForKeys { preparations.wait() }
        logger.info("stopped", metadata: ["clean": "\(isClean)"])
        return isClean
    }
}
