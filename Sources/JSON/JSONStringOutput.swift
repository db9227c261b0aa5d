/// Strings of RFC 8259 §7 as bytes: only what must be escaped is escaped; `/` and everything beyond ASCII are not.
extension [UInt8] {
    /// Appends a string with its quotes.
    mutating func appendJSONString(_ text: String) {
        appendQuoted(text, comma: false, colon: false)
    }

    /// Appends a member name with its quotes and the colon, after a comma if it is not the first.
    mutating func appendJSONName(_ name: String, isFirst: Bool) {
        appendQuoted(name, comma: !isFirst, colon: true)
    }

    /// Appends text that needs neither quotes nor escapes.
    mutating func appendRaw(_ text: String) {
        var text = text
        text.withUTF8 { append(contentsOf: $0) }
    }

    @inline(__always)
    private mutating func appendQuoted(_ text: String, comma: Bool, colon: Bool) {
        var text = text
        text.withUTF8 { utf8 in
            let plain = plainPrefix(of: utf8)
            // One check of the capacity for the usual string, in which nothing is escaped.
            append(addingCapacity: plain + 4) { output in
                if comma { output.append(UInt8(ascii: ",")) }
                output.append(UInt8(ascii: "\""))
                output.copy(utf8, plain)
                guard plain == utf8.count else { return }
                output.append(UInt8(ascii: "\""))
                if colon { output.append(UInt8(ascii: ":")) }
            }
            guard plain < utf8.count else { return }
            appendEscaped(UnsafeBufferPointer(rebasing: utf8[plain...]))
            append(UInt8(ascii: "\""))
            if colon { append(UInt8(ascii: ":")) }
        }
    }

    /// Appends the inside of a string that begins with a byte to be escaped.
    private mutating func appendEscaped(_ utf8: UnsafeBufferPointer<UInt8>) {
        var rest = utf8
        while let byte = rest.first {
            appendEscape(of: byte)
            rest = UnsafeBufferPointer(rebasing: rest.dropFirst())
            let plain = plainPrefix(of: rest)
            append(contentsOf: rest.prefix(plain))
            rest = UnsafeBufferPointer(rebasing: rest.dropFirst(plain))
        }
    }

    private mutating func appendEscape(of byte: UInt8) {
        append(UInt8(ascii: "\\"))
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"): append(byte)
        case 0x08: append(UInt8(ascii: "b"))
        case 0x0C: append(UInt8(ascii: "f"))
        case 0x0A: append(UInt8(ascii: "n"))
        case 0x0D: append(UInt8(ascii: "r"))
        case 0x09: append(UInt8(ascii: "t"))
        default:
            let digits = Array("0123456789abcdef".utf8)
            append(contentsOf: "u00".utf8)
            append(digits[Int(byte >> 4)])
            append(digits[Int(byte & 15)])
        }
    }
}

/// How many bytes come before the first that must be escaped.
@inline(__always)
private func plainPrefix(of utf8: UnsafeBufferPointer<UInt8>) -> Int {
    guard let base = utf8.baseAddress else { return 0 }
    var index = 0
    while index + 8 <= utf8.count {
        let word = UnsafeRawPointer(base).loadUnaligned(fromByteOffset: index, as: UInt64.self)
        let special = ByteWord.needingEscape(in: UInt64(littleEndian: word))
        guard special == 0 else { return index + special.trailingZeroBitCount / 8 }
        index += 8
    }
    while index < utf8.count, !ByteWord.needsEscape(base[index]) { index += 1 }
    return index
}

extension OutputSpan<UInt8> {
    /// Appends the first bytes of a buffer; the span has room for them.
    @inline(__always)
    fileprivate mutating func copy(_ source: UnsafeBufferPointer<UInt8>, _ length: Int) {
        withUnsafeMutableBufferPointer { buffer, count in
            precondition(length <= source.count && length <= buffer.count - count)
            guard let from = source.baseAddress, let to = buffer.baseAddress else { return }
            (to + count).initialize(from: from, count: length)
            count += length
        }
    }
}
