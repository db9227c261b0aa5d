/// Whatever a connection brings, every request of it gets an answer, and an object or a list in it is JSON.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzServices(_ start: UnsafePointer<UInt8>, _ count: Int) -> Int32 {
    Bench.shared.play(requests(bytes(start, count)))
    return 0
}
