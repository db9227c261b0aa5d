import Platform

/// Takes connections from one listening socket, on loop 0, and hands them to the loop with the fewest.
final class Acceptor: LoopWatcher {
    /// Accepted in one turn, so that a flood of connections does not stop those that exist.
    private static let burst = 64
    /// How long nothing is accepted when not even the spare descriptor helped.
    private static let pause = Duration.milliseconds(100)

    private let socket: Descriptor
    private let listener: HTTPListener
    private let state: LoopState
    private let loops: [EventLoop]
    private var id: WatchID?
    private var pausedUntil: Int64?
    /// Held for the moment when there is no other: giving it up lets one waiting client be closed, instead of leaving
    /// it in the queue, where it would wake this loop for ever.
    private var spare = Descriptor.spare()

    init(_ socket: Descriptor, _ listener: HTTPListener, _ state: LoopState, _ loops: [EventLoop]) {
        self.socket = socket
        self.listener = listener
        self.state = state
        self.loops = loops
    }

    func start(on loop: isolated EventLoop) throws(SystemError) {
        id = try loop.watch(socket, edge: false, self)
    }

    func stop(on loop: isolated EventLoop) {
        if let id { loop.unwatch(id) }
        id = nil
        socket.stopListening()
    }

    func ready(_ readiness: Readiness, on loop: isolated EventLoop) {
        for _ in 0..<Self.burst {
            do throws(SystemError) {
                guard let (accepted, peer) = try socket.accept() else { return }
                hand(accepted, peer.numeric.host, on: loop)
            } catch {
                // A client that has gone again (ECONNABORTED) and passing network errors concern nobody else.
                guard error.isOutOfDescriptors else { continue }
                giveUpSpare(on: loop)
                return
            }
        }
    }

    func deadlineReached(_ time: Int64, on loop: isolated EventLoop) {
        guard pausedUntil == time else { return }
        pausedUntil = nil
        guard let id else { return }
        do throws(SystemError) {
            try loop.unmute(id)
        } catch {
            pauseAccepting(on: loop)
        }
    }

    private func hand(_ socket: Descriptor, _ peer: String, on loop: isolated EventLoop) {
        let server = state.server
        let limit = server.limits.connections
        let open = server.connectionCount
        // One over the limit is told so; so many over it that even the telling would be too much are not.
        guard open < (limit > Int.max / 2 ? Int.max : 2 * limit) else { return socket.close() }
        let isRefused = open >= limit
        let index = server.leastLoaded()
        server.opened(loop: index)
        let listener = listener
        let start: @Sendable (isolated EventLoop) -> Void = { loop in
            guard let state = LoopState.of(server, on: loop) else { return server.closed(loop: index) }
            HTTPConnection.begin(socket, peer: peer, listener, state, isRefused: isRefused, on: loop)
        }
        if index == state.index {
            start(loop)
        } else if !loops[index].perform(start) {
            server.closed(loop: index)
        }
    }

    private func giveUpSpare(on loop: isolated EventLoop) {
        spare?.close()
        do throws(SystemError) {
            if let (accepted, _) = try socket.accept() { accepted.close() }
        } catch {
            pauseAccepting(on: loop)
        }
        spare = Descriptor.spare()
    }

    private func pauseAccepting(on loop: isolated EventLoop) {
        guard let id else { return }
        let time = MonotonicClock.now().advanced(by: Self.pause)
        pausedUntil = time
        loop.mute(id)
        loop.setDeadline(time, for: id)
    }
}
