import HTTP

/// Any bytes, cut at any place: the parser gives the same requests and the same error as when they come at once.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzHTTP(_ start: UnsafePointer<UInt8>, _ count: Int) -> Int32 {
    guard count > 1 else { return 0 }
    let bytes = Array(UnsafeBufferPointer(start: start + 1, count: count - 1))
    // The first byte says where to cut.
    let cut = Int(start[0]) * bytes.count / 255
    let whole = trace([bytes])
    let parts = trace([Array(bytes[..<cut]), Array(bytes[cut...])])
    precondition(whole == parts, "cutting changes what was sent")
    precondition(whole == trace([bytes], isRenewed: true), "what came before changes what was sent")
    let twice = bytes + bytes
    precondition(trace([twice]) == trace([twice], isRenewed: true), "what came before changes what was sent")
    return 0
}

/// - Parameter isRenewed: each request meets a parser that has read nothing before.
private func trace(_ pieces: [[UInt8]], isRenewed: Bool = false) -> [String] {
    let limits = smallLimits()
    var parser = HTTPRequestParser(limits: limits)
    var seen: [String] = []
    for piece in pieces {
        var cursor = 0
        feeding: while true {
            switch parser.feed(piece.span, &cursor) {
            case .needsMoreBytes:
                precondition(cursor == piece.count, "a parser that wants more has used up what it had")
                break feeding
            case .message(let parsed):
                precondition(parsed.request.body.count <= limits.bodyBytes, "the limit holds")
                let fields = parsed.request.headers.lines.map { "\($0.name):\($0.value)" }
                seen.append("\(parsed.request.method) \(parsed.request.target) \(fields) \(parsed.request.body)")
                if isRenewed { parser = HTTPRequestParser(limits: limits) }
            case .failed(let error): return seen + ["\(error.status)"]
            }
        }
    }
    return seen + [parser.end().map { "end \($0.status)" } ?? "end"]
}
