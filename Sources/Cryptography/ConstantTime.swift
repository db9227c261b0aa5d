/// Whether two secrets are equal, in a time that depends only on their lengths.
package func constantTimeEqual(_ left: UnsafeBufferPointer<UInt8>, _ right: UnsafeBufferPointer<UInt8>) -> Bool {
    guard left.count == right.count else { return false }
    var difference: UInt8 = 0
    for index in 0..<left.count { difference |= left[index] ^ right[index] }
    return difference == 0
}

/// The same for bytes in arrays.
package func constantTimeEqual(_ left: [UInt8], _ right: [UInt8]) -> Bool {
    left.withUnsafeBufferPointer { left in right.withUnsafeBufferPointer { constantTimeEqual(left, $0) } }
}

/// The same for the UTF-8 of two texts.
package func constantTimeEqual(_ left: String, _ right: String) -> Bool {
    withBytes(of: left) { left in withBytes(of: right) { constantTimeEqual(left, $0) } }
}

/// Calls `body` with the UTF-8, which native strings have in one piece.
private func withBytes<Result>(of text: String, _ body: (UnsafeBufferPointer<UInt8>) -> Result) -> Result {
    if let result = text.utf8.withContiguousStorageIfAvailable(body) { return result }
    return Array(text.utf8).withUnsafeBufferPointer(body)
}
