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
            let name = try readString()
            let key = key(ofNameAt: nameOffset)
            filter.insert(key)
            let earlier = index.place(name, key, in: members)
            if earlier != nil, limits.duplicateMembers == .refuse {
                throw JSONError(.duplicateMember, at: nameOffset)
            }
            skipBlanks()
            guard peek == UInt8(ascii: ":") else { throw failure(.colon) }
            position += 1
            skipBlanks()
            let value = try readValue(at: depth + 1, orElse: .value)
            if let earlier {
                members[earlier].value = value
            } else {
                members.append(JSONObject.Member(name, value, key: key))
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

    /// The key of the name that was just read, whose opening quote is at `start`.
    @inline(__always)
    private func key(ofNameAt start: Int) -> NameKey {
        guard hasEscapes else { return NameKey(slice(start + 1, position - 1)) }
        return unescaped.withUnsafeBufferPointer { NameKey($0) }
    }
}
