import Payments
import Processor
import Scenarios

private let key = Fingerprinter(key: [1, 2, 3])
private let keys = ["cards", "avs", "bins", "responseCodes"]

/// Any text as a table of a scenario; its first byte says which one. It loads, or there is a diagnostic with a place.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzCSV(_ start: UnsafePointer<UInt8>, _ count: Int) -> Int32 {
    guard count > 0 else { return 0 }
    let name = keys[Int(start[0]) % keys.count]
    let files = MemoryFiles([
        "main.yaml": Array("\(name): \(name == "responseCodes" ? "[t.csv]" : "t.csv")\n".utf8),
        "t.csv": bytes(start + 1, count - 1),
    ])
    check(ScenarioLoader.load("main.yaml", folder: files, shipped: MemoryFiles([:]), fingerprints: key))
    return 0
}
