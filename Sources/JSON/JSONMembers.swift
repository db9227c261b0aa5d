/// The members of an object, written as they are added. They may change places before the document is put together, and
/// each may have a second form, so that one set of members gives two documents.
///
/// A value, but not `Sendable`: it lives no longer than an answer is put together.
package struct JSONMembers {
    private var storage = MemberBytes()

    package init() {}

    package var isEmpty: Bool { storage.pieces.isEmpty }

    /// A number that differs where the members so far differ, and is the same on every machine; no protection against
    /// members that are made to have the same.
    package var fingerprint: UInt64 { storage.fingerprint }

    /// Adds a text. The name stands in code and needs no escapes.
    package mutating func append(_ name: StaticString, _ text: String) {
        makeUnique()
        storage.append(name, text)
    }

    /// Adds any value, under any name.
    package mutating func append(_ name: String, value: JSONValue) {
        makeUnique()
        storage.append { output in
            output.appendName(name, isFirst: true)
            output.append(value)
        }
    }

    /// Adds an object, in its usual form.
    package mutating func append(_ name: StaticString, _ object: JSONMembers) {
        makeUnique()
        storage.append { output in
            output.appendName(name, isFirst: true)
            object.document().withUnsafeBufferPointer { output.append($0) }
        }
    }

    /// Adds a text that the other document shows in another form, under any name.
    package mutating func append(_ name: String, _ text: String, otherwise: String) {
        append(name, value: .string(text))
        storage.setOther { output in
            output.appendName(name, isFirst: true)
            output.appendQuoted(otherwise)
        }
    }

    /// Adds a member that the caller puts together: a name in quotes, a colon, a value, without blanks.
    ///
    /// - Parameter longest: at most so many bytes.
    package mutating func appendMember(atMost longest: Int, _ write: (inout MemberCursor) -> Void) {
        makeUnique()
        storage.append { output in
            output.reserve(longest)
            var cursor = MemberCursor(output.end, room: longest)
            write(&cursor)
            _ = output.advance(by: cursor.count)
        }
    }

    /// Changes the places of the members in the document.
    package mutating func rearrange(_ change: (UnsafeMutableBufferPointer<MemberPlace>) -> Void) {
        makeUnique()
        change(storage.pieces)
    }

    /// The whole object, without blanks.
    ///
    /// - Parameter otherwise: with the other forms of the members that have one.
    package func document(otherwise: Bool = false) -> [UInt8] {
        var length = max(2, storage.pieces.count + 1)
        for piece in storage.pieces { length += piece.range(otherwise).count }
        // Not written into an array at once: for that its type would be looked up when the program runs, which takes
        // longer than the copy.
        return withUnsafeTemporaryAllocation(of: UInt8.self, capacity: length + MemberBytes.slack) { target in
            guard let target = target.baseAddress else { return [] }
            return Array(UnsafeBufferPointer(start: target, count: storage.write(to: target, otherwise)))
        }
    }

    /// Appends the whole object to a document.
    package func append(to document: inout [UInt8], otherwise: Bool = false) {
        document += self.document(otherwise: otherwise)
    }

    @inline(__always)
    private mutating func makeUnique() {
        if !isKnownUniquelyReferenced(&storage) { storage = MemberBytes(copying: storage) }
    }
}

// MARK: - Looking at them again

extension JSONMembers {
    /// Whether there is a member of this name.
    package func contains(_ name: String) -> Bool {
        var output = ByteOutput(capacity: 64)
        output.appendName(name, isFirst: true)
        let beginning = output.bytes
        return storage.pieces.contains { storage.bytes($0.range(false)).starts(with: beginning) }
    }

    /// The members in the order of the document: as they are written, and in their other form.
    package func read() -> [(usual: JSONObject.Member, other: JSONObject.Member)] {
        storage.pieces.map { (member($0.range(false)), member($0.range(true))) }
    }

    private func member(_ range: Range<Int32>) -> JSONObject.Member {
        let text = storage.bytes(range)
        do throws(JSONError) {
            let document = try JSONValue(
                parsing: [UInt8(ascii: "{")] + text + [UInt8(ascii: "}")], limits: .widest)
            guard let member = document.object?.members.first else { preconditionFailure("an object of one member") }
            return member
        } catch {
            preconditionFailure("what was written here can be read: \(error)")
        }
    }
}
