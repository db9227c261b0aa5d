extension JSONReader {
    /// Reads an object; the next byte is `{`.
    mutating func readObject(at depth: Int) throws(JSONError) -> JSONObject {
        try open(at: depth)
        guard peek != UInt8(ascii: "}") else {
            position += 1
            return JSONObject()
        }
        var members: [JSONObject.Member] = []
        members.reserveCapacity(16)
        var index = MemberIndex()
        var filter = NameFilter.nothing
        var found = 0
        var expectation = JSONError.Expectation.memberNameOrEndOfObject
        while true {
            guard peek == UInt8(ascii: "\"") else { throw failure(expectation) }
            let nameOffset = position
            found += 1
            guard found <= limits.maximumMembers else {
                throw JSONError(.tooManyMembers(limit: limits.maximumMembers), at: nameOffset)
            }
            let (longName, key) = try readName()
            let isPlainName = !hasEscapes
            filter.insert(key)
            let earlier = index.place(longName, key, in: members)
            if earlier != nil, limits.duplicateMembers == .refuse {
                throw JSONError(.duplicateMember, at: nameOffset)
            }
            let nameEnd = position
            skipBlanks()
            guard peek == UInt8(ascii: ":") else { throw failure(.colon) }
            position += 1
            skipBlanks()
            let valueOffset = position
            let value = try readValue(at: depth + 1, orElse: .value)
            if let earlier {
                members[earlier].value = value
            } else {
                let isPlain = isPlainName && valueOffset == nameEnd + 1 && isPlainText(at: valueOffset)
                members.append(
                    JSONObject.Member(
                        longName: longName, value, key: key,
                        source: isPlain ? source(from: nameOffset) : .none))
            }
            skipBlanks()
            switch peek {
            case UInt8(ascii: ","):
                position += 1
                skipBlanks()
                expectation = .memberName
            case UInt8(ascii: "}"):
                position += 1
                return JSONObject(members, filter)
            default: throw failure(.commaOrEndOfObject)
            }
        }
    }

    /// Reads an array; the next byte is `[`.
    mutating func readArray(at depth: Int) throws(JSONError) -> [JSONValue] {
        try open(at: depth)
        guard peek != UInt8(ascii: "]") else {
            position += 1
            return []
        }
        var elements: [JSONValue] = []
        var expectation = JSONError.Expectation.valueOrEndOfArray
        while true {
            guard elements.count < limits.maximumElements else {
                throw JSONError(.tooManyElements(limit: limits.maximumElements), at: position)
            }
            elements.append(try readValue(at: depth + 1, orElse: expectation))
            skipBlanks()
            switch peek {
            case UInt8(ascii: ","):
                position += 1
                skipBlanks()
                expectation = .value
            case UInt8(ascii: "]"):
                position += 1
                return elements
            default: throw failure(.commaOrEndOfArray)
            }
        }
    }

    private mutating func open(at depth: Int) throws(JSONError) {
        guard depth <= limits.maximumDepth else {
            throw JSONError(.tooDeep(limit: limits.maximumDepth), at: position)
        }
        position += 1
        skipBlanks()
    }

    /// Whether the value that was just read is a text without escapes.
    @inline(__always)
    private func isPlainText(at start: Int) -> Bool {
        bytes.load(fromByteOffset: start, as: UInt8.self) == UInt8(ascii: "\"") && !hasEscapes
    }

    /// What was just read.
    @inline(__always)
    private func source(from start: Int) -> SourceRange {
        // Nobody allows documents that long.
        guard let end = UInt32(exactly: position) else { return .none }
        return SourceRange(start: UInt32(truncatingIfNeeded: start), end: end)
    }

    /// Reads a name; the next byte is its opening quote.
    ///
    /// - Returns: no text for a name that is all in its key.
    @inline(__always)
    private mutating func readName() throws(JSONError) -> (longName: String, NameKey) {
        let opening = position
        let isASCII = try scanString()
        guard hasEscapes else { return try name(slice(opening + 1, position - 1), isASCII: isASCII, at: opening) }
        return try unescaped.withUnsafeBufferPointer { bytes throws(JSONError) in
            try name(bytes, isASCII: false, at: opening)
        }
    }

    @inline(__always)
    private func name(
        _ bytes: UnsafeBufferPointer<UInt8>, isASCII: Bool, at opening: Int
    ) throws(JSONError) -> (longName: String, NameKey) {
        let key = NameKey(bytes)
        guard !key.isWhole || bytes.count > limits.maximumStringBytes else { return ("", key) }
        return (try makeString(bytes, isASCII: isASCII, at: opening), key)
    }
}
