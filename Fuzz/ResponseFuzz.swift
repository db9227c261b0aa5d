import HTTP

/// What a server answers, cut at any place: the client's parser makes the same of it as when it comes at once.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzResponse(_ start: UnsafePointer<UInt8>, _ count: Int) -> Int32 {
    guard count > 2 else { return 0 }
    let bytes = Array(UnsafeBufferPointer(start: start + 2, count: count - 2))
    // The first byte says where to cut, the second one which request is answered.
    let cut = Int(start[0]) * bytes.count / 255
    let method: HTTPMethod = start[1].isMultiple(of: 4) ? .head : .get
    let whole = outcome([bytes], method)
    precondition(
        whole == outcome([Array(bytes[..<cut]), Array(bytes[cut...])], method), "cutting changes what was answered")
    return 0
}

private func outcome(_ pieces: [[UInt8]], _ method: HTTPMethod) -> String {
    let limits = smallLimits()
    var parser = HTTPResponseParser(method: method, limits: limits)
    for piece in pieces {
        var cursor = 0
        switch parser.feed(piece.span, &cursor) {
        case .needsMoreBytes: precondition(cursor == piece.count, "a parser that wants more has used up what it had")
        case .message(let response): return text(response, limits)
        case .failed(let error): return "\(error)"
        }
    }
    return text(parser.end(reset: false), limits)
}

private func text(_ response: HTTPClientResponse, _ limits: HTTPLimits) -> String {
    precondition(response.body.count <= limits.bodyBytes, "the limit holds")
    let fields = response.headers.lines.map { "\($0.name):\($0.value)" }
    return "\(response.status) \(response.reason) \(fields) \(response.body) \(response.ending)"
}
