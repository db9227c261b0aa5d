/// Reads the lines of a head out of bytes that arrive piece by piece. All positions count from the first byte of the
/// head, and every decision depends only on the bytes before it: how they were cut makes no difference.
struct LineScanner {
    /// The next byte to look at.
    private(set) var position = 0
    private(set) var lineStart = 0

    /// The next line without its CRLF; nil when its end is not there yet.
    ///
    /// - Parameters:
    ///   - lineLimit: the longest line, without its end, and what to throw for a longer one.
    ///   - limit: the longest head; ``HTTPParseError/headTooLong`` above.
    @inline(__always)
    mutating func next(
        _ bytes: Span<UInt8>, lineLimit: Int, tooLong: HTTPParseError, limit: Int
    ) throws(HTTPParseError) -> Range<Int>? {
        let count = bytes.count
        // Saturating: a limit of Int.max means no limit.
        let lineEnd = lineStart.addingReportingOverflow(lineLimit)
        let lastAllowed = lineEnd.overflow ? Int.max : lineEnd.partialValue
        let start = position
        let end = bytes.withUnsafeBufferPointer { ByteSearch.firstLineEnd(in: $0, from: start) }
        position = end
        // The first byte that may not be there, if it is no line end.
        let refused = max(start, min(lastAllowed, limit))
        guard end <= refused else { throw lastAllowed <= refused ? tooLong : .headTooLong }
        guard end < count else { return nil }
        guard bytes[end] == ASCII.carriageReturn else { throw .bareLineFeed }
        guard end + 1 < count else { return nil }
        guard bytes[end + 1] == ASCII.lineFeed else { throw .bareCarriageReturn }
        guard end + 2 <= limit else { throw .headTooLong }
        let line = lineStart..<end
        lineStart = end + 2
        position = end + 2
        return line
    }
}

/// One header line.
enum FieldLine {
    /// Splits a line into name and value; blanks around the value are not part of it (RFC 9112 §5).
    @inline(__always)
    static func parse(_ bytes: Span<UInt8>, _ line: Range<Int>) throws(HTTPParseError) -> FieldSlice {
        guard !ASCII.isBlank(bytes[line.lowerBound]) else { throw .foldedField }
        var colon = line.lowerBound
        while colon < line.upperBound, ASCII.isToken(bytes[colon]) { colon += 1 }
        guard colon < line.upperBound, bytes[colon] == ASCII.colon, colon > line.lowerBound else {
            throw colon < line.upperBound && ASCII.isBlank(bytes[colon]) ? .blankBeforeColon : .fieldName
        }
        var start = colon + 1
        var end = line.upperBound
        while start < end, ASCII.isBlank(bytes[start]) { start += 1 }
        while end > start, ASCII.isBlank(bytes[end - 1]) { end -= 1 }
        let isClean = bytes.withUnsafeBufferPointer { ByteSearch.isFieldValue($0, start..<end) }
        guard isClean else { throw .fieldValue }
        return FieldSlice(name: line.lowerBound..<colon, value: start..<end)
    }
}
