/// Writes the head of a message into memory for which its length was counted before.
struct HeadCursor {
    private let bytes: UnsafeMutableBufferPointer<UInt8>
    private var count = 0

    init(_ bytes: UnsafeMutableBufferPointer<UInt8>) { self.bytes = bytes }

    var written: UnsafeBufferPointer<UInt8> { UnsafeBufferPointer(rebasing: bytes[..<count]) }

    @inline(__always)
    mutating func put(_ more: UnsafeBufferPointer<UInt8>) {
        guard let source = more.baseAddress, let target = take(more.count) else { return }
        target.update(from: source, count: more.count)
    }

    @inline(__always)
    mutating func put(_ text: StaticString) {
        put(UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
    }

    /// The number in decimal digits.
    mutating func put(decimal number: Int) {
        precondition(number >= 0, "lengths and codes are not negative")
        var length = 1
        var power = number
        while power >= 10 {
            power /= 10
            length += 1
        }
        guard let target = take(length) else { return }
        var rest = number
        for place in (0..<length).reversed() {
            target[place] = UInt8(ascii: "0") &+ UInt8(truncatingIfNeeded: rest % 10)
            rest /= 10
        }
    }

    /// A line of the section. A name that is not a token is left out: it would end or split the line.
    mutating func put(_ field: HTTPField) {
        let start = count
        let isName = field.name.withBytes { name in
            put(name)
            for byte in name where !ASCII.isToken(byte) { return false }
            return name.count > 0
        }
        guard isName else {
            count = start
            return
        }
        put(": ")
        put(value: field.value)
        put("\r\n")
    }

    /// Control characters become blanks, so that no value can begin a line of its own (RFC 9110 §5.5).
    mutating func put(value: String) {
        let start = count
        value.withBytes { put($0) }
        guard !ByteSearch.isFieldValue(UnsafeBufferPointer(bytes), start..<count) else { return }
        for index in start..<count where !ASCII.isFieldValue(bytes[index]) { bytes[index] = ASCII.space }
    }

    /// Where so many bytes go.
    @inline(__always)
    private mutating func take(_ length: Int) -> UnsafeMutablePointer<UInt8>? {
        precondition(length <= bytes.count - count, "the length was counted before")
        guard let base = bytes.baseAddress else { return nil }
        let target = base + count
        count &+= length
        return target
    }
}
