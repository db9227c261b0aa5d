import ServiceKit

/// Any text as a form: names and values survive being encoded and decoded once more.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzForm(_ start: UnsafePointer<UInt8>, _ count: Int) -> Int32 {
    let text = String(decoding: bytes(start, count), as: UTF8.self)
    let pairs = FormCoding.pairs(text)
    let again = pairs.map { "\(PercentCoding.encode($0.name))=\(PercentCoding.encode($0.value))" }.joined(separator: "&")
    let read = FormCoding.pairs(again)
    precondition(read.map(\.name) == pairs.map(\.name) && read.map(\.value) == pairs.map(\.value))
    return 0
}
