import HTTP

/// Any text as the query of the legacy tokenizer; the form it asks for is the form it gets.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzLegacy(_ start: UnsafePointer<UInt8>, _ count: Int) -> Int32 {
    // What cannot stand in a request line never comes this far.
    let query = bytes(start, count).filter { $0 > 0x20 && $0 < 0x7F && $0 != UInt8(ascii: "#") }
    let target = "/cardsecure/cs?" + String(decoding: query, as: UTF8.self)
    Bench.shared.play([
        HTTPRequest(method: .get, target: target, headers: ["Host": "localhost"]),
        HTTPRequest(method: .post, target: "/cardsecure/cs", headers: ["Host": "localhost"], body: bytes(start, count)),
    ])
    return 0
}
