import HTTP

/// Any bytes as a form of several parts: a first byte (how the rest is cut), a line with the content type, the body.
/// Parts and faults do not depend on how the body is cut; limits hold.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzMultipart(_ start: UnsafePointer<UInt8>, _ count: Int) -> Int32 {
    let input = bytes(start, count)
    guard let first = input.first, let lineEnd = input.firstIndex(of: 0x0A) else { return 0 }
    let contentType = String(decoding: input[1..<max(1, lineEnd)], as: UTF8.self)
    let body = Array(input[(lineEnd + 1)...])
    var limits = MultipartLimits()
    limits.parts = 4
    limits.headBytes = 256
    limits.partBytes = 512

    let whole = outcome { () throws(MultipartFault) in
        try MultipartReader.read(body, contentType: contentType, limits: limits)
    }
    let inPieces = outcome { () throws(MultipartFault) in
        var reader = try MultipartReader(contentType: contentType, limits: limits)
        let length = Int(first % 32) + 1
        for begin in stride(from: 0, to: body.count, by: length) {
            try reader.feed(body[begin..<min(begin + length, body.count)])
        }
        return try reader.finish()
    }
    precondition(whole.fault == inPieces.fault, "another fault in pieces")
    precondition(whole.parts.map(\.name) == inPieces.parts.map(\.name), "other names in pieces")
    precondition(whole.parts.map(\.fileName) == inPieces.parts.map(\.fileName), "other files in pieces")
    precondition(whole.parts.map(\.body) == inPieces.parts.map(\.body), "other bodies in pieces")
    precondition(whole.parts.count <= limits.parts && whole.parts.allSatisfy { $0.body.count <= limits.partBytes })
    return 0
}

private func outcome(
    _ read: () throws(MultipartFault) -> [MultipartPart]
) -> (parts: [MultipartPart], fault: MultipartFault?) {
    do throws(MultipartFault) {
        return (try read(), nil)
    } catch {
        return ([], error)
    }
}
