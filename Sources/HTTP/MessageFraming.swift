/// How the end of a body is found.
enum BodyFraming: Hashable, Sendable {
    case none
    case length(Int)
    case chunked
    /// Responses only: the body ends with the connection.
    case untilClose
}

/// What the fields that concern one connection say, gathered while the lines are read.
struct MessageFraming {
    private var length: Int?
    /// `Transfer-Encoding` was seen.
    private var hasCodings = false
    private var isChunked = false
    private var hasUnknownCoding = false
    private var codingsAreInvalid = false

    private(set) var saysClose = false
    private(set) var saysKeepAlive = false

    /// `Content-Length`: digits only, once. A list such as `5, 5` is refused as well (RFC 9112 §6.3 allows either).
    mutating func addLength(_ bytes: Span<UInt8>, _ value: Range<Int>) throws(HTTPParseError) {
        guard length == nil else { throw .contentLengthRepeated }
        guard !value.isEmpty else { throw .contentLength }
        var number = 0
        for index in value {
            guard ASCII.isDigit(bytes[index]) else { throw .contentLength }
            let (product, overflow) = number.multipliedReportingOverflow(by: 10)
            let (sum, carried) = product.addingReportingOverflow(Int(bytes[index] - UInt8(ascii: "0")))
            guard !overflow, !carried else { throw .contentLength }
            number = sum
        }
        length = number
    }

    /// `Transfer-Encoding`; several lines make one list.
    mutating func addCodings(_ bytes: Span<UInt8>, _ value: Range<Int>) {
        hasCodings = true
        if value.isEmpty { codingsAreInvalid = true }
        ListElements.forEach(bytes, value) { element in
            // Nothing may follow chunked.
            if isChunked { codingsAreInvalid = true }
            let end = element.first { bytes[$0] == UInt8(ascii: ";") } ?? element.upperBound
            var name = element.lowerBound..<end
            while !name.isEmpty, ASCII.isBlank(bytes[name.upperBound - 1]) { name = name.dropLast() }
            if bytes.matches(name, "chunked") {
                isChunked = true
                // It has no parameters (RFC 9112 §7.1).
                if end < element.upperBound { codingsAreInvalid = true }
            } else {
                hasUnknownCoding = true
            }
        }
    }

    /// `Connection`: only `close` and `keep-alive` matter here.
    mutating func addConnection(_ bytes: Span<UInt8>, _ value: Range<Int>) {
        ListElements.forEach(bytes, value) { element in
            if bytes.matches(element, "close") { saysClose = true }
            if bytes.matches(element, "keep-alive") { saysKeepAlive = true }
        }
    }

    /// The framing of a request (RFC 9112 §6.3); a request without either field has no body.
    func request(minorVersion: Int) throws(HTTPParseError) -> BodyFraming {
        guard hasCodings else { return length.map { $0 == 0 ? .none : .length($0) } ?? .none }
        guard length == nil else { throw .contentLengthWithTransferEncoding }
        guard minorVersion > 0 else { throw .transferEncodingInOldVersion }
        guard !codingsAreInvalid else { throw .transferEncoding }
        guard !hasUnknownCoding else { throw .transferCodingUnknown }
        guard isChunked else { throw .transferEncoding }
        return .chunked
    }

    /// The framing of a response that may have a body.
    func response() throws(HTTPParseError) -> BodyFraming {
        guard hasCodings else { return length.map { .length($0) } ?? .untilClose }
        guard length == nil else { throw .contentLengthWithTransferEncoding }
        guard !codingsAreInvalid else { throw .transferEncoding }
        guard !hasUnknownCoding else { throw .transferCodingUnknown }
        return isChunked ? .chunked : .untilClose
    }

    func keepsAlive(minorVersion: Int) -> Bool { !saysClose && (minorVersion > 0 || saysKeepAlive) }
}

/// Comma-separated lists (RFC 9110 §5.6.1). Empty elements are skipped.
enum ListElements {
    @inline(__always)
    static func forEach(_ bytes: Span<UInt8>, _ value: Range<Int>, _ body: (Range<Int>) -> Void) {
        var start = value.lowerBound
        while start < value.upperBound {
            var end = start
            while end < value.upperBound, bytes[end] != ASCII.comma { end += 1 }
            var first = start
            var last = end
            while first < last, ASCII.isBlank(bytes[first]) { first += 1 }
            while last > first, ASCII.isBlank(bytes[last - 1]) { last -= 1 }
            if first < last { body(first..<last) }
            start = end + 1
        }
    }
}
