import Platform

extension HTTPConnection {
    // MARK: Time

    /// When something must have happened; `Int64.max` when only a handler is waited for.
    private func deadline() -> Int64 {
        switch phase {
        case .closed: return .max
        case .lingering: return lingerUntil
        case .open, .ending: break
        }
        if isInHandshake { return began.advanced(by: limits.handshakeTimeout) }
        if output.count + wire.count > sent {
            return min(
                lastProgress.advanced(by: limits.writeTimeout), limits.rateDeadline(since: sendingSince, after: sent))
        }
        if let next = slow?.next { return next }
        if inputIsClosed || !wantsInput { return .max }
        switch waitingFor {
        case .head: return waitingSince.advanced(by: limits.headerTimeout)
        case .body:
            return min(
                waitingSince.advanced(by: limits.bodyTimeout),
                limits.rateDeadline(since: waitingSince, after: parser.bodyBytesSoFar))
        case .request: return answers.isEmpty ? waitingSince.advanced(by: limits.idleTimeout) : .max
        }
    }

    private var isInHandshake: Bool {
        guard let filter else { return false }
        return !filter.isEstablished
    }

    /// Deadlines mostly move away, one request after the other; the loop is only told about earlier ones. When a later
    /// one has been told, it is corrected when it comes.
    func setDeadline(on loop: isolated EventLoop) {
        let wanted = deadline()
        guard wanted < armedDeadline, let id else { return }
        armedDeadline = wanted
        loop.setDeadline(wanted, for: id)
    }

    func deadlineReached(_ time: Int64, on loop: isolated EventLoop) {
        guard time == armedDeadline else { return }
        armedDeadline = .max
        guard deadline() <= loop.now else { return setDeadline(on: loop) }
        switch phase {
        case .closed: return
        case .lingering: return close(on: loop)
        case .open, .ending: break
        }
        if isInHandshake { return disconnect(on: loop) }
        if output.count + wire.count > sent { return disconnect(on: loop, reset: true) }
        if slow?.next != nil { return deliverPiece(on: loop) }
        switch waitingFor {
        case .head: refuse(408, "the request did not come to its end in time")
        case .body: refuse(408, "the body did not come to its end in time")
        case .request: return close(on: loop)
        }
        pump(on: loop)
    }

    // MARK: Ends

    /// FIN, then reading and forgetting for a while.
    func beginLinger(on loop: isolated EventLoop) {
        sayFarewell()
        socket.endSending()
        backlog = []
        backlogStart = 0
        let limit = state.isDraining ? min(limits.lingerTimeout, limits.stopLingerTimeout) : limits.lingerTimeout
        lingerUntil = loop.now.advanced(by: limit)
        phase = .lingering
    }

    /// The server stops: what can end at once ends, and nobody lingers for long.
    func drain(on loop: isolated EventLoop) {
        guard case .lingering = phase else {
            if isIdle { close(on: loop) }
            return
        }
        lingerUntil = min(lingerUntil, loop.now.advanced(by: limits.stopLingerTimeout))
        setDeadline(on: loop)
    }

    func linger(on loop: isolated EventLoop) {
        while canReceive {
            switch socket.receive(into: state.readBuffer.bytes) {
            case .bytes(let count):
                lingerBytesLeft -= count
                if lingerBytesLeft < 0 { return close(on: loop) }
            case .wouldBlock: canReceive = false
            case .ended, .failed: return close(on: loop)
            }
        }
        setDeadline(on: loop)
    }

    /// The client is gone: nobody waits for the answers.
    ///
    /// - Parameter reset: end with RST.
    func disconnect(on loop: isolated EventLoop, reset: Bool = false) {
        finish(on: loop) { reset ? socket.reset() : socket.close() }
    }

    func close(on loop: isolated EventLoop) {
        switch phase {
        case .open, .ending: sayFarewell()
        case .lingering, .closed: break
        }
        finish(on: loop) { socket.close() }
    }

    /// The filter's last words. If they do not fit into the kernel's buffer at once, they are not waited for.
    private func sayFarewell() {
        guard let filter else { return }
        filter.finish(wire: &wire)
        if !wire.isEmpty { _ = wire.withUnsafeBytes { socket.send($0) } }
        wire = []
    }

    private func finish(on loop: isolated EventLoop, _ closeSocket: () -> Void) {
        if case .closed = phase { return }
        phase = .closed
        inputIsClosed = true
        if let id { loop.unwatch(id) }
        id = nil
        cancelAnswers()
        slow = nil
        backlog = []
        output = []
        wire = []
        closeSocket()
        state.connections[ObjectIdentifier(self)] = nil
        state.server.closed(loop: state.index)
    }
}
