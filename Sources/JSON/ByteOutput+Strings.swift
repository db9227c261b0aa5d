/// Strings of RFC 8259 §7: only what must be escaped is escaped; `/` and everything beyond ASCII are not.
extension ByteOutput {
    /// Appends a string with its quotes.
    mutating func appendQuoted(_ text: String) {
        guard !text.utf8.isEmpty else {
            reserve(2)
            appendReserved(UInt8(ascii: "\""))
            return appendReserved(UInt8(ascii: "\""))
        }
        withBytes(of: text) { output, utf8 in
            output.reserve(utf8.count + 2)
            output.appendQuoted(utf8)
        }
    }

    /// Appends a member name with its quotes and the colon, after a comma if it is not the first.
    mutating func appendName(_ name: String, isFirst: Bool) {
        withBytes(of: name) { output, utf8 in
            output.reserve(utf8.count + 4)
            if !isFirst { output.appendReserved(UInt8(ascii: ",")) }
            output.appendQuoted(utf8)
            output.append(UInt8(ascii: ":"))
        }
    }

    /// Appends a member whose value is a text, after a comma if it is not the first. Nearly always the text needs no
    /// escape, and is copied once.
    ///
    /// - Parameter name: needs no escapes.
    @inline(__always)
    mutating func appendMember(_ name: StaticString, _ text: String, isFirst: Bool) {
        let (base, length) = (name.utf8Start, name.utf8CodeUnitCount)
        appendMember(length, text, isFirst: isFirst) { PlainText.copy(base, length, to: $0) }
    }

    /// The same for a name that is all in its key.
    @inline(__always)
    mutating func appendMember(_ name: NameKey, _ text: String, isFirst: Bool) {
        appendMember(name.count, text, isFirst: isFirst) {
            UnsafeMutableRawPointer($0).storeBytes(of: name.bits.littleEndian, as: UInt64.self)
        }
    }

    /// - Parameters:
    ///   - length: of the name.
    ///   - putName: writes the name, and may write up to eight bytes in any case.
    @inline(__always)
    private mutating func appendMember(
        _ length: Int, _ text: String, isFirst: Bool, _ putName: (UnsafeMutablePointer<UInt8>) -> Void
    ) {
        let comma = isFirst ? 0 : 1
        let isPlain = withBytes(of: text) { output, text in
            output.reserve(length &+ text.count &+ 14)
            output.end[0] = UInt8(ascii: ",")
            let start = output.end + comma
            start[0] = UInt8(ascii: "\"")
            putName(start + 1)
            let value = start + (length &+ 1)
            value[0] = UInt8(ascii: "\"")
            value[1] = UInt8(ascii: ":")
            value[2] = UInt8(ascii: "\"")
            guard PlainText.copyPrefix(of: text, to: value + 3) == text.count else { return false }
            value[text.count &+ 3] = UInt8(ascii: "\"")
            _ = output.advance(by: length &+ text.count &+ 5 &+ comma)
            return true
        }
        guard !isPlain else { return }
        _ = advance(by: length &+ 3 &+ comma)
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
