import Platform
import Synchronization

/// What all loops of one server share.
final class ServerState: Sendable {
    let configuration: HTTPServerConfiguration
    /// Open connections, from `accept` to `close`.
    private let connections = Atomic<Int>(0)
    /// Deferred answers that have not come yet.
    private let inFlight = Atomic<Int>(0)
    /// Connections of each loop, for choosing the one with the fewest.
    let loads: [LoopLoad]

    private struct Drain {
        var isDraining = false
        var waiting: [@Sendable () -> Void] = []
    }
    private let drain = Lock(Drain())

    init(configuration: HTTPServerConfiguration, loopCount: Int) {
        self.configuration = configuration
        loads = (0..<loopCount).map { _ in LoopLoad() }
    }

    var limits: HTTPLimits { configuration.limits }

    var connectionCount: Int { connections.load(ordering: .relaxed) }
    var inFlightCount: Int { inFlight.load(ordering: .relaxed) }
    func beganDeferredAnswer() { inFlight.add(1, ordering: .relaxed) }
    func endedDeferredAnswer() { inFlight.subtract(1, ordering: .relaxed) }

    /// The loop with the fewest connections.
    func leastLoaded() -> Int {
        var best = 0
        var fewest = Int.max
        for (index, load) in loads.enumerated() {
            let count = load.connections.load(ordering: .relaxed)
            if count < fewest { (best, fewest) = (index, count) }
        }
        return best
    }

    func opened(loop index: Int) {
        connections.add(1, ordering: .relaxed)
        loads[index].connections.add(1, ordering: .relaxed)
    }

    func closed(loop index: Int) {
        loads[index].connections.subtract(1, ordering: .relaxed)
        guard connections.subtract(1, ordering: .acquiringAndReleasing).newValue == 0 else { return }
        announceIfEmpty()
    }

    /// Calls `whenEmpty` once no connection is left, perhaps at once. New ones are no longer accepted by then.
    func drain(whenEmpty: @escaping @Sendable () -> Void) {
        drain.withLock {
            $0.isDraining = true
            $0.waiting.append(whenEmpty)
        }
        announceIfEmpty()
    }

    private func announceIfEmpty() {
        let ready = drain.withLock { drain in
            guard drain.isDraining, connections.load(ordering: .acquiring) == 0 else { return [@Sendable () -> Void]() }
            defer { drain.waiting = [] }
            return drain.waiting
        }
        for whenEmpty in ready { whenEmpty() }
    }
}

final class LoopLoad: Sendable {
    let connections = Atomic<Int>(0)
}

/// What the connections of one server share on one loop. Lives on that loop.
final class LoopState {
    /// One receive buffer for all connections: they keep bytes only while a message is incomplete.
    static let readCapacity = 65_536

    let server: ServerState
    let index: Int
    let readBuffer = ReadBuffer(capacity: LoopState.readCapacity)
    var date = DateCache()
    /// Lent to the connections that write at the moment.
    var spareOutputs = SpareBuffers()
    /// An empty buffer with capacity, for what a filter made of the bytes that were received.
    var plainBuffer: [UInt8] = []
    var connections: [ObjectIdentifier: HTTPConnection] = [:]
    var acceptors: [String: Acceptor] = [:]
    /// Finish what is in flight, then close.
    var isDraining = false

    init(server: ServerState, index: Int) {
        self.server = server
        self.index = index
    }

    /// The state of `server` on `loop`.
    static func of(_ server: ServerState, on loop: isolated EventLoop) -> LoopState? {
        loop.attachment(ObjectIdentifier(server)) as? LoopState
    }

    func stopAccepting(on loop: isolated EventLoop) {
        for acceptor in acceptors.values { acceptor.stop(on: loop) }
        acceptors = [:]
    }

    /// Closes what is idle now; the others close after their last answer.
    func drain(on loop: isolated EventLoop) {
        isDraining = true
        for connection in Array(connections.values) { connection.drain(on: loop) }
    }

    func abort(on loop: isolated EventLoop) {
        stopAccepting(on: loop)
        isDraining = true
        for connection in Array(connections.values) { connection.disconnect(on: loop) }
    }

    func dateLine() -> [UInt8] {
        date.update(SystemClock.seconds())
        return date.line
    }
}

/// Empty buffers with capacity.
struct SpareBuffers {
    /// As many as may be lent in one turn of the loop, more or less.
    private static let mostBuffers = 64

    private var buffers: [[UInt8]] = []

    mutating func take() -> [UInt8]? { buffers.popLast() }

    /// Keeps a buffer that is empty, unless there are enough or it is large.
    mutating func put(_ buffer: consuming [UInt8]) {
        guard buffers.count < Self.mostBuffers, buffer.capacity <= LoopState.readCapacity else { return }
        buffers.append(buffer)
    }
}

/// Memory that `recv` writes into.
struct ReadBuffer: ~Copyable {
    let bytes: UnsafeMutableRawBufferPointer

    init(capacity: Int) {
        bytes = .allocate(byteCount: capacity, alignment: 64)
        // `recv` fills it before anyone reads it; zeroed all the same, so that no byte is ever undefined.
        bytes.initializeMemory(as: UInt8.self, repeating: 0)
    }

    deinit { bytes.deallocate() }
}
