/// A request as the parser hands it over, with what the connection must know.
package struct ParsedRequest: Sendable {
    /// `peer` and `listener` are still the defaults.
    package var request: HTTPRequest
    /// 0 for HTTP/1.0, 1 for HTTP/1.1 and every later 1.x (RFC 9110 §2.5).
    package var minorVersion: Int
    /// The client wants to go on after the answer.
    package var keepsAlive: Bool
}

/// What a parser made of the bytes it was fed.
package enum HTTPParseStep<Message: Sendable>: Sendable {
    case needsMoreBytes
    case message(Message)
    /// The connection must be closed after the answer. The parser takes no more bytes.
    case failed(HTTPParseError)
}

/// Turns the bytes of a connection into requests (RFC 9112). It is fed, and never waits: a value without I/O.
///
/// However the bytes are cut, the same requests and the same error come out.
package struct HTTPRequestParser: Sendable {
    private enum Phase: Sendable {
        case head
        case body(left: Int)
        case chunks(ChunkedDecoder)
        case failed(HTTPParseError)
    }

    /// What the parser is in the middle of, for time-outs.
    package enum Waiting: Hashable, Sendable {
        case request, head, body
    }

    /// What a connection keeps for the next request. Longer heads are read anew each time.
    private static let longestKnownHead = 1_024

    private let limits: HTTPLimits
    private var phase = Phase.head
    private var headParser = RequestHeadParser()
    /// The last head, if it was short: whoever keeps a connection says the same again and again, and the same bytes
    /// come to the same.
    private var known: RequestHead?
    /// The bytes of an unfinished head.
    private var held: [UInt8] = []
    /// The request whose body is coming.
    private var unfinished: ParsedRequest?
    private var body: [UInt8] = []
    private var continueIsDue = false

    package init(limits: HTTPLimits = HTTPLimits()) { self.limits = limits }

    package var waiting: Waiting {
        switch phase {
        case .head: isBetweenRequests ? .request : .head
        case .body, .chunks: .body
        case .failed: .request
        }
    }

    /// How much of the body of the unfinished request has come, decoded.
    package var bodyBytesSoFar: Int { body.count }

    package var hasFailed: Bool {
        if case .failed = phase { true } else { false }
    }

    /// True once for each request that waits for `100 Continue` before it sends its body (RFC 9110 §10.1.1).
    package mutating func takeContinue() -> Bool {
        defer { continueIsDue = false }
        return continueIsDue
    }

    /// Consumes bytes up to the end of one request.
    ///
    /// - Parameters:
    ///   - input: what has arrived.
    ///   - cursor: the first byte that has not been consumed; moved on.
    package mutating func feed(_ input: Span<UInt8>, _ cursor: inout Int) -> HTTPParseStep<ParsedRequest> {
        do throws(HTTPParseError) {
            if case .head = phase {
                guard try feedHead(input, &cursor) else { return .needsMoreBytes }
            }
            guard try feedBody(input, &cursor) else { return .needsMoreBytes }
            return .message(takeRequest())
        } catch {
            phase = .failed(error)
            held = []
            body = []
            return .failed(error)
        }
    }

    /// The client will send no more: nil between two requests, else why the unfinished one is none.
    package func end() -> HTTPParseError? {
        switch phase {
        case .head: isBetweenRequests ? nil : .incomplete
        case .body, .chunks: .incomplete
        case .failed: nil
        }
    }

    /// Nothing of a request has come, except perhaps the empty line that is skipped before one.
    private var isBetweenRequests: Bool {
        held.isEmpty || held == [ASCII.carriageReturn] || held == [ASCII.carriageReturn, ASCII.lineFeed]
    }

    // MARK: Head

    private mutating func feedHead(_ input: Span<UInt8>, _ cursor: inout Int) throws(HTTPParseError) -> Bool {
        guard cursor < input.count else { return false }
        let storage: [UInt8]
        if held.isEmpty {
            if takeKnownHead(input, &cursor) { return true }
            // The usual case otherwise: the whole head came at once and is copied once.
            let window = input.extracting(cursor..<input.count)
            guard try headParser.advance(window, limits: limits) else {
                held.append(input, cursor..<input.count)
                cursor = input.count
                return false
            }
            let end = headParser.end
            storage = window.bytes(0..<end)
            cursor += end
        } else {
            var bytes = held
            held = []
            let before = bytes.count
            // Two bytes more than the limit are enough to see that it was broken, so an incomplete head has used up all
            // of the input; what was taken too much from a complete one belongs to the body and stays there.
            let count = min(input.count - cursor, max(0, limits.headBytes - before) + 2)
            bytes.append(input, cursor..<cursor + count)
            guard try headParser.advance(bytes.span, limits: limits) else {
                held = bytes
                cursor += count
                return false
            }
            cursor += headParser.end - before
            bytes.removeLast(bytes.count - headParser.end)
            storage = bytes
        }
        let head = try headParser.finish(storage, limits: limits)
        headParser = RequestHeadParser()
        known = head.bytes.count <= Self.longestKnownHead ? head : nil
        begin(head, nothingFollows: cursor == input.count)
        return true
    }

    /// Whether what has come begins with the head that came last.
    private mutating func takeKnownHead(_ input: Span<UInt8>, _ cursor: inout Int) -> Bool {
        guard let length = known?.length(ifAt: cursor, of: input), let known else { return false }
        cursor += length
        begin(known, nothingFollows: cursor == input.count)
        return true
    }

    private mutating func begin(_ head: consuming RequestHead, nothingFollows: Bool) {
        switch head.framing {
        case .none, .untilClose:
            phase = .body(left: 0)
        case .length(let length):
            phase = .body(left: length)
            // An announcement alone must not make the server hold the whole of it.
            if !nothingFollows || length <= 4_096 { body.reserveCapacity(min(length, 65_536)) }
        case .chunked:
            phase = .chunks(ChunkedDecoder())
        }
        // A client that has already sent part of the body waits for nothing.
        continueIsDue = head.expectsContinue && head.framing != .none && nothingFollows
        unfinished = head.parsed
    }

    // MARK: Body

    private mutating func feedBody(_ input: Span<UInt8>, _ cursor: inout Int) throws(HTTPParseError) -> Bool {
        switch phase {
        case .head: preconditionFailure("the head comes first")
        case .failed(let error): throw error
        case .body(let left):
            guard left > 0 else { return true }
            let count = min(left, input.count - cursor)
            guard count > 0 else { return false }
            continueIsDue = false
            body.append(input, cursor..<cursor + count)
            cursor += count
            phase = .body(left: left - count)
            return count == left
        case .chunks(var decoder):
            guard cursor < input.count else { return false }
            continueIsDue = false
            phase = .body(left: 0)  // releases the other reference to the decoder's line
            let isComplete = try decoder.feed(input, &cursor, into: &body, limits: limits)
            phase = .chunks(decoder)
            return isComplete
        }
    }

    private mutating func takeRequest() -> ParsedRequest {
        guard var parsed = unfinished.take() else { preconditionFailure("a body without a head") }
        phase = .head
        swap(&parsed.request.body, &body)
        return parsed
    }
}
