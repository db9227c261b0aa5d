package import Platform
import Synchronization

/// Why there is no answer at all, not even a broken one.
package enum HTTPClientError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The name is unknown, or nobody listens there.
    case unreachable(SystemError)
    /// The deadline passed. What had come is thrown away.
    case timedOut
    /// The answer is not HTTP/1.
    case malformed(HTTPParseError)
    /// The connection failed in another way than by being closed or reset.
    case failed(SystemError)

    package var description: String {
        switch self {
        case .unreachable(let error): "cannot connect: \(error)"
        case .timedOut: "no complete answer in time"
        case .malformed(let error): "the answer is not valid HTTP: \(error.text)"
        case .failed(let error): "the connection failed: \(error)"
        }
    }
}

/// Talks HTTP/1.1 to one server. Connections are kept and used again, one request at a time on each; several threads
/// may use one client. Nothing is sent twice: when a connection breaks, the answer says so.
package final class HTTPClient: Sendable {
    package let endpoint: HTTPEndpoint
    private let limits: HTTPLimits
    private let receiveBuffer: Int32?
    private let idle = Lock<[Descriptor]>([])
    private static let idleLimit = 16

    /// - Parameters:
    ///   - limits: for what the server may send: head, fields, body. The time-outs of it are not used.
    ///   - receiveBuffer: of the kernel, in bytes, for tests.
    package init(_ endpoint: HTTPEndpoint, limits: HTTPLimits = HTTPClient.defaultLimits, receiveBuffer: Int32? = nil) {
        self.endpoint = endpoint
        self.limits = limits
        self.receiveBuffer = receiveBuffer
    }

    /// Like a server's, but bodies up to 64 MiB.
    package static var defaultLimits: HTTPLimits {
        var limits = HTTPLimits()
        limits.bodyBytes = 67_108_864
        return limits
    }

    /// Sends a request and waits for the answer. Blocks the calling thread: never call it on an event loop.
    ///
    /// `Host` and `Content-Length` are added unless the request has them.
    ///
    /// - Parameter timeout: for everything, from name resolution to the last byte.
    /// - Throws: ``HTTPClientError`` when there is nothing that could be called an answer. A connection that is
    ///   dropped, cut short or reset is one: see ``HTTPClientResponse/ending``.
    package func send(_ request: HTTPRequest, timeout: Duration) throws(HTTPClientError) -> HTTPClientResponse {
        let deadline = MonotonicClock.now().advanced(by: timeout)
        let socket: Descriptor
        if let kept = takeIdle() { socket = kept } else { socket = try connect(until: deadline) }
        let exchange = ClientExchange(socket, request, limits: limits, deadline: deadline)
        let response = try exchange.run(RequestSerializer.bytes(of: request, to: endpoint))
        if exchange.mayBeReused { keep(socket) } else { socket.close() }
        return response
    }

    /// ``send(_:timeout:)`` on a thread that may block; the caller is suspended and goes on where it was.
    package nonisolated(nonsending) func response(
        to request: HTTPRequest, timeout: Duration
    ) async throws(HTTPClientError) -> HTTPClientResponse {
        try await BlockingWork.run { () throws(HTTPClientError) in
            try self.send(request, timeout: timeout)
        }
    }

    /// Closes the connections that are kept. Requests that are on their way are not disturbed.
    package func close() {
        let sockets = idle.withLock { idle in
            defer { idle = [] }
            return idle
        }
        for socket in sockets { socket.close() }
    }

    private func connect(until deadline: Int64) throws(HTTPClientError) -> Descriptor {
        do throws(SystemError) {
            let addresses = try SocketAddress.resolve(host: endpoint.host, port: endpoint.port)
            return try Descriptor.connected(to: addresses, until: deadline, receiveBuffer: receiveBuffer)
        } catch {
            throw error.isTimeout ? .timedOut : .unreachable(error)
        }
    }

    /// A kept connection on which nothing has happened: if there is something to read, the server has closed it.
    private func takeIdle() -> Descriptor? {
        while let socket = idle.withLock({ $0.popLast() }) {
            if socket.isQuiet { return socket }
            socket.close()
        }
        return nil
    }

    private func keep(_ socket: Descriptor) {
        let isKept = idle.withLock { idle in
            guard idle.count < Self.idleLimit else { return false }
            idle.append(socket)
            return true
        }
        if !isKept { socket.close() }
    }
}

/// One request and its answer on one connection.
private final class ClientExchange {
    private let socket: Descriptor
    private let deadline: Int64
    private var parser: HTTPResponseParser
    private(set) var mayBeReused = false

    init(_ socket: Descriptor, _ request: HTTPRequest, limits: HTTPLimits, deadline: Int64) {
        self.socket = socket
        self.deadline = deadline
        parser = HTTPResponseParser(method: request.method, limits: limits)
    }

    /// Reads while it writes: a server may answer (413, for one) before it has taken the whole request.
    func run(_ bytes: [UInt8]) throws(HTTPClientError) -> HTTPClientResponse {
        var sent = 0
        var buffer = [UInt8](repeating: 0, count: 16_384)
        while true {
            if sent < bytes.count {
                switch bytes.withUnsafeBytes({ socket.send(UnsafeRawBufferPointer(rebasing: $0[sent...])) }) {
                case .bytes(let count): sent += count
                case .wouldBlock: break
                case .ended: preconditionFailure("send does not see the end")
                case .failed(let error):
                    // The answer may be there all the same.
                    guard error.isReset else { throw .failed(error) }
                    sent = bytes.count
                }
            }
            switch buffer.withUnsafeMutableBytes({ socket.receive(into: $0) }) {
            case .bytes(let count):
                if let response = try feed(buffer.span.extracting(0..<count), isSent: sent == bytes.count) {
                    return response
                }
            case .ended: return parser.end(reset: false)
            case .failed(let error):
                guard error.isReset else { throw .failed(error) }
                return parser.end(reset: true)
            case .wouldBlock: try wait(sending: sent < bytes.count)
            }
        }
    }

    private func feed(_ bytes: Span<UInt8>, isSent: Bool) throws(HTTPClientError) -> HTTPClientResponse? {
        var cursor = 0
        switch parser.feed(bytes, &cursor) {
        case .needsMoreBytes: return nil
        case .message(let response):
            // Bytes that nobody asked for make the next answer uncertain.
            mayBeReused = parser.keepsAlive && isSent && cursor == bytes.count
            return response
        case .failed(let error): throw .malformed(error)
        }
    }

    private func wait(sending: Bool) throws(HTTPClientError) {
        let isReady: Bool
        do throws(SystemError) {
            isReady = try socket.wait(input: true, output: sending, until: deadline)
        } catch {
            throw .failed(error)
        }
        guard isReady else { throw .timedOut }
    }
}
