import Platform

/// One client connection: bytes in, requests to the handler, answers out in the order of the requests.
///
/// Lives on one event loop and is touched by nobody else. Spread over several files: input, answers, output, ending.
final class HTTPConnection: LoopWatcher {
    /// How the connection ends once everything before has been sent.
    enum Ending {
        /// FIN, then reading and forgetting until the client has ended too: closing with unread bytes would send RST,
        /// which makes the client lose the answer (RFC 9112 §9.6).
        case linger
        /// The client is not going to send any more.
        case close
        case reset
    }

    enum Phase {
        case open
        /// No more requests and no more answers: send what is left, then end.
        case ending(Ending)
        case lingering
        case closed
    }

    /// Batches of input taken in one turn of the loop: others want their turn as well.
    private static let roundsPerTurn = 8

    let socket: Descriptor
    let peer: String
    let listener: HTTPListener
    let state: LoopState
    let filter: (any ByteFilter)?
    var id: WatchID?
    var phase = Phase.open

    // Input
    var parser: HTTPRequestParser
    /// The kernel may have bytes for us.
    var canReceive = false
    /// FIN has been announced: receive until it comes.
    var mustReachEnd = false
    /// FIN has been received, or no further request is wanted.
    var inputIsClosed = false
    var clientHasEnded = false
    /// Received and not yet parsed, because too much output was waiting.
    var backlog: [UInt8] = []
    var backlogStart = 0

    /// Requests are taken, and the last one is not answered before the other connections have taken theirs.
    var isGathering = false
    var gathered: ParsedRequest?

    // Answers
    var answers: [PendingAnswer] = []
    var nextAnswerNumber: UInt64 = 0
    /// A deferred answer is running that has not yet waited for anything.
    var isBeginningAnswer = false
    /// Bytes of bodies in `answers`.
    var queuedBytes = 0
    var slow: SlowDelivery?

    // Output
    var output: [UInt8] = []
    var sent = 0
    /// What the filter made of `output`.
    var wire: [UInt8] = []

    // Time
    /// When the connection was accepted.
    let began: Int64
    /// Since when the parser has been waiting for what it waits for.
    var waitingSince: Int64
    var waitingFor = HTTPRequestParser.Waiting.request
    /// When the client last took bytes.
    var lastProgress: Int64
    /// Since when there has been something to send without a pause.
    var sendingSince: Int64
    var lingerUntil = Int64.max
    var lingerBytesLeft: Int
    /// The earliest deadline the loop knows that is still meant.
    var armedDeadline = Int64.max

    var limits: HTTPLimits { state.server.limits }

    private init(
        _ socket: Descriptor, peer: String, _ listener: HTTPListener, _ state: LoopState, filter: (any ByteFilter)?,
        now: Int64
    ) {
        self.socket = socket
        self.peer = peer
        self.listener = listener
        self.state = state
        self.filter = filter
        parser = HTTPRequestParser(limits: state.server.limits)
        began = now
        waitingSince = now
        lastProgress = now
        sendingSince = now
        lingerBytesLeft = state.server.limits.lingerBytes
    }

    /// Takes a new connection over; it has been counted already.
    ///
    /// - Parameter isRefused: there are too many; answer 503 and close.
    static func begin(
        _ socket: Descriptor, peer: String, _ listener: HTTPListener, _ state: LoopState, isRefused: Bool,
        on loop: isolated EventLoop
    ) {
        do {
            // A refusal is not worth a handshake.
            if isRefused && listener.filter != nil {
                socket.close()
                return state.server.closed(loop: state.index)
            }
            let filter = try listener.filter?(socket)
            let connection = HTTPConnection(socket, peer: peer, listener, state, filter: filter, now: loop.now)
            connection.id = try loop.watch(socket, edge: true, connection)
            state.connections[ObjectIdentifier(connection)] = connection
            if isRefused { connection.refuse(503, "too many connections") }
            connection.pump(on: loop)
        } catch {
            // No memory or no descriptor for the filter or the registration: the client sees the end of the connection.
            socket.close()
            state.server.closed(loop: state.index)
        }
    }

    // MARK: Events

    func ready(_ readiness: Readiness, on loop: isolated EventLoop) {
        if readiness.hasFailed { return disconnect(on: loop) }
        if readiness.isReadable { canReceive = true }
        if readiness.peerEnded { mustReachEnd = true }
        guard case .open = phase, let id, wantsInput, hasInput else { return pump(on: loop) }
        // All connections read first, then all answer, and then all send: what one does after the other is still in the
        // processor's caches.
        isGathering = true
        takeInput(on: loop)
        isGathering = false
        if case .closed = phase { return }
        loop.callAfterEvents(id)
    }

    func eventsDelivered(on loop: isolated EventLoop) {
        answerGathered(on: loop)
        if let id { loop.callAtEndOfTurn(id) }
    }

    func turnEnds(on loop: isolated EventLoop) { pump(on: loop) }

    /// Goes on until there is nothing to read, nothing to answer, or no room to send.
    func pump(on loop: isolated EventLoop) {
        if case .closed = phase { return }
        if case .lingering = phase { return linger(on: loop) }
        borrowOutput()
        var rounds = 0
        repeat {
            while wantsInput, hasInput, rounds < Self.roundsPerTurn {
                rounds += 1
                takeInput(on: loop)
                if case .closed = phase { return }
            }
            flush(on: loop)
            if case .closed = phase { return }
            if case .lingering = phase { return linger(on: loop) }
        } while wantsInput && hasInput && rounds < Self.roundsPerTurn
        if wantsInput, hasInput, let id { loop.callAgain(id) }
        closeIfDone(on: loop)
        if case .closed = phase { return }
        setDeadline(on: loop)
    }

    /// Whether another request may be taken: not while too much waits to be sent (back-pressure).
    var wantsInput: Bool {
        guard case .open = phase, !inputIsClosed else { return false }
        return answers.count < limits.pipelinedRequests && unsentBytes <= limits.outputBytes
    }

    var unsentBytes: Int { output.count + wire.count - sent + queuedBytes }

    private var hasInput: Bool { canReceive || backlogStart < backlog.count }

    /// Nothing is going on between two requests.
    var isIdle: Bool {
        answers.isEmpty && slow == nil && unsentBytes == 0 && backlogStart == backlog.count
            && parser.waiting == .request
    }

    private func closeIfDone(on loop: isolated EventLoop) {
        guard case .open = phase, answers.isEmpty, slow == nil, unsentBytes == 0 else { return }
        if clientHasEnded || (state.isDraining && isIdle) { close(on: loop) }
    }
}
