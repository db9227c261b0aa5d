/// Reads a form of several parts (RFC 7578, RFC 2046 §5.1), fed piece by piece as it arrives. Strict: nothing before
/// the first boundary or behind the last one, no folded fields, no encoded parts.
package struct MultipartReader {
    private enum State {
        /// Before the first boundary.
        case beginning
        /// Behind a boundary: `--` for the end, or the end of the line.
        case behindBoundary
        case head
        case body
        case ended
    }

    /// `CR LF -- boundary`: what ends a body. The first boundary has no line before it.
    private let delimiter: [UInt8]
    private let limits: MultipartLimits
    private var state = State.beginning
    /// Bytes that were fed and are not used up.
    private var buffer: [UInt8] = []
    private var position = 0
    private var part = MultipartPart()
    private var headBytes = 0
    private var parts: [MultipartPart] = []

    /// - Parameter contentType: of the message; names the boundary.
    package init(contentType: String?, limits: MultipartLimits = MultipartLimits()) throws(MultipartFault) {
        guard let contentType, let value = FieldParameters(contentType), value.word == "multipart/form-data" else {
            throw .notMultipart
        }
        guard let boundary = value["boundary"], Self.isBoundary(boundary) else { throw .boundary }
        delimiter = Array("\r\n--\(boundary)".utf8)
        self.limits = limits
    }

    /// A whole body at once.
    package static func read(
        _ body: [UInt8], contentType: String?, limits: MultipartLimits = MultipartLimits()
    ) throws(MultipartFault) -> [MultipartPart] {
        var reader = try MultipartReader(contentType: contentType, limits: limits)
        try reader.feed(body[...])
        return try reader.finish()
    }

    package mutating func feed(_ bytes: ArraySlice<UInt8>) throws(MultipartFault) {
        buffer.append(contentsOf: bytes)
        while try step() {}
        buffer.removeFirst(position)
        position = 0
    }

    /// The parts, when the last boundary has been seen.
    package func finish() throws(MultipartFault) -> [MultipartPart] {
        guard case .ended = state else { throw .cutShort }
        // The line of the last boundary may have an end.
        guard buffer.isEmpty || buffer == [ASCII.carriageReturn, ASCII.lineFeed] else { throw .epilogue }
        return parts
    }

    // MARK: - Steps

    /// Whether something was used up, so that another step may go on.
    private mutating func step() throws(MultipartFault) -> Bool {
        switch state {
        case .beginning:
            guard try take(delimiter.dropFirst(2), orElse: .preamble) else { return false }
            state = .behindBoundary
        case .behindBoundary: return try boundaryEnd()
        case .head: return try head()
        case .body: return try body()
        case .ended:
            if buffer.count - position > 2 { throw .epilogue }
            return false
        }
        return true
    }

    /// Uses up exactly these bytes; false while they have not all arrived.
    private mutating func take(
        _ expected: ArraySlice<UInt8>, orElse fault: MultipartFault
    ) throws(MultipartFault) -> Bool {
        let there = buffer[position...].prefix(expected.count)
        guard there.elementsEqual(expected.prefix(there.count)) else { throw fault }
        guard there.count == expected.count else { return false }
        position += expected.count
        return true
    }

    private mutating func boundaryEnd() throws(MultipartFault) -> Bool {
        guard buffer.count - position >= 2 else { return false }
        let pair = buffer[position..<(position + 2)]
        position += 2
        if pair.elementsEqual("--".utf8) {
            state = .ended
        } else if pair.elementsEqual([ASCII.carriageReturn, ASCII.lineFeed]) {
            guard parts.count < limits.parts else { throw .tooManyParts(limit: limits.parts) }
            part = MultipartPart()
            headBytes = 0
            state = .head
        } else {
            throw .boundaryLine
        }
        return true
    }

    /// One line of a part's head; an empty one ends it.
    private mutating func head() throws(MultipartFault) -> Bool {
        guard let end = buffer[position...].firstIndex(of: ASCII.lineFeed) else {
            if headBytes + buffer.count - position > limits.headBytes { throw .headTooLong(limit: limits.headBytes) }
            return false
        }
        headBytes += end + 1 - position
        guard headBytes <= limits.headBytes else { throw .headTooLong(limit: limits.headBytes) }
        guard end > position, buffer[end - 1] == ASCII.carriageReturn else { throw .field }
        let line = buffer[position..<(end - 1)]
        position = end + 1
        if line.isEmpty {
            try part.readHead()
            state = .body
        } else {
            try part.addField(line)
        }
        return true
    }

    private mutating func body() throws(MultipartFault) -> Bool {
        if let start = delimiterStart() {
            try append(upTo: start)
            position = start + delimiter.count
            parts.append(part)
            state = .behindBoundary
            return true
        }
        // The last bytes may be the beginning of a delimiter.
        let safe = buffer.count - (delimiter.count - 1)
        if safe > position { try append(upTo: safe) }
        return false
    }

    private mutating func append(upTo end: Int) throws(MultipartFault) {
        guard part.body.count + end - position <= limits.partBytes else {
            throw .partTooLong(limit: limits.partBytes)
        }
        part.body.append(contentsOf: buffer[position..<end])
        position = end
    }

    private func delimiterStart() -> Int? {
        buffer.withUnsafeBufferPointer { bytes in
            var start = position
            let last = bytes.count - delimiter.count
            while start <= last {
                if bytes[start] == ASCII.carriageReturn, matches(bytes, at: start) { return start }
                start += 1
            }
            return nil
        }
    }

    private func matches(_ bytes: UnsafeBufferPointer<UInt8>, at start: Int) -> Bool {
        for offset in 1..<delimiter.count where bytes[start + offset] != delimiter[offset] { return false }
        return true
    }

    /// RFC 2046 §5.1.1: 1 to 70 characters of a set, no blank at the end.
    private static func isBoundary(_ text: String) -> Bool {
        (1...70).contains(text.utf8.count) && text.utf8.last != ASCII.space
            && text.utf8.allSatisfy { byte in
                ASCII.isDigit(byte) || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(ASCII.lowercase(byte))
                    || "'()+_,-./:=? ".utf8.contains(byte)
            }
    }
}

/// Bounds on a form.
package struct MultipartLimits: Sendable {
    package var parts = 32
    /// The fields of one part, with their line ends.
    package var headBytes = 8_192
    package var partBytes = 67_108_864

    package init() {}
}

/// What is wrong with a form.
package enum MultipartFault: Error, Hashable, Sendable, CustomStringConvertible {
    case notMultipart, boundary, preamble, boundaryLine, field, disposition, encoding, epilogue, cutShort
    case tooManyParts(limit: Int)
    case headTooLong(limit: Int)
    case partTooLong(limit: Int)

    package var description: String {
        switch self {
        case .notMultipart: "the content type is not multipart/form-data"
        case .boundary: "the content type has no valid boundary"
        case .preamble: "the form does not begin with its boundary"
        case .boundaryLine: "a boundary is followed by something else than a line end or '--'"
        case .field: "a field of a part is malformed"
        case .disposition: "a part has no 'Content-Disposition: form-data' with a name"
        case .encoding: "a part has a transfer encoding"
        case .epilogue: "something follows the last boundary"
        case .cutShort: "the form ends before its last boundary"
        case .tooManyParts(let limit): "the form has more than \(limit) parts"
        case .headTooLong(let limit): "the fields of a part have more than \(limit) bytes"
        case .partTooLong(let limit): "a part has more than \(limit) bytes"
        }
    }
}
