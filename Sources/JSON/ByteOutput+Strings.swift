/// Strings of RFC 8259 §7: only what must be escaped is escaped; `/` and everything beyond ASCII are not.
extension ByteOutput {
    /// Appends a string with its quotes.
    mutating func appendQuoted(_ text: String) {
        guard !text.utf8.isEmpty else {
            reserve(2)
            appendReserved(UInt8(ascii: "\""))
            return appendReserved(UInt8(ascii: "\""))
        }
        withUTF8(of: text) { output, utf8 in
            output.reserve(utf8.count + 2)
            output.appendQuoted(utf8)
        }
    }

    /// Appends a member name with its quotes and the colon, after a comma if it is not the first.
    mutating func appendName(_ name: String, isFirst: Bool) {
        withUTF8(of: name) { output, utf8 in
            output.reserve(utf8.count + 4)
            if !isFirst { output.appendReserved(UInt8(ascii: ",")) }
            output.appendQuoted(utf8)
            output.append(UInt8(ascii: ":"))
        }
    }

    /// Appends a member whose value is a text, after a comma if it is not the first.
    mutating func appendMember(
        _ name: UnsafeBufferPointer<UInt8>, _ text: UnsafeBufferPointer<UInt8>, isFirst: Bool
    ) {
        reserve(name.count + 3)
        if !isFirst { appendReserved(UInt8(ascii: ",")) }
        appendQuoted(name)
        reserve(text.count + 3)
        appendReserved(UInt8(ascii: ":"))
        appendQuoted(text)
    }

    /// Appends a member name in code, which needs no escapes.
    mutating func appendName(_ name: StaticString, isFirst: Bool) {
        let length = name.utf8CodeUnitCount
        assert(name.withUTF8Buffer { !$0.contains(where: ByteWord.needsEscape) }, "a name without escapes")
        reserve(length + 4)
        if !isFirst { appendReserved(UInt8(ascii: ",")) }
        appendReserved(UInt8(ascii: "\""))
        end.update(from: name.utf8Start, count: length)
        _ = advance(by: length)
        appendReserved(UInt8(ascii: "\""))
        appendReserved(UInt8(ascii: ":"))
    }

    /// Appends a string; there is room for it without escapes and for its quotes.
    @inline(__always)
    private mutating func appendQuoted(_ utf8: UnsafeBufferPointer<UInt8>) {
        appendReserved(UInt8(ascii: "\""))
        let plain = appendPlainPrefix(of: utf8)
        if plain < utf8.count { appendEscaped(UnsafeBufferPointer(rebasing: utf8[plain...])) }
        appendReserved(UInt8(ascii: "\""))
    }

    /// Appends the bytes before the first one that must be escaped, and says how many they were; there is room for all.
    @inline(__always)
    private mutating func appendPlainPrefix(of utf8: UnsafeBufferPointer<UInt8>) -> Int {
        assert(utf8.count <= room)
        return advance(by: PlainText.copyPrefix(of: utf8, to: end))
    }

    /// Appends the inside of a string that begins with a byte to be escaped.
    @inline(never)
    private mutating func appendEscaped(_ utf8: UnsafeBufferPointer<UInt8>) {
        var rest = utf8
        while let byte = rest.first {
            appendEscape(of: byte)
            rest = UnsafeBufferPointer(rebasing: rest.dropFirst())
            reserve(rest.count + 2)
            let plain = appendPlainPrefix(of: rest)
            rest = UnsafeBufferPointer(rebasing: rest[plain...])
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
            append("u00" as StaticString)
            append(hexadecimalDigit(byte >> 4))
            append(hexadecimalDigit(byte & 15))
        }
    }
}

private func hexadecimalDigit(_ number: UInt8) -> UInt8 {
    number < 10 ? UInt8(ascii: "0") + number : UInt8(ascii: "a") + number - 10
}
