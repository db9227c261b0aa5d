package import Platform
import Synchronization

/// An HTTP/1.1 server (RFC 9110, RFC 9112) on event loops.
package final class HTTPServer: Sendable {
    private let state: ServerState
    package let loops: EventLoopGroup
    private let ownsLoops: Bool
    private let listeners: [HTTPListener]
    private let isStopped = Atomic<Bool>(false)

    /// Timers on this server's loops, for its handlers.
    package var timers: LoopTimers { loops.timers }

    /// How many connections are open at the moment.
    package var connectionCount: Int { state.connectionCount }
    /// How many deferred answers are awaited at the moment.
    package var requestsInFlight: Int { state.inFlightCount }

    /// - Parameters:
    ///   - loops: loops to share, so that handlers can have timers before there is a server; nil for loops of its own.
    /// - Throws: ``SystemError`` when there are not enough descriptors for loops.
    package init(
        _ configuration: HTTPServerConfiguration = HTTPServerConfiguration(), listeners: [HTTPListener],
        loops: EventLoopGroup? = nil
    ) throws(SystemError) {
        ownsLoops = loops == nil
        if let loops {
            self.loops = loops
        } else {
            self.loops = try EventLoopGroup(count: configuration.loopCount)
        }
        self.listeners = listeners
        state = ServerState(configuration: configuration, loopCount: self.loops.loops.count)
        for (index, loop) in self.loops.loops.enumerated() {
            let server = state
            loop.perform { loop in
                loop.attach(LoopState(server: server, index: index), ObjectIdentifier(server))
            }
        }
    }

    deinit {
        // A server that is dropped without `stop` ends abruptly.
        guard !isStopped.load(ordering: .acquiring) else { return }
        Self.abort(state, loops)
        if ownsLoops { loops.stop() }
    }

    /// Listens on every listener. Clients can connect as soon as it returns.
    ///
    /// - Returns: the addresses, in the order of the listeners.
    /// - Throws: ``HTTPServerError`` with host and port; then none of them listens.
    package func start() throws(HTTPServerError) -> [HTTPBoundAddress] {
        var opened: [HTTPBoundAddress] = []
        do throws(HTTPServerError) {
            for listener in listeners { opened.append(try open(listener)) }
            return opened
        } catch {
            for address in opened { close(address.name) }
            throw error
        }
    }

    /// Listens in one more place, at any time.
    ///
    /// - Throws: ``HTTPServerError`` with host and port.
    @discardableResult
    package func open(_ listener: HTTPListener) throws(HTTPServerError) -> HTTPBoundAddress {
        do throws(SystemError) {
            let socket = try Descriptor.listening(host: listener.host, port: listener.port)
            let (host, port) = try socket.localAddress().numeric
            let server = state
            let loops = loops.loops
            loops[0].perform { loop in
                guard let state = LoopState.of(server, on: loop), !state.isDraining else { return }
                let acceptor = Acceptor(socket, listener, state, loops)
                do throws(SystemError) {
                    try acceptor.start(on: loop)
                    state.acceptors[listener.name]?.stop(on: loop)
                    state.acceptors[listener.name] = acceptor
                } catch {
                    // epoll is out of memory: closing makes clients see a refusal instead of waiting for nothing.
                    socket.stopListening()
                }
            }
            return HTTPBoundAddress(name: listener.name, host: host, port: port)
        } catch {
            throw HTTPServerError(listener: listener.name, host: listener.host, port: listener.port, reason: error)
        }
    }

    /// Stops accepting on one listener; its connections stay.
    package func close(_ listener: String) {
        let server = state
        loops.loops[0].perform { loop in
            guard let state = LoopState.of(server, on: loop) else { return }
            state.acceptors.removeValue(forKey: listener)?.stop(on: loop)
        }
    }

    // MARK: Stopping

    /// Stops accepting, finishes what is in flight, then closes. What is not finished after `deadline` is cancelled
    /// and its connection closed.
    ///
    /// - Returns: true when everything was finished in time. May be called more than once.
    @discardableResult
    package func stop(deadline: Duration) async -> Bool {
        await withCheckedContinuation { continuation in
            stop(deadline: deadline) { continuation.resume(returning: $0) }
        }
    }

    /// ``stop(deadline:)`` for callers that may block. Never call it on an event loop.
    @discardableResult
    package func stopAndWait(deadline: Duration) -> Bool {
        let gate = Gate()
        let inTime = Flag()
        stop(deadline: deadline) {
            if $0 { inTime.raise() }
            gate.open()
        }
        gate.wait()
        return inTime.isRaised
    }

    private func stop(deadline: Duration, _ completion: @escaping @Sendable (Bool) -> Void) {
        let isFirst = !isStopped.exchange(true, ordering: .acquiringAndReleasing)
        let isLate = Flag()
        let timer = timers.schedule(after: deadline) { [state, loops] in
            isLate.raise()
            Self.abort(state, loops)
        }
        let whenEmpty: @Sendable () -> Void = { [state, loops, ownsLoops] in
            timer.cancel()
            for loop in loops.loops { loop.perform { $0.attach(nil, ObjectIdentifier(state)) } }
            if isFirst, ownsLoops { loops.stop() }
            completion(!isLate.isRaised)
        }
        let isRunning = loops.loops[0].perform { [state, loops] loop in
            LoopState.of(state, on: loop)?.stopAccepting(on: loop)
            // From here, and not from outside: connections that were handed to a loop before come before this.
            for other in loops.loops {
                other.perform { loop in LoopState.of(state, on: loop)?.drain(on: loop) }
            }
            state.drain(whenEmpty: whenEmpty)
        }
        if !isRunning { whenEmpty() }
    }

    /// Cancels everything and closes every connection.
    private static func abort(_ state: ServerState, _ loops: EventLoopGroup) {
        for loop in loops.loops {
            loop.perform { loop in LoopState.of(state, on: loop)?.abort(on: loop) }
        }
    }
}

/// Raised once, by whoever comes first.
private final class Flag: Sendable {
    private let value = Atomic<Bool>(false)
    var isRaised: Bool { value.load(ordering: .acquiring) }
    func raise() { value.store(true, ordering: .releasing) }
}
