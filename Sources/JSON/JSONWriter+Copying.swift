/// Copying what was read, without taking it apart: the rest of the program would have to copy each value to look at it.
extension JSONWriter {
    /// Copies members in one piece from the document that they were read from: texts whose names are in a set, and that
    /// stand there as a writer would write them.
    ///
    /// - Parameters:
    ///   - first: the index of the first one.
    ///   - document: that of the object, and no other one.
    /// - Returns: how many members were copied; zero when the first one is none of these.
    package mutating func copyTexts(
        from first: Int, of object: JSONObject, in document: [UInt8], among names: NameSet
    ) -> Int {
        object.members.withUnsafeBufferPointer { members in
            var next = first
            var end = members[first].source.start
            while next < members.count {
                let source = members[next].source
                // Between two members that follow each other without blanks there is a comma.
                let follows = source.start == end &+ (next == first ? 0 : 1)
                guard source.end > 0, follows else { break }
                let key = members[next].key
                // Apart, because for most no text need be looked at.
                let isMeant = key.isWhole ? names.contains(whole: key) : names.contains(members[next].longName, key)
                guard isMeant else { break }
                end = source.end
                next &+= 1
            }
            if next > first { copyMembers(document, Int(members[first].source.start)..<Int(end)) }
            return next &- first
        }
    }

    /// Copies a member whose name is in a set and whose value is a text.
    ///
    /// - Parameter index: of the member.
    /// - Returns: false when it is another member; nothing is written then.
    package mutating func copyText(at index: Int, of object: JSONObject, among names: NameSet) -> Bool {
        object.members.withUnsafeBufferPointer { members in
            let key = members[index].key
            guard names.contains(members[index].longName, key), case .string(let text) = members[index].value else {
                return false
            }
            copyMember(members[index].longName, key, text)
            return true
        }
    }
}

extension JSONObject {
    /// Whether the name of a member is in a set.
    package func isNamed(at index: Int, among names: NameSet) -> Bool {
        members.withUnsafeBufferPointer { names.contains($0[index].longName, $0[index].key) }
    }

    /// Looks the bytes of a member's name up in a table.
    ///
    /// - Parameters:
    ///   - index: of the member.
    ///   - table: what it returns is returned.
    package func lookUpName(at index: Int, _ table: (UnsafeBufferPointer<UInt8>) -> Int?) -> Int? {
        members.withUnsafeBufferPointer { members in
            let key = members[index].key
            return key.isWhole ? key.withBytes { table($0) } : members[index].longName.withBytes { table($0) }
        }
    }

    /// The length of a member's text or number in UTF-8; nil when it is something else.
    ///
    /// - Parameter index: of the member.
    package func textLength(at index: Int) -> Int? {
        members.withUnsafeBufferPointer { members in
            // Not asked of the value, which would be copied for it.
            switch members[index].value {
            case .string(let text), .number(let text): text.utf8.count
            case .null, .bool, .array, .object: nil
            }
        }
    }
}
