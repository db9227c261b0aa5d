/// Copying what was read, without taking it apart: the rest of the program would have to copy each value to look at it.
extension JSONWriter {
    /// Copies a member whose name is in a set and whose value is a text.
    ///
    /// - Parameters:
    ///   - index: of the member.
    ///   - isHidden: whether a text of these bytes must not be copied.
    /// - Returns: false when it is another member, or hidden; nothing is written then.
    package mutating func copyText(
        at index: Int, of object: JSONObject, among names: NameSet,
        unless isHidden: (UnsafeBufferPointer<UInt8>) -> Bool
    ) -> Bool {
        object.members.withUnsafeBufferPointer { members in
            guard case .string(let text) = members[index].value else { return false }
            let key = members[index].key
            return members[index].name.withBytes { name in
                names.contains(name, key)
                    && text.withBytes { text in
                        if isHidden(text) { return false }
                        copyMember(name, text)
                        return true
                    }
            }
        }
    }
}

extension JSONObject {
    /// Whether the name of a member is in a set.
    package func isNamed(at index: Int, among names: NameSet) -> Bool {
        members.withUnsafeBufferPointer { members in
            let key = members[index].key
            return members[index].name.withBytes { names.contains($0, key) }
        }
    }

    /// The length of a member's text or number in UTF-8; nil when it is something else.
    ///
    /// - Parameter index: of the member.
    package func textLength(at index: Int) -> Int? {
        members.withUnsafeBufferPointer { members in
            switch members[index].value {
            case .string(let text), .number(let text): text.utf8.count
            case .null, .bool, .array, .object: nil
            }
        }
    }
}
