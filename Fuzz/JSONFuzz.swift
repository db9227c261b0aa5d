import JSON

/// Any bytes: the reader takes them or says why not, and what it took is written and read again as the same.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzJSON(_ start: UnsafePointer<UInt8>, _ count: Int) -> Int32 {
    let bytes = Array(UnsafeBufferPointer(start: start, count: count))
    let value: JSONValue
    do throws(JSONError) {
        value = try JSONValue(parsing: bytes)
    } catch {
        precondition(0...count ~= error.offset, "the offset is inside of the input")
        return 0
    }
    let written = value.serialized()
    do throws(JSONError) {
        let again = try JSONValue(parsing: written)
        precondition(again.serialized() == written, "writing and reading changes nothing")
    } catch {
        preconditionFailure("what was written cannot be read: \(error)")
    }
    return 0
}
