/// What a handler answers. `Content-Length`, `Date` and `Connection` are added when it is serialized.
package struct HTTPResponse: Sendable {
    package var status: Int
    package var reason: ReasonPhrase
    package var headers: [HTTPField]
    package var body: [UInt8]
    package var delivery: HTTPDelivery
    /// Declares that the body holds no secret: no token, key or credential. Only then may it be compressed, because the
    /// length of a compressed text tells something about what is in it.
    package var isOpen = false

    package init(
        status: Int, reason: ReasonPhrase = .standard, headers: [HTTPField] = [], body: [UInt8] = [],
        delivery: HTTPDelivery = .whole
    ) {
        self.status = status
        self.reason = reason
        self.headers = headers
        self.body = body
        self.delivery = delivery
    }

    /// Moves everything out, which costs less than a copy.
    package mutating func take() -> HTTPResponse {
        var taken = HTTPResponse(status: status)
        swap(&self, &taken)
        return taken
    }
}

/// The text behind the status code. Some of the emulated services send none.
package enum ReasonPhrase: Hashable, Sendable {
    /// The phrase of RFC 9110 §15 for the code.
    case standard
    /// `HTTP/1.1 200 ` with nothing behind the blank.
    case none
    case text(String)
}

/// What becomes of the answer on its way to the client: the failures that a scenario can ask for.
package enum HTTPDelivery: Hashable, Sendable {
    case whole
    /// Only this many bytes of the body are sent (the head announces all of them), then the connection is closed.
    case truncated(afterBodyBytes: Int)
    /// Nothing is sent; the connection is closed in order (FIN).
    case dropped
    /// Nothing is sent; the connection is reset (RST).
    case reset
    /// The body is sent in pieces of this many bytes with this pause between them.
    case slow(bytesPerPiece: Int, pause: Duration)
}

/// The answer to a request: now, or when something that takes time has happened.
package enum HTTPReply: Sendable {
    case now(HTTPResponse)
    /// Runs on the event loop of the connection, cancelled when the client goes away.
    case later(DeferredAnswer)
}

/// Work that ends in an answer; `nonsending` keeps it on the event loop that calls it.
package typealias DeferredAnswer = nonisolated(nonsending) @Sendable () async -> HTTPResponse

/// Answers requests. Called on an event loop: it must not block.
package protocol HTTPHandler: Sendable {
    /// Consumes the request, so that it is handed on and not copied.
    func respond(to request: consuming HTTPRequest) -> HTTPReply
}
