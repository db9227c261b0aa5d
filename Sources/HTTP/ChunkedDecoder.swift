/// Takes the chunks of a body apart (RFC 9112 §7.1).
struct ChunkedDecoder {
    private enum Phase {
        case sizeLine
        case data(left: Int)
        /// The CRLF behind the data; `seen` of its bytes have come.
        case dataEnd(seen: Int)
        case trailers
        case complete
    }

    private var phase = Phase.sizeLine
    /// The bytes of an unfinished line.
    private var line: [UInt8] = []
    private var extensionBytes = 0
    private var trailerBytes = 0
    private var trailerCount = 0

    /// - Parameters:
    ///   - cursor: the next byte of `input`; behind the last byte used afterwards.
    ///   - body: receives the decoded bytes.
    /// - Returns: true when the body is complete.
    mutating func feed(
        _ input: Span<UInt8>, _ cursor: inout Int, into body: inout [UInt8], limits: HTTPLimits
    ) throws(HTTPParseError) -> Bool {
        while true {
            switch phase {
            case .sizeLine:
                guard try takeLine(input, &cursor, limit: limits.chunkLineBytes, tooLong: .chunkLineTooLong) else {
                    return false
                }
                let size = try parseSize(limits)
                line.removeAll(keepingCapacity: true)
                let (total, overflow) = body.count.addingReportingOverflow(size)
                guard !overflow, total <= limits.bodyBytes else { throw .bodyTooLong }
                phase = size == 0 ? .trailers : .data(left: size)
            case .data(let left):
                let count = min(left, input.count - cursor)
                body.append(input, cursor..<cursor + count)
                cursor += count
                guard count == left else {
                    phase = .data(left: left - count)
                    return false
                }
                phase = .dataEnd(seen: 0)
            case .dataEnd(let seen):
                guard cursor < input.count else { return false }
                guard input[cursor] == (seen == 0 ? ASCII.carriageReturn : ASCII.lineFeed) else { throw .chunkEnd }
                cursor += 1
                phase = seen == 0 ? .dataEnd(seen: 1) : .sizeLine
            case .trailers:
                let limit = limits.headBytes - trailerBytes - 2
                guard try takeLine(input, &cursor, limit: limit, tooLong: .headTooLong) else { return false }
                if line.isEmpty {
                    phase = .complete
                    return true
                }
                // Checked, then dropped: no handler needs them, and merged into the head they could forge a field
                // that was already decided upon (RFC 9110 §6.5.1).
                _ = try FieldLine.parse(line.span, 0..<line.count)
                trailerCount += 1
                trailerBytes += line.count + 2
                guard trailerCount <= limits.fieldCount else { throw .tooManyFields }
                line.removeAll(keepingCapacity: true)
            case .complete:
                return true
            }
        }
    }

    /// Gathers one line in ``line``, without its CRLF.
    ///
    /// - Returns: false when its end is not there yet.
    private mutating func takeLine(
        _ input: Span<UInt8>, _ cursor: inout Int, limit: Int, tooLong: HTTPParseError
    ) throws(HTTPParseError) -> Bool {
        while cursor < input.count {
            let byte = input[cursor]
            cursor += 1
            if line.last == ASCII.carriageReturn {
                guard byte == ASCII.lineFeed else { throw .bareCarriageReturn }
                line.removeLast()
                return true
            }
            guard byte != ASCII.lineFeed else { throw .bareLineFeed }
            guard byte == ASCII.carriageReturn || line.count < limit else { throw tooLong }
            line.append(byte)
        }
        return false
    }

    /// `1*HEXDIG [ chunk-ext ]`
    private mutating func parseSize(_ limits: HTTPLimits) throws(HTTPParseError) -> Int {
        var size = 0
        var index = 0
        while index < line.count, let digit = ASCII.hexValue(line[index]) {
            let (product, overflow) = size.multipliedReportingOverflow(by: 16)
            guard !overflow else { throw .chunkSize }
            // Cannot overflow: the last four bits of the product are 0.
            size = product | digit
            index += 1
        }
        guard index > 0 else { throw .chunkSize }
        extensionBytes += line.count - index
        guard extensionBytes <= limits.chunkExtensionBytes else { throw .chunkExtensionsTooLong }
        var rest = ChunkExtensions(bytes: line, index: index)
        try rest.check()
        return size
    }
}

/// `*( BWS ";" BWS token [ BWS "=" BWS ( token / quoted-string ) ] )` (RFC 9112 §7.1.1): checked, then ignored.
private struct ChunkExtensions {
    let bytes: [UInt8]
    var index: Int

    mutating func check() throws(HTTPParseError) {
        while index < bytes.count {
            skipBlanks()
            guard take(";") else { throw .chunkSize }
            skipBlanks()
            guard skipToken() else { throw .chunkExtension }
            let afterName = index
            skipBlanks()
            guard take("=") else {
                // The blanks belong to the next `;`, or the line must have ended before them.
                guard index < bytes.count || afterName == index else { throw .chunkExtension }
                index = afterName
                guard index == bytes.count || bytes[index] == UInt8(ascii: ";") || ASCII.isBlank(bytes[index]) else {
                    throw .chunkExtension
                }
                continue
            }
            skipBlanks()
            if skipToken() { continue }
            guard try skipQuotedString() else { throw .chunkExtension }
        }
    }

    private mutating func skipBlanks() {
        while index < bytes.count, ASCII.isBlank(bytes[index]) { index += 1 }
    }

    private mutating func take(_ character: Unicode.Scalar) -> Bool {
        guard index < bytes.count, bytes[index] == UInt8(ascii: character) else { return false }
        index += 1
        return true
    }

    private mutating func skipToken() -> Bool {
        let start = index
        while index < bytes.count, ASCII.isToken(bytes[index]) { index += 1 }
        return index > start
    }

    private mutating func skipQuotedString() throws(HTTPParseError) -> Bool {
        guard take("\"") else { return false }
        while index < bytes.count {
            let byte = bytes[index]
            index += 1
            if byte == UInt8(ascii: "\"") { return true }
            guard ASCII.isFieldValue(byte) else { throw .chunkExtension }
            guard byte == UInt8(ascii: "\\") else { continue }
            guard index < bytes.count, ASCII.isFieldValue(bytes[index]) else { throw .chunkExtension }
            index += 1
        }
        return false
    }
}
