/// The members of an object, written as they are added. They may change places before the document is put together, and
/// each may have a second form, so that one set of members gives two documents.
///
/// A value, but not `Sendable`: it lives no longer than an answer is put together.
package struct JSONMembers {
    /// Where a member stands in the bytes, without a comma.
    package struct Piece: Sendable {
        fileprivate var usual: Range<Int32>
        fileprivate var other: Range<Int32>

        fileprivate func range(_ otherwise: Bool) -> Range<Int32> { otherwise ? other : usual }
    }

    /// One member behind the other, in the order in which they were added.
    private var storage = MemberBytes()
    /// In the order of the document.
    package var pieces: [Piece] = []

    package init() { pieces.reserveCapacity(32) }

    package var isEmpty: Bool { pieces.isEmpty }

    /// Adds a text. The name stands in code and needs no escapes.
    package mutating func append(_ name: StaticString, _ text: String) {
        let start = begin()
        let bytes = storage
        if !text.withBytes({ bytes.putPlain(name, $0) }) { bytes.put(name) { $0.appendQuoted(text) } }
        finish(start)
    }

    /// Adds any value, under any name.
    package mutating func append(_ name: String, value: JSONValue) {
        let start = begin()
        storage.put(name) { $0.append(value) }
        finish(start)
    }

    /// Adds an object, in its usual form.
    package mutating func append(_ name: StaticString, _ object: JSONMembers) {
        let start = begin()
        storage.put(name) { _ in }
        object.document().withUnsafeBufferPointer { storage.put($0) }
        finish(start)
    }

    /// Adds a text that the other document shows in another form, under any name.
    package mutating func append(_ name: String, _ text: String, otherwise: String) {
        append(name, value: .string(text))
        let start = storage.count
        storage.put(name) { $0.appendQuoted(otherwise) }
        pieces[pieces.count - 1].other = Int32(start)..<Int32(storage.count)
    }

    /// Adds a member that the caller puts together: a name in quotes, a colon, a value, without blanks.
    ///
    /// - Parameter longest: at most so many bytes.
    package mutating func appendMember(atMost longest: Int, _ write: (inout MemberCursor) -> Void) {
        let start = begin()
        storage.reserve(longest)
        var cursor = MemberCursor(storage.end, room: longest)
        write(&cursor)
        storage.advance(by: cursor.count)
        finish(start)
    }

    /// The whole object, without blanks.
    ///
    /// - Parameter otherwise: with the other forms of the members that have one.
    package func document(otherwise: Bool = false) -> [UInt8] {
        var length = max(2, pieces.count + 1)
        for piece in pieces { length += piece.range(otherwise).count }
        // Not written into an array at once: for that its type would be looked up when the program runs, which takes
        // longer than the copy.
        return withUnsafeTemporaryAllocation(of: UInt8.self, capacity: length + MemberBytes.slack) { target in
            guard let target = target.baseAddress else { return [] }
            return Array(UnsafeBufferPointer(start: target, count: write(to: target, otherwise)))
        }
    }

    /// Appends the whole object to a document.
    package func append(to document: inout [UInt8], otherwise: Bool = false) {
        document += self.document(otherwise: otherwise)
    }

    /// Writes the whole object; there is room for it, and for as much behind it as a copy may write too much.
    ///
    /// - Returns: how many bytes that were.
    private func write(to target: UnsafeMutablePointer<UInt8>, _ otherwise: Bool) -> Int {
        target[0] = UInt8(ascii: "{")
        var written = 1
        for piece in pieces {
            if written > 1 {
                target[written] = UInt8(ascii: ",")
                written &+= 1
            }
            let range = piece.range(otherwise)
            storage.copy(Int(range.lowerBound), Int(range.upperBound), to: target + written)
            written &+= range.count
        }
        target[written] = UInt8(ascii: "}")
        return written + 1
    }

    /// Where the next member starts, in bytes that are nobody else's.
    private mutating func begin() -> Int {
        if !isKnownUniquelyReferenced(&storage) { storage = MemberBytes(copying: storage) }
        return storage.count
    }

    private mutating func finish(_ start: Int) {
        let range = Int32(truncatingIfNeeded: start)..<Int32(storage.count)
        pieces.append(Piece(usual: range, other: range))
    }
}

// MARK: - Looking at them again

extension JSONMembers {
    /// Whether there is a member of this name.
    package func contains(_ name: String) -> Bool {
        var output = ByteOutput(capacity: 64)
        output.appendName(name, isFirst: true)
        let beginning = output.bytes
        return pieces.contains { storage.bytes($0.usual).starts(with: beginning) }
    }

    /// The members in the order of the document: as they are written, and in their other form.
    package func read() -> [(usual: JSONObject.Member, other: JSONObject.Member)] {
        pieces.map { (member($0.usual), member($0.other)) }
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
