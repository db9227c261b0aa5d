import HTTP

/// What a fuzz target gets.
func bytes(_ start: UnsafePointer<UInt8>, _ count: Int) -> [UInt8] {
    Array(UnsafeBufferPointer(start: start, count: count))
}

/// Limits that inputs of a fuzzer reach.
func smallLimits() -> HTTPLimits {
    var limits = HTTPLimits()
    limits.headBytes = 512
    limits.requestLineBytes = 128
    limits.bodyBytes = 1_024
    limits.chunkLineBytes = 32
    limits.chunkExtensionBytes = 64
    return limits
}

/// The requests in some bytes, as a connection would see them.
func requests(_ bytes: [UInt8]) -> [HTTPRequest] {
    var parser = HTTPRequestParser()
    var requests: [HTTPRequest] = []
    var cursor = 0
    while case .message(let parsed) = parser.feed(bytes.span, &cursor) { requests.append(parsed.request) }
    return requests
}
