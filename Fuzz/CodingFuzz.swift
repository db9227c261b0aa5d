import Compression

/// Any bytes as coded content: decoded within the limit, or refused; and every content comes back.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzCoding(_ start: UnsafePointer<UInt8>, _ count: Int) -> Int32 {
    let input = bytes(start, count)
    for coding in ContentCoding.allCases {
        if let decoded = try? Inflation.inflate(input, coding, limit: 10_000) { precondition(decoded.count <= 10_000) }
        guard let coded = Deflation.deflate(input, coding) else { continue }
        precondition((try? Inflation.inflate(coded, coding, limit: count)) == input, "what was coded is decoded")
    }
    return 0
}
