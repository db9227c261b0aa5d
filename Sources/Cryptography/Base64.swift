/// Base 64 (RFC 4648), strict in both directions: no line breaks, no other alphabet, no spare bits.
package enum Base64 {
    /// Which of the two alphabets, and whether groups are padded.
    package enum Variant: Hashable, Sendable {
        /// RFC 4648 §4: `+`, `/` and padding.
        case standard
        /// RFC 4648 §5 without padding: `-` and `_`, as in JSON web tokens.
        case urlSafe
    }

    /// The text of some bytes.
    package static func encode(_ bytes: [UInt8], _ variant: Variant = .standard) -> String {
        let alphabet = alphabet(variant)
        var text: [UInt8] = []
        text.reserveCapacity((bytes.count + 2) / 3 * 4)
        for start in stride(from: 0, to: bytes.count, by: 3) {
            let group = bytes[start..<min(start + 3, bytes.count)]
            var bits: UInt32 = 0
            for byte in group { bits = bits << 8 | UInt32(byte) }
            bits <<= UInt32(8 * (3 - group.count))
            for place in 0...group.count { text.append(alphabet[Int(bits >> UInt32(18 - 6 * place) & 63)]) }
            if variant == .standard { text.append(contentsOf: repeatElement(padding, count: 3 - group.count)) }
        }
        return String(decoding: text, as: UTF8.self)
    }

    /// The bytes of a text, or nil when any byte of it is not as ``encode(_:_:)`` would have written it.
    package static func decode(_ text: some Collection<UInt8>, _ variant: Variant = .standard) -> [UInt8]? {
        var digits = Array(text)
        if variant == .standard {
            guard digits.count % 4 == 0 else { return nil }
            for _ in 0..<2 where digits.last == padding { digits.removeLast() }
        }
        guard digits.count % 4 != 1 else { return nil }
        let values = values(variant)
        var bytes: [UInt8] = []
        bytes.reserveCapacity(digits.count / 4 * 3 + 2)
        var bits: UInt32 = 0
        var bitCount: UInt32 = 0
        for digit in digits {
            let value = values[Int(digit)]
            guard value < 64 else { return nil }
            bits = (bits << 6 | UInt32(value)) & 0xFFFF
            bitCount += 6
            if bitCount >= 8 {
                bitCount -= 8
                bytes.append(UInt8(truncatingIfNeeded: bits >> bitCount))
            }
        }
        // Spare bits must be zero (RFC 4648 §3.5), or two texts would stand for the same bytes.
        guard bits & (1 << bitCount - 1) == 0 else { return nil }
        return bytes
    }

    /// The bytes of a text; see ``decode(_:_:)``.
    package static func decode(_ text: String, _ variant: Variant = .standard) -> [UInt8]? {
        decode(text.utf8, variant)
    }

    private static let padding = UInt8(ascii: "=")
    private static let standardAlphabet = alphabet(ending: "+/")
    private static let urlSafeAlphabet = alphabet(ending: "-_")
    private static let standardValues = values(of: standardAlphabet)
    private static let urlSafeValues = values(of: urlSafeAlphabet)

    private static func alphabet(_ variant: Variant) -> [UInt8] {
        switch variant {
        case .standard: standardAlphabet
        case .urlSafe: urlSafeAlphabet
        }
    }

    private static func values(_ variant: Variant) -> [UInt8] {
        switch variant {
        case .standard: standardValues
        case .urlSafe: urlSafeValues
        }
    }

    private static func alphabet(ending: String) -> [UInt8] {
        Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789".utf8) + Array(ending.utf8)
    }

    /// For each byte the digit it is, or 255.
    private static func values(of alphabet: [UInt8]) -> [UInt8] {
        var values = [UInt8](repeating: 255, count: 256)
        for (value, digit) in alphabet.enumerated() { values[Int(digit)] = UInt8(value) }
        return values
    }
}
