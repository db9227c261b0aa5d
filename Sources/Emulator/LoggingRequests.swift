package import HTTP
package import Logging
import Platform
import ServiceKit

/// Logs one line for each request at level `debug`: what was asked of which world, what came of it, and how long it
/// took. Above that level it costs one comparison.
package struct LoggedHandler: HTTPHandler {
    private let handler: any HTTPHandler
    private let logger: Logger
    private let name: String

    /// - Parameter name: of the listener.
    package init(_ handler: any HTTPHandler, name: String, logger: Logger) {
        self.handler = handler
        self.name = name
        self.logger = logger
    }

    package func respond(to request: consuming HTTPRequest) -> HTTPReply {
        guard logger.logLevel <= .debug else { return handler.respond(to: request) }
        // What answers later keeps it.
        let request = request
        let start = MonotonicClock.now()
        switch handler.respond(to: request) {
        case .now(let response):
            log(request, response, since: start)
            return .now(response)
        case .later(let answer):
            return .later {
                let response = await answer()
                log(request, response, since: start)
                return response
            }
        }
    }

    private func log(_ request: HTTPRequest, _ response: HTTPResponse, since start: Int64) {
        logger.debug(
            "request",
            metadata: [
                "listener": "\(name)", "method": "\(request.method.token)", "path": "\(Self.shown(request.path))",
                "status": "\(response.status)", "world": "\(Self.world(request))",
                "us": "\((MonotonicClock.now() - start) / 1000)",
            ])
    }

    /// The path without its query, which may hold anything; what could be a card number is masked.
    private static func shown(_ path: Substring) -> String {
        var text = CardNumberGuard.masked(PercentCoding.decode(path))
        if text.utf8.count > 200 { text = String(decoding: text.utf8.prefix(200), as: UTF8.self) + "…" }
        return text
    }

    private static func world(_ request: HTTPRequest) -> String {
        guard let name = RequestAddress(request).world else { return WorldRegistry.mainName }
        return WorldRegistry.isName(name) ? CardNumberGuard.masked(name) : "?"
    }
}
