import Platform

/// An answer that cannot be sent yet, because an earlier one is not there.
struct PendingAnswer {
    enum Content {
        /// The handler is still at work; nil while it has not yet waited for anything.
        case waiting(ResponseSerializer.Context, Task<Void, Never>?)
        case answer(ResponseSerializer.Context, HTTPResponse)
        /// `100 Continue`, in its place among the answers.
        case interim
        /// An answer of the server itself that ends the connection.
        case refusal(HTTPResponse)
    }

    /// Finds the entry again when its handler has finished; 0 for entries that nobody looks for.
    var number: UInt64 = 0
    var content: Content
}

/// A body on its way in pieces.
struct SlowDelivery {
    var body: [UInt8]
    var sent: Int
    var piece: Int
    var pause: Duration
    var keepsAlive: Bool
    /// When the next piece is due; nil while the last one has not left.
    var next: Int64?
}

extension HTTPConnection {
    /// Sends an answer, or keeps it until its turn.
    func add(_ content: PendingAnswer.Content) {
        if answers.isEmpty, slow == nil, case .open = phase { return deliver(content) }
        if case .answer(_, let response) = content { queuedBytes += response.body.count }
        answers.append(PendingAnswer(content: content))
    }

    /// Answers by itself and ends the connection.
    func refuse(_ status: Int, _ what: String) {
        inputIsClosed = true
        add(.refusal(errorResponse(status, what)))
    }

    func errorResponse(_ status: Int, _ what: String) -> HTTPResponse {
        let (contentType, body) = state.server.configuration.errorBody(status, what)
        return HTTPResponse(status: status, headers: [HTTPField("Content-Type", contentType)], body: body)
    }

    /// A deferred answer has come.
    func finish(_ number: UInt64, _ response: HTTPResponse, on loop: isolated EventLoop) {
        // Gone with the connection, or dropped by a fault before it.
        guard let index = answers.firstIndex(where: { $0.number == number }),
            case .waiting(let context, _) = answers[index].content
        else { return }
        answers[index].content = .answer(context, response)
        queuedBytes += response.body.count
        waitingSince = loop.now
        borrowOutput()
        deliverReady()
        // Whoever has begun it is still reading requests, and sends when there are no more.
        if !isBeginningAnswer { pump(on: loop) }
    }

    /// Sends what is at the front and ready.
    func deliverReady() {
        while slow == nil, case .open = phase, let first = answers.first {
            if case .waiting = first.content { return }
            if case .answer(_, let response) = first.content { queuedBytes -= response.body.count }
            answers.removeFirst()
            deliver(first.content)
        }
    }

    private func deliver(_ content: PendingAnswer.Content) {
        switch content {
        case .waiting: preconditionFailure("only answers that are there are delivered")
        case .interim: output.append("HTTP/1.1 100 Continue\r\n\r\n")
        case .answer(let context, let response): deliver(response, context)
        case .refusal(let response):
            deliver(response, ResponseSerializer.Context(method: .get, minorVersion: 1, keepsAlive: false))
        }
    }

    /// Serializes, and carries out the faults that a scenario asked for.
    private func deliver(_ response: HTTPResponse, _ context: ResponseSerializer.Context) {
        switch response.delivery {
        case .dropped: return end(.linger)
        case .reset: return end(.reset)
        case .whole, .truncated, .slow: break
        }
        var context = context
        // The last answer before the server stops says so.
        if state.isDraining, answers.isEmpty, backlogStart == backlog.count, parser.waiting == .request {
            context.keepsAlive = false
        }
        let plan = ResponseSerializer.appendHead(response, context, date: state.dateLine(), to: &output)
        let count = plan.bodyCount
        switch response.delivery {
        case .truncated(let bytes):
            output.append(contentsOf: response.body[..<min(max(0, bytes), count)])
            return end(.linger)
        case .slow(let bytesPerPiece, let pause) where count > max(1, bytesPerPiece):
            let piece = max(1, bytesPerPiece)
            output.append(contentsOf: response.body[..<piece])
            slow = SlowDelivery(
                body: response.body, sent: piece, piece: piece, pause: pause, keepsAlive: plan.keepsAlive)
            return
        case .whole, .slow, .dropped, .reset:
            if count == response.body.count {
                output.append(contentsOf: response.body)
            }
        }
        if !plan.keepsAlive { end(clientSaidLast(context) ? .close : .linger) }
    }

    /// The client asked for the end itself and has sent nothing since.
    private func clientSaidLast(_ context: ResponseSerializer.Context) -> Bool {
        inputIsClosed && !context.keepsAlive && !canReceive && backlogStart == backlog.count && !parser.hasFailed
    }

    /// The next piece of a slow body is due.
    func deliverPiece(on loop: isolated EventLoop) {
        guard var delivery = slow else { return }
        let end = min(delivery.body.count, delivery.sent + delivery.piece)
        output.append(contentsOf: delivery.body[delivery.sent..<end])
        delivery.sent = end
        delivery.next = nil
        if end < delivery.body.count {
            slow = delivery
        } else {
            slow = nil
            if delivery.keepsAlive { deliverReady() } else { self.end(.linger) }
        }
        pump(on: loop)
    }

    /// No further answer: what is in the queue is forgotten, and its handlers are cancelled.
    private func end(_ ending: Ending) {
        phase = .ending(ending)
        inputIsClosed = true
        cancelAnswers()
    }

    func cancelAnswers() {
        for answer in answers {
            if case .waiting(_, let task) = answer.content { task?.cancel() }
        }
        answers = []
        queuedBytes = 0
    }
}
