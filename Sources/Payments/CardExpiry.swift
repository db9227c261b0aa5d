/// Month and year of a card's end, in one of the forms that clients send.
package struct CardExpiry: Hashable, Sendable, CustomStringConvertible {
    /// 1 to 12.
    package let month: Int
    /// Four digits.
    package let year: Int

    package init(month: Int, year: Int) {
        self.month = month
        self.year = year
    }

    /// Reads `MMYY`, `YYYYM`, `YYYYMM`, `YYYYMMDD` and, with a slash, `M/YYYY`, `MM/YY`.
    package init?(_ text: String) {
        var text = text
        let parsed = text.withUTF8 { Self.parse($0) }
        guard let parsed, (1...12).contains(parsed.month) else { return nil }
        self.init(month: parsed.month, year: parsed.year)
    }

    private static func parse(_ bytes: UnsafeBufferPointer<UInt8>) -> (month: Int, year: Int)? {
        if let slash = bytes.firstIndex(of: UInt8(ascii: "/")) {
            let years = bytes.count - slash - 1
            guard (1...2).contains(slash), years == 2 || years == 4,
                let month = number(bytes[..<slash]), let year = number(bytes[(slash + 1)...])
            else { return nil }
            return (month, years == 2 ? 2000 + year : year)
        }
        guard bytes.count <= 8, let digits = number(bytes[...]) else { return nil }
        switch bytes.count {
        case 4: return (digits / 100, 2000 + digits % 100)
        case 5: return (digits % 10, digits / 10)
        case 6: return (digits % 100, digits / 100)
        case 8: return (digits / 100 % 100, digits / 10_000)
        default: return nil
        }
    }

    private static func number(_ bytes: Slice<UnsafeBufferPointer<UInt8>>) -> Int? {
        guard !bytes.isEmpty else { return nil }
        var value = 0
        for byte in bytes {
            guard Digits.isDigit(byte) else { return nil }
            value = value * 10 + Int(byte - UInt8(ascii: "0"))
        }
        return value
    }

    /// `MMYY`, the form of most answers.
    package var monthYear: String {
        PaddedDigits.text(UInt64(clamping: month * 100 + year % 100), width: 4)
    }

    package var description: String { monthYear }
}
