/// The head of a request, checked and ready.
struct RequestHead {
    /// Its body is still empty.
    var parsed: ParsedRequest
    var framing: BodyFraming
    var expectsContinue: Bool

    /// From the first to the empty line that ends it.
    var bytes: [UInt8] { parsed.request.headers.bytes }

    /// Its length, if its bytes are also those at a position of what has come.
    func length(ifAt position: Int, of input: Span<UInt8>) -> Int? {
        let isThere = input.withUnsafeBufferPointer { input in
            bytes.withUnsafeBufferPointer { ByteSearch.isPart($0, of: input, at: position) }
        }
        return isThere ? bytes.count : nil
    }
}

/// Reads the head of a request line by line.
struct RequestHeadParser {
    private struct Line {
        var method: HTTPMethod
        var target: RequestTarget
        var minorVersion: Int
    }

    private var scanner = LineScanner()
    private var line: Line?
    private var skippedEmptyLine = false
    private var slices: [FieldSlice] = []
    private var hostIndex: Int?
    private var framing = MessageFraming()
    private var expectsContinue = false
    private var hasOtherExpectation = false

    /// Where the head ends, once ``advance(_:limits:)`` has returned true.
    var end: Int { scanner.position }

    /// - Parameter bytes: the head from its first byte, and possibly more.
    /// - Returns: true when the head is complete.
    @inline(__always)
    mutating func advance(_ bytes: Span<UInt8>, limits: HTTPLimits) throws(HTTPParseError) -> Bool {
        if line == nil {
            guard try readRequestLine(bytes, limits: limits) else { return false }
        }
        while let range = try scanner.next(bytes, lineLimit: .max, tooLong: .headTooLong, limit: limits.headBytes) {
            if range.isEmpty { return true }
            guard slices.count < limits.fieldCount else { throw .tooManyFields }
            let slice = try FieldLine.parse(bytes, range)
            try note(bytes, slice)
            slices.append(slice)
        }
        return false
    }

    /// The finished head.
    ///
    /// - Parameter storage: the bytes of the head.
    mutating func finish(_ storage: consuming [UInt8], limits: HTTPLimits) throws(HTTPParseError) -> RequestHead {
        guard let line else { preconditionFailure("the head is complete") }
        if line.minorVersion > 0 {
            guard hostIndex != nil else { throw .hostMissing }
            guard !hasOtherExpectation else { throw .expectation }
        }
        let bodyFraming = try framing.request(minorVersion: line.minorVersion)
        if case .length(let length) = bodyFraming, length > limits.bodyBytes { throw .bodyTooLong }
        if let authority = line.target.authority, let hostIndex {
            slices[hostIndex] = FieldSlice(name: slices[hostIndex].name, value: authority)
        }
        return RequestHead(
            parsed: ParsedRequest(
                request: HTTPRequest(
                    method: line.method, target: line.target.text, headers: HTTPFields(bytes: storage, slices: slices)),
                minorVersion: line.minorVersion, keepsAlive: framing.keepsAlive(minorVersion: line.minorVersion)),
            framing: bodyFraming,
            // HTTP/1.0 does not know 100 (Continue) (RFC 9110 §10.1.1).
            expectsContinue: expectsContinue && line.minorVersion > 0)
    }

    // MARK: Request line

    private mutating func readRequestLine(_ bytes: Span<UInt8>, limits: HTTPLimits) throws(HTTPParseError) -> Bool {
        while let range = try scanner.next(
            bytes, lineLimit: limits.requestLineBytes, tooLong: .requestLineTooLong, limit: limits.headBytes)
        {
            if range.isEmpty, !skippedEmptyLine {
                // Old clients send one after a body (RFC 9112 §2.2).
                skippedEmptyLine = true
                continue
            }
            line = try Self.parse(bytes, range)
            slices.reserveCapacity(16)
            return true
        }
        return false
    }

    private static func parse(_ bytes: Span<UInt8>, _ range: Range<Int>) throws(HTTPParseError) -> Line {
        var methodEnd = range.lowerBound
        while methodEnd < range.upperBound, ASCII.isToken(bytes[methodEnd]) { methodEnd += 1 }
        guard methodEnd > range.lowerBound else { throw .method }
        guard methodEnd < range.upperBound else { throw .requestLine }
        guard bytes[methodEnd] == ASCII.space else { throw .method }
        let targetStart = methodEnd + 1
        var targetEnd = targetStart
        while targetEnd < range.upperBound, bytes[targetEnd] != ASCII.space { targetEnd += 1 }
        guard targetEnd > targetStart, targetEnd < range.upperBound else { throw .requestLine }
        // The version first: nothing else is known about the grammar of another protocol.
        let minorVersion = try version(bytes, targetEnd + 1..<range.upperBound)
        let method = method(bytes, range.lowerBound..<methodEnd)
        return Line(
            method: method, target: try RequestTarget(bytes, targetStart..<targetEnd, method: method),
            minorVersion: minorVersion)
    }

    private static func version(_ bytes: Span<UInt8>, _ range: Range<Int>) throws(HTTPParseError) -> Int {
        guard range.count == 8 else { throw range.contains { bytes[$0] == ASCII.space } ? .requestLine : .version }
        let start = range.lowerBound
        guard bytes.equals(start..<start + 5, "HTTP/"), ASCII.isDigit(bytes[start + 5]),
            bytes[start + 6] == UInt8(ascii: "."), ASCII.isDigit(bytes[start + 7])
        else { throw .version }
        guard bytes[start + 5] == UInt8(ascii: "1") else { throw .versionNotSupported }
        return bytes[start + 7] == UInt8(ascii: "0") ? 0 : 1
    }

    private static func method(_ bytes: Span<UInt8>, _ range: Range<Int>) -> HTTPMethod {
        switch range.count {
        case 3:
            if bytes.equals(range, "GET") { return .get }
            if bytes.equals(range, "PUT") { return .put }
        case 4:
            if bytes.equals(range, "POST") { return .post }
            if bytes.equals(range, "HEAD") { return .head }
        default: break
        }
        return HTTPMethod(bytes.string(range))
    }

    // MARK: Fields

    /// Looks at the fields that decide about the message itself.
    @inline(__always)
    private mutating func note(_ bytes: Span<UInt8>, _ slice: FieldSlice) throws(HTTPParseError) {
        switch slice.nameCount {
        case 4 where bytes.matches(slice.name, "host"):
            guard hostIndex == nil else { throw .hostRepeated }
            guard HostSyntax.isValid(bytes, slice.value, portRequired: false) else { throw .hostValue }
            hostIndex = slices.count
        case 6 where bytes.matches(slice.name, "expect"):
            if bytes.matches(slice.value, "100-continue") { expectsContinue = true } else { hasOtherExpectation = true }
        case 10 where bytes.matches(slice.name, "connection"):
            framing.addConnection(bytes, slice.value)
        case 14 where bytes.matches(slice.name, "content-length"):
            try framing.addLength(bytes, slice.value)
        case 17 where bytes.matches(slice.name, "transfer-encoding"):
            framing.addCodings(bytes, slice.value)
        default: break
        }
    }
}
