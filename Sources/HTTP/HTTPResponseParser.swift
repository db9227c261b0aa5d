/// Turns the bytes of a connection into the answer to one request. It is fed, and never waits.
package struct HTTPResponseParser: Sendable {
    private enum Phase: Sendable {
        case head
        case body(left: Int)
        case chunks(ChunkedDecoder)
        case untilClose
        case complete
        case failed(HTTPParseError)
    }

    private struct Head: Sendable {
        var scanner = LineScanner()
        var status = 0
        var minorVersion = 1
        var reason = 0..<0
        var slices: [FieldSlice] = []
        var framing = MessageFraming()
        var hasStatusLine = false
    }

    private let limits: HTTPLimits
    private let method: HTTPMethod
    private var phase = Phase.head
    private var head = Head()
    private var held: [UInt8] = []
    private var response = HTTPClientResponse()
    private var hasHead = false
    private var hasBytes = false
    /// Whether another request may be sent on the connection after a complete answer.
    package private(set) var keepsAlive = false

    /// - Parameter method: of the request: an answer to HEAD has no body.
    package init(method: HTTPMethod, limits: HTTPLimits) {
        self.method = method
        self.limits = limits
    }

    /// - Parameter cursor: the first byte that has not been consumed; moved on.
    package mutating func feed(_ input: Span<UInt8>, _ cursor: inout Int) -> HTTPParseStep<HTTPClientResponse> {
        if cursor < input.count { hasBytes = true }
        do throws(HTTPParseError) {
            // Interim answers (1xx) come before the real one.
            while case .head = phase {
                guard try feedHead(input, &cursor) else { return .needsMoreBytes }
            }
            guard try feedBody(input, &cursor) else { return .needsMoreBytes }
            phase = .complete
            return .message(response)
        } catch {
            phase = .failed(error)
            return .failed(error)
        }
    }

    /// The connection has ended before the answer was complete: what there is of it.
    package consuming func end(reset: Bool) -> HTTPClientResponse {
        if case .untilClose = phase, !reset { return response }
        response.ending = reset ? .reset : hasBytes ? .truncated : .dropped
        return response
    }

    // MARK: Head

    private mutating func feedHead(_ input: Span<UInt8>, _ cursor: inout Int) throws(HTTPParseError) -> Bool {
        guard cursor < input.count else { return false }
        var bytes = held
        held = []
        let before = bytes.count
        let count = min(input.count - cursor, max(0, limits.headBytes - before) + 2)
        bytes.append(input, cursor..<cursor + count)
        guard try advance(bytes.span) else {
            held = bytes
            cursor += count
            return false
        }
        cursor += head.scanner.position - before
        bytes.removeLast(bytes.count - head.scanner.position)
        try finishHead(bytes)
        return true
    }

    private mutating func advance(_ bytes: Span<UInt8>) throws(HTTPParseError) -> Bool {
        while let line = try head.scanner.next(
            bytes, lineLimit: .max, tooLong: .headTooLong, limit: limits.headBytes)
        {
            if !head.hasStatusLine {
                try parseStatusLine(bytes, line)
                head.hasStatusLine = true
                continue
            }
            if line.isEmpty { return true }
            guard head.slices.count < limits.fieldCount else { throw .tooManyFields }
            let slice = try FieldLine.parse(bytes, line)
            if bytes.matches(slice.name, "connection") { head.framing.addConnection(bytes, slice.value) }
            if bytes.matches(slice.name, "content-length") { try head.framing.addLength(bytes, slice.value) }
            if bytes.matches(slice.name, "transfer-encoding") { head.framing.addCodings(bytes, slice.value) }
            head.slices.append(slice)
        }
        return false
    }

    /// `HTTP/1.1 200 OK`. Servers that leave out the blank behind the code as well as the phrase are understood.
    private mutating func parseStatusLine(_ bytes: Span<UInt8>, _ line: Range<Int>) throws(HTTPParseError) {
        let start = line.lowerBound
        guard line.count >= 12, bytes.equals(start..<start + 7, "HTTP/1."), ASCII.isDigit(bytes[start + 7]),
            bytes[start + 8] == ASCII.space
        else { throw .statusLine }
        head.minorVersion = bytes[start + 7] == UInt8(ascii: "0") ? 0 : 1
        var status = 0
        for index in start + 9..<start + 12 {
            guard ASCII.isDigit(bytes[index]) else { throw .statusLine }
            status = status * 10 + Int(bytes[index] - UInt8(ascii: "0"))
        }
        guard status >= 100, line.count == 12 || bytes[start + 12] == ASCII.space else { throw .statusLine }
        head.status = status
        head.reason = min(start + 13, line.upperBound)..<line.upperBound
        for index in head.reason where !ASCII.isFieldValue(bytes[index]) { throw .statusLine }
    }

    private mutating func finishHead(_ bytes: [UInt8]) throws(HTTPParseError) {
        let head = head
        self.head = Head()
        // 101 would end HTTP on this connection; nobody here asks for it.
        if head.status < 200 {
            guard head.status != 101 else { throw .statusLine }
            return
        }
        response.status = head.status
        response.reason = String(decoding: bytes[head.reason], as: UTF8.self)
        response.headers = HTTPFields(bytes: bytes, slices: head.slices)
        keepsAlive = head.framing.keepsAlive(minorVersion: head.minorVersion)
        let isBodiless =
            method == .head || head.status == 204 || head.status == 304
            || (method == .connect && head.status < 300)
        guard !isBodiless else { return phase = .body(left: 0) }
        switch try head.framing.response() {
        case .none: phase = .body(left: 0)
        case .length(let length):
            guard length <= limits.bodyBytes else { throw .bodyTooLong }
            phase = .body(left: length)
        case .chunked: phase = .chunks(ChunkedDecoder())
        case .untilClose:
            keepsAlive = false
            phase = .untilClose
        }
    }

    // MARK: Body

    private mutating func feedBody(_ input: Span<UInt8>, _ cursor: inout Int) throws(HTTPParseError) -> Bool {
        switch phase {
        case .head: preconditionFailure("the head comes first")
        case .failed(let error): throw error
        case .complete: return true
        case .body(let left):
            let count = min(left, input.count - cursor)
            response.body.append(input, cursor..<cursor + count)
            cursor += count
            phase = .body(left: left - count)
            return count == left
        case .chunks(var decoder):
            phase = .body(left: 0)  // releases the other reference to the decoder's line
            let isComplete = try decoder.feed(input, &cursor, into: &response.body, limits: limits)
            phase = .chunks(decoder)
            return isComplete
        case .untilClose:
            guard input.count - cursor <= limits.bodyBytes - response.body.count else { throw .bodyTooLong }
            response.body.append(input, cursor..<input.count)
            cursor = input.count
            return false
        }
    }
}
