import HTTP
import Platform

/// A client that sends exactly the bytes it is told to.
final class RawConnection {
    /// Far longer than anything takes: reached only when the server has a bug.
    static let patience = Duration.seconds(30)

    enum Failure: Error {
        case timedOut
        case malformed(HTTPParseError)
        case system(SystemError)
    }

    let socket: Descriptor
    private(set) var unread: [UInt8] = []
    /// TLS; nil on a plain connection.
    private let filter: (any ByteFilter)?
    private let deadline = MonotonicClock.now().advanced(by: RawConnection.patience)

    init(
        host: String = "127.0.0.1", port: UInt16, receiveBuffer: Int32? = nil, filter: (any ByteFilter)? = nil
    ) throws {
        let addresses = try SocketAddress.resolve(host: host, port: port)
        socket = try Descriptor.connected(to: addresses, until: deadline, receiveBuffer: receiveBuffer)
        self.filter = filter
        guard let filter else { return }
        var wire: [UInt8] = []
        try filter.begin(wire: &wire)
        try sendWire(wire)
        while !filter.isEstablished, try receive() == nil {}
    }

    func send(_ text: String) throws { try send(Array(text.utf8)) }

    func send(_ bytes: [UInt8]) throws {
        guard let filter else { return try sendWire(bytes) }
        var wire: [UInt8] = []
        try filter.send(bytes.span, wire: &wire)
        try sendWire(wire)
    }

    /// Says that nothing more will be sent: FIN, and before it the farewell of TLS.
    func endSending() throws {
        if let filter {
            var wire: [UInt8] = []
            filter.finish(wire: &wire)
            try sendWire(wire)
        }
        socket.endSending()
    }

    private func sendWire(_ bytes: [UInt8]) throws {
        var sent = 0
        while sent < bytes.count {
            switch bytes.withUnsafeBytes({ socket.send(UnsafeRawBufferPointer(rebasing: $0[sent...])) }) {
            case .bytes(let count): sent += count
            case .wouldBlock:
                guard try socket.wait(input: false, output: true, until: deadline) else { throw Failure.timedOut }
            case .ended: preconditionFailure("send does not see the end")
            case .failed(let error): throw Failure.system(error)
            }
        }
    }

    /// Sends what the kernel takes without waiting.
    ///
    /// - Returns: how many bytes that were.
    func sendWhatFits(_ bytes: [UInt8]) throws -> Int {
        switch bytes.withUnsafeBytes({ socket.send($0) }) {
        case .bytes(let count): return count
        case .wouldBlock: return 0
        case .ended: preconditionFailure("send does not see the end")
        case .failed(let error): throw Failure.system(error)
        }
    }

    /// How the server's side ended.
    enum End: Hashable { case closed, reset }

    /// Receives until there are bytes or the end; nil means bytes.
    private func receive() throws -> End? {
        var buffer = [UInt8](repeating: 0, count: 65_536)
        while true {
            switch buffer.withUnsafeMutableBytes({ socket.receive(into: $0) }) {
            case .bytes(let count):
                guard let filter else {
                    unread.append(contentsOf: buffer[..<count])
                    return nil
                }
                var wire: [UInt8] = []
                try filter.receive(buffer.span.extracting(0..<count), plain: &unread, wire: &wire)
                if !wire.isEmpty { try sendWire(wire) }
                return nil
            case .wouldBlock:
                guard try socket.wait(input: true, output: false, until: deadline) else { throw Failure.timedOut }
            case .ended: return .closed
            case .failed(let error):
                guard error.isReset else { throw Failure.system(error) }
                return .reset
            }
        }
    }

    /// The next answer; with `ending` other than `.complete` when the connection ended before.
    func response(to method: HTTPMethod = .get) throws -> HTTPClientResponse {
        var parser = HTTPResponseParser(method: method, limits: HTTPClient.defaultLimits)
        while true {
            var cursor = 0
            let bytes = unread
            let step = parser.feed(bytes.span, &cursor)
            unread.removeFirst(cursor)
            switch step {
            case .message(let response): return response
            case .failed(let error): throw Failure.malformed(error)
            case .needsMoreBytes:
                if let end = try receive() { return parser.end(reset: end == .reset) }
            }
        }
    }

    /// Receives exactly this many bytes, or fewer when the connection ends before.
    func bytes(_ count: Int) throws -> String {
        while unread.count < count, try receive() == nil {}
        let taken = unread.prefix(count)
        unread.removeFirst(taken.count)
        return String(decoding: taken, as: UTF8.self)
    }

    /// Waits for the end of the connection; what comes before is in ``unread``.
    func end() throws -> End {
        while true {
            if let end = try receive() { return end }
        }
    }
}
