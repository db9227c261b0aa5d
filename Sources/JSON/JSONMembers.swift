/// The members of an object, written as they are added. They may change places before the document is put together, and
/// each may have a second form, so that one set of members gives two documents.
package struct JSONMembers: Sendable {
    /// Where a member stands in the bytes, without a comma.
    package struct Piece: Sendable {
        fileprivate var usual: Range<Int32>
        fileprivate var other: Range<Int32>

        fileprivate func range(_ otherwise: Bool) -> Range<Int32> { otherwise ? other : usual }
    }

    /// One member behind the other, in the order in which they were added. Behind ``count`` there is room.
    /// Short enough for the quick part of the allocator, which ends at 1032 bytes with the head of the array.
    private var bytes = [UInt8](repeating: 0, count: 960)
    private var count = 0
    /// In the order of the document.
    package var pieces: [Piece] = []

    package init() { pieces.reserveCapacity(32) }

    package var isEmpty: Bool { pieces.isEmpty }

    /// Adds a text.
    package mutating func append(_ name: String, _ text: String) {
        let start = count
        if !putPlain(name, text) { put(name) { $0.appendQuoted(text) } }
        finish(start)
    }

    /// Adds any value.
    package mutating func append(_ name: String, _ value: JSONValue) {
        let start = count
        put(name) { $0.append(value) }
        finish(start)
    }

    /// Adds an object, in its usual form.
    package mutating func append(_ name: String, _ object: JSONMembers) {
        let start = count
        put(name) { _ in }
        object.document().withUnsafeBufferPointer { put($0) }
        finish(start)
    }

    /// Adds a text that the other document shows in another form.
    package mutating func append(_ name: String, _ text: String, otherwise: String) {
        append(name, text)
        let start = Int32(count)
        put(name) { $0.appendQuoted(otherwise) }
        pieces[pieces.count - 1].other = start..<Int32(count)
    }

    /// Adds a member that the caller puts together: a name in quotes, a colon, a value, without blanks.
    package mutating func appendMember(_ write: (inout JSONMembers) -> Void) {
        let start = count
        write(&self)
        finish(start)
    }

    /// The whole object, without blanks.
    ///
    /// - Parameter otherwise: with the other forms of the members that have one.
    package func document(otherwise: Bool = false) -> [UInt8] {
        var length = max(2, pieces.count + 1)
        for piece in pieces { length += piece.range(otherwise).count }
        return Array(unsafeUninitializedCapacity: length) { target, written in
            guard let target = target.baseAddress else { return }
            written = write(to: target, otherwise)
        }
    }

    /// Appends the whole object to a document.
    package func append(to document: inout [UInt8], otherwise: Bool = false) {
        document += self.document(otherwise: otherwise)
    }

    /// Writes the whole object; there is room for it.
    ///
    /// - Returns: how many bytes that were.
    private func write(to target: UnsafeMutablePointer<UInt8>, _ otherwise: Bool) -> Int {
        bytes.withUnsafeBufferPointer { bytes in
            target[0] = UInt8(ascii: "{")
            var written = 1
            for piece in pieces {
                if written > 1 {
                    target[written] = UInt8(ascii: ",")
                    written += 1
                }
                let range = piece.range(otherwise)
                let source = UnsafeBufferPointer(rebasing: bytes[Int(range.lowerBound)..<Int(range.upperBound)])
                if let base = source.baseAddress { (target + written).update(from: base, count: source.count) }
                written += source.count
            }
            target[written] = UInt8(ascii: "}")
            return written + 1
        }
    }
}

// MARK: - Looking at them again

extension JSONMembers {
    /// Whether there is a member of this name.
    package func contains(_ name: String) -> Bool {
        var output = ByteOutput(capacity: 64)
        output.appendName(name, isFirst: true)
        let beginning = output.bytes
        return pieces.contains { bytes[Int($0.usual.lowerBound)..<Int($0.usual.upperBound)].starts(with: beginning) }
    }

    /// The members in the order of the document: as they are written, and in their other form.
    package func read() -> [(usual: JSONObject.Member, other: JSONObject.Member)] {
        pieces.map { (member($0.usual), member($0.other)) }
    }

    private func member(_ range: Range<Int32>) -> JSONObject.Member {
        let text = bytes[Int(range.lowerBound)..<Int(range.upperBound)]
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

// MARK: - Writing

extension JSONMembers {
    package mutating func put(_ byte: UInt8) {
        reserve(1)
        bytes[count] = byte
        count += 1
    }

    /// Up to eight bytes that need no escapes, the first one lowest, in quotes.
    package mutating func putQuoted(_ word: UInt64, length: Int) {
        precondition((0...8).contains(length), "a word has eight bytes")
        reserve(10)
        bytes[count] = UInt8(ascii: "\"")
        bytes.withUnsafeMutableBytes { $0.storeBytes(of: word.littleEndian, toByteOffset: count + 1, as: UInt64.self) }
        bytes[count + length + 1] = UInt8(ascii: "\"")
        count += length + 2
    }

    private mutating func finish(_ start: Int) {
        let range = Int32(start)..<Int32(count)
        pieces.append(Piece(usual: range, other: range))
    }

    private mutating func reserve(_ additional: Int) {
        guard bytes.count - count < additional else { return }
        bytes.append(contentsOf: repeatElement(0, count: max(bytes.count, additional)))
    }

    private mutating func put(_ more: UnsafeBufferPointer<UInt8>) {
        reserve(more.count)
        for byte in more {
            bytes[count] = byte
            count += 1
        }
    }

    /// Any name, any value.
    private mutating func put(_ name: String, _ value: (inout ByteOutput) -> Void) {
        var output = ByteOutput(capacity: 256)
        output.appendName(name, isFirst: true)
        value(&output)
        output.bytes.withUnsafeBufferPointer { put($0) }
    }

    /// The usual case: neither name nor text needs an escape, and both are copied once.
    ///
    /// - Returns: false when one does; nothing is put then.
    private mutating func putPlain(_ name: String, _ text: String) -> Bool {
        reserve(name.utf8.count + text.utf8.count + 5)
        let start = count
        let written = bytes.withUnsafeMutableBufferPointer { bytes in
            guard let target = bytes.baseAddress.map({ $0 + start }) else { return 0 }
            return name.withBytes { name in
                text.withBytes { text in Self.writePlain(name, text, to: target) }
            }
        }
        count += written
        return written > 0
    }

    /// Writes `"name":"text"`; there is room for it.
    ///
    /// - Returns: how many bytes that are; 0 when something needs an escape.
    @inline(__always)
    private static func writePlain(
        _ name: UnsafeBufferPointer<UInt8>, _ text: UnsafeBufferPointer<UInt8>, to target: UnsafeMutablePointer<UInt8>
    ) -> Int {
        target[0] = UInt8(ascii: "\"")
        guard PlainText.copyPrefix(of: name, to: target + 1) == name.count else { return 0 }
        let value = target + name.count + 1
        value[0] = UInt8(ascii: "\"")
        value[1] = UInt8(ascii: ":")
        value[2] = UInt8(ascii: "\"")
        guard PlainText.copyPrefix(of: text, to: value + 3) == text.count else { return 0 }
        value[text.count + 3] = UInt8(ascii: "\"")
        return name.count + text.count + 5
    }
}
