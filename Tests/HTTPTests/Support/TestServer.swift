import HTTP
import Platform

/// Answers with what it was sent: the body as it came, the rest in fields.
struct EchoHandler: HTTPHandler {
    func respond(to request: HTTPRequest) -> HTTPReply { .now(Self.echo(request)) }

    static func echo(_ request: HTTPRequest) -> HTTPResponse {
        var fields = [HTTPField("X-Method", request.method.token), HTTPField("X-Target", request.target)]
        fields.append(HTTPField("X-Listener", request.listener))
        for host in request.headers.all("host") { fields.append(HTTPField("X-Host", host)) }
        if let value = request.headers["x-value"] { fields.append(HTTPField("X-Value", value)) }
        return HTTPResponse(status: 200, headers: fields, body: request.body)
    }
}

/// A handler from a closure.
struct ClosureHandler: HTTPHandler {
    let answer: @Sendable (HTTPRequest) -> HTTPReply

    init(_ answer: @escaping @Sendable (HTTPRequest) -> HTTPReply) { self.answer = answer }

    func respond(to request: HTTPRequest) -> HTTPReply { answer(request) }
}

/// A server on loopback, on a port that the system chose.
struct TestServer {
    let server: HTTPServer
    let port: UInt16

    init(limits: HTTPLimits = HTTPLimits(), loops: Int = 1, _ handler: any HTTPHandler = EchoHandler()) throws {
        var configuration = HTTPServerConfiguration()
        configuration.limits = limits
        configuration.loopCount = loops
        server = try HTTPServer(configuration, listeners: [HTTPListener(handler: handler)])
        port = try server.start()[0].port
    }

    func connect(receiveBuffer: Int32? = nil) throws -> RawConnection {
        try RawConnection(port: port, receiveBuffer: receiveBuffer)
    }

    var endpoint: HTTPEndpoint { HTTPEndpoint(host: "127.0.0.1", port: port) }
}

/// Something that happens once, on another thread, and is waited for.
final class Event: Sendable {
    private let gate = Gate()
    func happen() { gate.open() }
    func wait() { gate.wait() }
}

/// Lets handlers wait until the test says so. They stay on their loop: tests block the threads of the global pool.
final class Latch: Sendable {
    private let state = Lock<(isOpen: Bool, waiting: [CheckedContinuation<Void, Never>])>((false, []))

    nonisolated(nonsending) func wait() async {
        await withCheckedContinuation { continuation in
            let isOpen = state.withLock { state in
                if !state.isOpen { state.waiting.append(continuation) }
                return state.isOpen
            }
            if isOpen { continuation.resume() }
        }
    }

    func open() {
        let waiting = state.withLock { state in
            state.isOpen = true
            defer { state.waiting = [] }
            return state.waiting
        }
        for continuation in waiting { continuation.resume() }
    }
}
