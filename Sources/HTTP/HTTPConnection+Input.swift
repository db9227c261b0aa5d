import Platform

extension HTTPConnection {
    /// Parses one batch: what was left behind by back-pressure, or what the kernel has.
    func takeInput(on loop: isolated EventLoop) {
        if backlogStart < backlog.count {
            let bytes = backlog
            backlog = []
            let end = process(bytes.span, from: backlogStart, on: loop)
            backlogStart = 0
            if end < bytes.count, !inputIsClosed {
                backlog = bytes
                backlogStart = end
            }
            return
        }
        switch socket.receive(into: state.readBuffer.bytes) {
        case .bytes(let count):
            // A short read has emptied the kernel's buffer; what comes later makes a new event (epoll(7)).
            if count < state.readBuffer.bytes.count, !mustReachEnd { canReceive = false }
            let bytes = UnsafeBufferPointer(
                start: state.readBuffer.bytes.baseAddress?.assumingMemoryBound(to: UInt8.self), count: count)
            received(bytes, on: loop)
        case .wouldBlock:
            canReceive = false
        case .ended:
            canReceive = false
            clientEnded(on: loop)
        case .failed:
            disconnect(on: loop)
        }
    }

    private func received(_ bytes: UnsafeBufferPointer<UInt8>, on loop: isolated EventLoop) {
        guard let filter else { return parse(bytes, on: loop) }
        // The buffer is lent by the loop: an idle connection holds none.
        var plain: [UInt8] = []
        swap(&plain, &state.plainBuffer)
        var isBroken = false
        do {
            try filter.receive(bytes.span, plain: &plain, wire: &wire)
        } catch {
            isBroken = true
        }
        // What came whole before the break was sent by the peer.
        if !plain.isEmpty { plain.withUnsafeBufferPointer { parse($0, on: loop) } }
        plain.removeAll(keepingCapacity: true)
        swap(&plain, &state.plainBuffer)
        if case .closed = phase { return }
        // An end comes after what was asked before it.
        if isBroken || filter.peerHasEnded { answerGathered(on: loop) }
        if isBroken {
            phase = .ending(.linger)
        } else if filter.peerHasEnded, !clientHasEnded {
            clientEnded(on: loop)
        }
    }

    /// Keeps what is not wanted yet.
    private func parse(_ bytes: UnsafeBufferPointer<UInt8>, on loop: isolated EventLoop) {
        let end = process(bytes.span, from: 0, on: loop)
        guard end < bytes.count, !inputIsClosed, case .open = phase else { return }
        backlog = Array(bytes[end...])
        backlogStart = 0
    }

    /// - Returns: how far it came; short of the end when no more input is wanted now.
    private func process(_ bytes: Span<UInt8>, from start: Int, on loop: isolated EventLoop) -> Int {
        var cursor = start
        while cursor < bytes.count, wantsInput {
            switch parser.feed(bytes, &cursor) {
            case .needsMoreBytes:
                noteWaiting(sinceLastMessage: false, on: loop)
                if parser.takeContinue() { add(.interim) }
            case .message(let parsed):
                noteWaiting(sinceLastMessage: true, on: loop)
                // Behind an answer that waits, or before another request, there is nothing to gather.
                if isGathering, cursor == bytes.count, answers.isEmpty, slow == nil {
                    gathered = parsed
                } else {
                    handle(parsed, on: loop)
                }
            case .failed(let error):
                refuse(error.status, error.text)
            }
        }
        return cursor
    }

    /// Time-outs count from the first byte of a head and from the end of a head.
    private func noteWaiting(sinceLastMessage: Bool, on loop: isolated EventLoop) {
        let waiting = parser.waiting
        guard sinceLastMessage || waiting != waitingFor else { return }
        waitingFor = waiting
        waitingSince = loop.now
    }

    /// FIN: there will be no more requests, but the client may still be waiting for its answers.
    private func clientEnded(on loop: isolated EventLoop) {
        clientHasEnded = true
        if !inputIsClosed, let error = parser.end() { refuse(error.status, error.text) }
        inputIsClosed = true
    }

    /// Answers the request that was put off until all connections have read theirs.
    func answerGathered(on loop: isolated EventLoop) {
        guard let parsed = gathered.take() else { return }
        handle(parsed, on: loop)
    }

    private func handle(_ parsed: consuming ParsedRequest, on loop: isolated EventLoop) {
        borrowOutput()
        parsed.request.peer = peer
        parsed.request.listener = listener.name
        if !parsed.keepsAlive { inputIsClosed = true }
        let context = ResponseSerializer.Context(
            method: parsed.request.method, minorVersion: parsed.minorVersion, keepsAlive: parsed.keepsAlive)
        let server = state.server
        guard server.inFlightCount < limits.requestsInFlight else {
            return add(.answer(context, errorResponse(503, "too many requests in flight")))
        }
        switch listener.handler.respond(to: (consume parsed).request) {
        case .now(let response):
            add(.answer(context, response))
        case .later(let answer): begin(answer, context, on: loop)
        }
    }

    /// Runs a deferred answer up to where it waits for the first time; one that never waits is there at once.
    private func begin(
        _ answer: @escaping DeferredAnswer, _ context: ResponseSerializer.Context, on loop: isolated EventLoop
    ) {
        let server = state.server
        let number = nextAnswerNumber
        nextAnswerNumber += 1
        server.beganDeferredAnswer()
        answers.append(PendingAnswer(number: number, content: .waiting(context, nil)))
        isBeginningAnswer = true
        let task = Task.immediate(executorPreference: loop.executor) {
            _ = loop  // captured, so that this closure is isolated as well
            let response = await answer()
            server.endedDeferredAnswer()
            self.finish(number, response, on: loop)
        }
        isBeginningAnswer = false
        guard let last = answers.indices.last, answers[last].number == number,
            case .waiting = answers[last].content
        else { return }
        answers[last].content = .waiting(context, task)
    }
}
