import Payments

/// Percent-encoding (RFC 3986 §2.1).
package enum PercentCoding {
    /// Decodes `%41` to `A`. A `%` that no two hexadecimal digits follow stays as it is; what is no UTF-8 is repaired.
    package static func decode(_ text: some StringProtocol) -> String {
        guard text.withBytes({ $0.contains(UInt8(ascii: "%")) }) else { return String(text) }
        return String(decoding: bytes(text, plusIsBlank: false), as: UTF8.self)
    }

    /// Encodes everything but the unreserved characters of RFC 3986 §2.3.
    package static func encode(_ text: some StringProtocol) -> String {
        var result = ""
        for byte in text.utf8 {
            if isUnreserved(byte) {
                result.unicodeScalars.append(Unicode.Scalar(byte))
            } else {
                let digits = String(byte, radix: 16, uppercase: true)
                result += digits.utf8.count == 1 ? "%0\(digits)" : "%\(digits)"
            }
        }
        return result
    }

    private static func isUnreserved(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "z"),
            UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"),
            UInt8(ascii: "~"):
            true
        default: false
        }
    }

    static func bytes(_ text: some StringProtocol, plusIsBlank: Bool) -> [UInt8] {
        var result: [UInt8] = []
        var pending = Array(text.utf8)[...]
        while let byte = pending.popFirst() {
            if byte == UInt8(ascii: "%"), pending.count >= 2,
                let high = hexadecimal(pending[pending.startIndex]),
                let low = hexadecimal(pending[pending.startIndex + 1])
            {
                result.append(high << 4 | low)
                pending = pending.dropFirst(2)
            } else {
                result.append(plusIsBlank && byte == UInt8(ascii: "+") ? UInt8(ascii: " ") : byte)
            }
        }
        return result
    }

    private static func hexadecimal(_ byte: UInt8) -> UInt8? {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
        case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
        default: nil
        }
    }
}

/// `application/x-www-form-urlencoded`, in queries and bodies.
package enum FormCoding {
    /// Name and value of each pair, in order; a pair without `=` has an empty value.
    package static func pairs(_ text: some StringProtocol) -> [(name: String, value: String)] {
        text.split(separator: "&").map { pair in
            let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            return (decode(parts[0]), parts.count > 1 ? decode(parts[1]) : "")
        }
    }

    private static func decode(_ text: some StringProtocol) -> String {
        String(decoding: PercentCoding.bytes(text, plusIsBlank: true), as: UTF8.self)
    }
}

extension Substring {
    /// Without the blanks at both ends.
    var withoutBlanksAround: String {
        var view = utf8
        while view.first == UInt8(ascii: " ") { view.removeFirst() }
        while view.last == UInt8(ascii: " ") { view.removeLast() }
        return String(Substring(view))
    }
}
