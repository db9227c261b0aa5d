import HTTP
import Platform
import TLS

/// The HTTP server with a handler that does nothing, for `Benchmarks/run`: what the server itself costs.
///
///     benchmark-server BODY-FILE [CERTIFICATE KEY]
///
/// One event loop on loopback; `/async` is answered by an asynchronous handler, every other path by a synchronous one.
/// Prints its ports, plain and TLS, and ends with SIGTERM.
@main
struct BenchmarkServer {
    static func main() throws {
        let arguments = CommandLine.arguments
        guard arguments.count == 2 || arguments.count == 4 else {
            StandardStream.error.write("usage: benchmark-server BODY-FILE [CERTIFICATE KEY]\n")
            endProcess(64)
        }
        let handler = FixedBody(body: try Files.read(arguments[1], limit: 1 << 20))
        var listeners = [HTTPListener(name: "plain", handler: handler)]
        if arguments.count == 4 {
            let identity = try Identity.read(certificate: arguments[2], key: arguments[3])
            let tls = try TLSServer(.own(identity))
            listeners.append(HTTPListener(name: "tls", handler: handler, filter: { try tls.filter($0) }))
        }
        var configuration = HTTPServerConfiguration()
        configuration.loopCount = 1
        let server = try HTTPServer(configuration, listeners: listeners)
        let ended = Gate()
        let signals = SignalDelivery([.terminate, .interrupt]) { _ in ended.open() }
        let ports = try server.start().map { "\($0.port)" }
        StandardStream.output.write(ports.joined(separator: " ") + "\n")
        ended.wait()
        server.stopAndWait(deadline: .seconds(1))
        signals.cancel()
    }
}

private struct FixedBody: HTTPHandler {
    let body: [UInt8]

    func respond(to request: HTTPRequest) -> HTTPReply {
        guard request.target != "/async" else { return .later { response } }
        return .now(response)
    }

    private var response: HTTPResponse {
        HTTPResponse(status: 200, headers: [HTTPField("Content-Type", "application/json")], body: body)
    }
}
