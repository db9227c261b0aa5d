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
    /// There is no encrypted connection: the server's certificate is not trusted, or the handshake failed.
    case insecure(String)
    /// The connection failed in another way than by being closed or reset.
    case failed(SystemError)

    package var description: String {
        switch self {
        case .unreachable(let error): "cannot connect: \(error)"
        case .timedOut: "no complete answer in time"
        case .malformed(let error): "the answer is not valid HTTP: \(error.text)"
        case .insecure(let reason): reason
        case .failed(let error): "the connection failed: \(error)"
        }
    }
}

/// Makes the filter of a new connection to a host; it has to verify that it is that host.
package typealias ClientFilterFactory = @Sendable (_ host: String) throws -> any ByteFilter

/// Talks HTTP/1.1 to one server. Connections are kept and used again, one request at a time on each; several threads
/// may use one client. Nothing is sent twice: when a connection breaks, the answer says so.
package final class HTTPClient: Sendable {
    package let endpoint: HTTPEndpoint
    private let limits: HTTPLimits
    private let receiveBuffer: Int32?
    private let filter: ClientFilterFactory?
    private let idle = Shelf<ClientConnection>(limit: 16)

    /// - Parameters:
    ///   - limits: for what the server may send: head, fields, body. The time-outs of it are not used.
    ///   - filter: for an endpoint that is secure.
    ///   - receiveBuffer: of the kernel, in bytes, for tests.
    package init(
        _ endpoint: HTTPEndpoint, limits: HTTPLimits = HTTPClient.defaultLimits, filter: ClientFilterFactory? = nil,
        receiveBuffer: Int32? = nil
    ) {
        self.endpoint = endpoint
        self.filter = filter
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
        let connection: ClientConnection
        if let kept = takeIdle() { connection = kept } else { connection = try connect(until: deadline) }
        let exchange = ClientExchange(connection, request, limits: limits, deadline: deadline)
        let response = try exchange.run(RequestSerializer.bytes(of: request, to: endpoint))
        if exchange.mayBeReused { idle.put(connection)?.close() } else { connection.close() }
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
        while let connection = idle.take() { connection.close() }
    }

    private func connect(until deadline: Int64) throws(HTTPClientError) -> ClientConnection {
        let connection: ClientConnection
        do throws(SystemError) {
            let addresses = try SocketAddress.resolve(host: endpoint.host, port: endpoint.port)
            connection = ClientConnection(
                try Descriptor.connected(to: addresses, until: deadline, receiveBuffer: receiveBuffer))
        } catch {
            throw error.isTimeout ? .timedOut : .unreachable(error)
        }
        guard endpoint.isSecure else { return connection }
        guard let filter else { throw .insecure("this client cannot talk HTTPS") }
        do {
            try connection.begin(filter(endpoint.host))
        } catch {
            throw .insecure("\(error)")
        }
        return connection
    }

    /// A kept connection on which nothing has happened: if there is something to read, the server has closed it.
    private func takeIdle() -> ClientConnection? {
        while let connection = idle.take() {
            if connection.socket.isQuiet { return connection }
            connection.close()
        }
        return nil
    }
}
