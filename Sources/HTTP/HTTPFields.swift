/// One header line.
package struct HTTPField: Hashable, Sendable {
    package var name: String
    package var value: String

    package init(_ name: String, _ value: String) {
        self.name = name
        self.value = value
    }
}

/// Where one header line lies in the bytes of its section.
struct FieldSlice: Sendable {
    var nameStart: UInt32
    var nameCount: UInt32
    var valueStart: UInt32
    var valueCount: UInt32

    init(name: Range<Int>, value: Range<Int>) {
        nameStart = UInt32(name.lowerBound)
        nameCount = UInt32(name.count)
        valueStart = UInt32(value.lowerBound)
        valueCount = UInt32(value.count)
    }

    var name: Range<Int> { Int(nameStart)..<Int(nameStart) + Int(nameCount) }
    var value: Range<Int> { Int(valueStart)..<Int(valueStart) + Int(valueCount) }
}

/// The header section of a message: ordered, repeated names kept, names compared without regard to case.
///
/// One buffer holds the bytes as they came; a `String` is made only of what is asked for.
package struct HTTPFields: Sendable, ExpressibleByDictionaryLiteral {
    private(set) var bytes: [UInt8]
    private var slices: [FieldSlice]
    /// How long the names are, a bit for each length: most names that are asked for are as long as none that is there.
    /// Those that were taken out count as well.
    private var lengths: UInt64

    package init(_ lines: [HTTPField] = []) {
        bytes = []
        slices = []
        lengths = 0
        for line in lines { append(line.name, line.value) }
    }

    package init(dictionaryLiteral elements: (String, String)...) {
        self.init(elements.map { HTTPField($0.0, $0.1) })
    }

    /// Takes over what a parser found.
    init(bytes: [UInt8], slices: [FieldSlice]) {
        self.bytes = bytes
        self.slices = slices
        lengths = slices.reduce(0) { $0 | Self.bit($1.nameCount) }
    }

    /// All lines in order.
    package var lines: [HTTPField] { slices.map { HTTPField(text($0.name), text($0.value)) } }

    package var count: Int { slices.count }
    package var isEmpty: Bool { slices.isEmpty }

    /// The value of the first line of this name.
    package subscript(name: String) -> String? { index(of: name).map { text(slices[$0].value) } }

    /// Looks the bytes of the value of the first line of this name up somewhere, without making a text of them.
    ///
    /// - Parameter table: what it returns is returned.
    package func lookUpValue(of name: String, _ table: (UnsafeBufferPointer<UInt8>) -> Int?) -> Int? {
        guard let index = index(of: name) else { return nil }
        return bytes.withUnsafeBufferPointer { table(UnsafeBufferPointer(rebasing: $0[slices[index].value])) }
    }

    /// The beginning of the value of the first line of this name.
    ///
    /// - Parameter length: of the beginning, in bytes.
    package func beginning(of name: String, _ length: (UnsafeBufferPointer<UInt8>) -> Int) -> String? {
        guard let index = index(of: name) else { return nil }
        let range = slices[index].value
        let end = bytes.withUnsafeBufferPointer { range.lowerBound + length(UnsafeBufferPointer(rebasing: $0[range])) }
        return text(range.lowerBound..<end)
    }

    @inline(__always)
    private static func bit(_ length: some BinaryInteger) -> UInt64 { 1 << (UInt64(truncatingIfNeeded: length) & 63) }

    private func index(of name: String) -> Int? {
        guard lengths & Self.bit(name.utf8.count) != 0 else { return nil }
        return name.withBytes { name in slices.firstIndex { isNamed($0, name) } }
    }

    /// The values of all lines of this name, in order.
    package func all(_ name: String) -> [String] {
        name.withBytes { name in slices.filter { isNamed($0, name) }.map { text($0.value) } }
    }

    package func contains(_ name: String) -> Bool {
        index(of: name) != nil
    }

    /// Takes out all lines of this name.
    package mutating func removeAll(_ name: String) {
        let fields = self
        name.withBytes { name in slices.removeAll { fields.isNamed($0, name) } }
    }

    package mutating func append(_ name: String, _ value: String) {
        let start = bytes.count
        bytes.append(contentsOf: name.utf8)
        let middle = bytes.count
        bytes.append(contentsOf: value.utf8)
        slices.append(FieldSlice(name: start..<middle, value: middle..<bytes.count))
        lengths |= Self.bit(name.utf8.count)
    }

    private func text(_ range: Range<Int>) -> String {
        bytes.withUnsafeBufferPointer { String(decoding: UnsafeBufferPointer(rebasing: $0[range]), as: UTF8.self) }
    }

    /// ASCII letters compare without case (RFC 9110 §5.1).
    private func isNamed(_ slice: FieldSlice, _ name: UnsafeBufferPointer<UInt8>) -> Bool {
        guard Int(slice.nameCount) == name.count else { return false }
        let start = Int(slice.nameStart)
        return bytes.withUnsafeBufferPointer { bytes in
            for offset in 0..<name.count {
                let (sent, asked) = (bytes[start &+ offset], name[offset])
                if sent != asked, ASCII.lowercase(sent) != ASCII.lowercase(asked) { return false }
            }
            return true
        }
    }

    static func sameName(_ a: String, _ b: String) -> Bool {
        a.withBytes { a in
            b.withBytes { b in
                guard a.count == b.count else { return false }
                for offset in 0..<a.count where ASCII.lowercase(a[offset]) != ASCII.lowercase(b[offset]) {
                    return false
                }
                return true
            }
        }
    }
}
