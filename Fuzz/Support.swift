import HTTP

/// What a fuzz target gets.
func bytes(_ start: UnsafePointer<UInt8>, _ count: Int) -> [UInt8] {
    Array(UnsafeBufferPointer(start: start, count: count))
}

/// The requests in some bytes, as a connection would see them.
func requests(_ bytes: [UInt8]) -> [HTTPRequest] {
    var parser = HTTPRequestParser()
    var requests: [HTTPRequest] = []
    var cursor = 0
    while case .message(let parsed) = parser.feed(bytes.span, &cursor) { requests.append(parsed.request) }
    return requests
}
