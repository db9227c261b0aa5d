import Payments
import Processor
import Scenarios

private let key = Fingerprinter(key: [1, 2, 3])

/// Any text as a scenario: it loads, or there is a diagnostic with a place.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzYAML(_ start: UnsafePointer<UInt8>, _ count: Int) -> Int32 {
    let files = MemoryFiles(["main.yaml": bytes(start, count)])
    check(ScenarioLoader.load("main.yaml", folder: files, shipped: MemoryFiles([:]), fingerprints: key))
    return 0
}
