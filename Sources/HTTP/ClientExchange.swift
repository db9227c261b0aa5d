import Platform

/// A connection of the client: the socket, and TLS where it is used. One thread at a time has it.
final class ClientConnection {
    let socket: Descriptor
    private(set) var filter: (any ByteFilter)?
    /// What has to be sent, as it goes over the wire; `sent` of it has been.
    var wire: [UInt8] = []
    var sent = 0

    init(_ socket: Descriptor) { self.socket = socket }

    func begin(_ filter: any ByteFilter) throws {
        self.filter = filter
        try filter.begin(wire: &wire)
    }

    /// Says farewell, if that is possible without waiting, and closes.
    func close() {
        if let filter {
            var farewell: [UInt8] = []
            filter.finish(wire: &farewell)
            if sent == wire.count, !farewell.isEmpty { _ = farewell.withUnsafeBytes { socket.send($0) } }
        }
        socket.close()
    }
}

/// One request and its answer on one connection.
final class ClientExchange {
    private let connection: ClientConnection
    private let deadline: Int64
    private var parser: HTTPResponseParser
    private(set) var mayBeReused = false
    /// The request, while it has not been given to the connection.
    private var request: [UInt8]?

    init(_ connection: ClientConnection, _ request: HTTPRequest, limits: HTTPLimits, deadline: Int64) {
        self.connection = connection
        self.deadline = deadline
        parser = HTTPResponseParser(method: request.method, limits: limits)
    }

    private var isSent: Bool { request == nil && connection.sent == connection.wire.count }

    /// Reads while it writes: a server may answer (413, for one) before it has taken the whole request.
    func run(_ bytes: [UInt8]) throws(HTTPClientError) -> HTTPClientResponse {
        request = bytes
        var buffer = [UInt8](repeating: 0, count: 16_384)
        while true {
            try send()
            switch buffer.withUnsafeMutableBytes({ connection.socket.receive(into: $0) }) {
            case .bytes(let count):
                if let response = try receive(buffer.span.extracting(0..<count)) { return response }
            case .ended: return try end(reset: false)
            case .failed(let error):
                guard error.isReset else { throw .failed(error) }
                return try end(reset: true)
            case .wouldBlock: try wait()
            }
        }
    }

    /// Sends what fits; the request once the connection is ready for it.
    private func send() throws(HTTPClientError) {
        if let bytes = request, connection.filter?.isEstablished ?? true {
            request = nil
            if let filter = connection.filter {
                do {
                    try filter.send(bytes.span, wire: &connection.wire)
                } catch {
                    throw .insecure("\(error)")
                }
            } else {
                connection.wire = bytes
            }
        }
        while connection.sent < connection.wire.count {
            let result = connection.wire.withUnsafeBytes {
                connection.socket.send(UnsafeRawBufferPointer(rebasing: $0[connection.sent...]))
            }
            switch result {
            case .bytes(let count): connection.sent += count
            case .wouldBlock: return
            case .ended: preconditionFailure("send does not see the end")
            case .failed(let error):
                // The answer may be there all the same.
                guard error.isReset else { throw .failed(error) }
                connection.sent = connection.wire.count
            }
        }
        connection.wire.removeAll(keepingCapacity: true)
        connection.sent = 0
    }

    private func receive(_ bytes: Span<UInt8>) throws(HTTPClientError) -> HTTPClientResponse? {
        guard let filter = connection.filter else { return try feed(bytes) }
        var plain: [UInt8] = []
        do {
            try filter.receive(bytes, plain: &plain, wire: &connection.wire)
        } catch {
            // The server hears why, as far as that is possible.
            try send()
            throw .insecure("\(error)")
        }
        if let response = try feed(plain.span) { return response }
        return filter.peerHasEnded ? try end(reset: false) : nil
    }

    private func feed(_ bytes: Span<UInt8>) throws(HTTPClientError) -> HTTPClientResponse? {
        // A handshake brings no bytes of an answer.
        if bytes.isEmpty { return nil }
        var cursor = 0
        switch parser.feed(bytes, &cursor) {
        case .needsMoreBytes: return nil
        case .message(let response):
            // Bytes that nobody asked for make the next answer uncertain.
            mayBeReused =
                parser.keepsAlive && isSent && cursor == bytes.count && connection.filter?.peerHasEnded != true
            return response
        case .failed(let error): throw .malformed(error)
        }
    }

    private func end(reset: Bool) throws(HTTPClientError) -> HTTPClientResponse {
        guard let filter = connection.filter else { return parser.end(reset: reset) }
        guard filter.isEstablished else {
            throw .insecure("TLS: the server ended the connection during the handshake")
        }
        var response = parser.end(reset: reset)
        // Without a farewell, somebody on the way may have cut the answer (RFC 9112 §9.8).
        if !filter.peerHasEnded, response.ending == .complete { response.ending = .truncated }
        return response
    }

    private func wait() throws(HTTPClientError) {
        let isReady: Bool
        do throws(SystemError) {
            isReady = try connection.socket.wait(
                input: true, output: connection.sent < connection.wire.count, until: deadline)
        } catch {
            throw .failed(error)
        }
        guard isReady else { throw .timedOut }
    }
}
