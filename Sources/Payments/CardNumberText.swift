/// Finds what looks like a card number in texts that are kept.
package enum CardNumberText {
    /// Replaces all digits but the last four of each number of 13 to 19 digits that passes the Luhn check.
    ///
    /// In one piece, or as printed on a card: groups with one blank or hyphen between them. Tokens (16 digits that
    /// begin with 9) stay.
    ///
    /// - Parameter isMeant: asked for each number found; false leaves it as it is.
    package static func masked(_ text: String, where isMeant: (String) -> Bool = { _ in true }) -> String {
        guard mayHold(text) else { return text }
        var bytes = Array(text.utf8)
        let groups = groups(in: bytes)
        for start in groups.indices {
            guard let last = number(from: start, groups, bytes, isMeant) else { continue }
            mask(groups[start].lowerBound..<groups[last].upperBound, &bytes)
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// ``mayHold(_:)-(UnsafeBufferPointer<UInt8>)`` of a text.
    package static func mayHold(_ text: String) -> Bool {
        text.utf8.count >= 13 && text.withBytes { mayHold($0) }
    }

    /// A quick look, for nearly every text has nothing to mask: a run of 13 to 19 digits that is no token, or four
    /// digits with a blank or hyphen and a digit behind them.
    package static func mayHold(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        // A run of four digits or more has one at a position that four divides.
        var position = 0
        while position < bytes.count {
            // Two of these positions at once, as long as there are two.
            while position &+ 4 < bytes.count, !Digits.isDigit(bytes[position]), !Digits.isDigit(bytes[position &+ 4]) {
                position &+= 8
            }
            guard position < bytes.count else { return false }
            guard Digits.isDigit(bytes[position]) else {
                position &+= 4
                continue
            }
            var start = position
            while start > 0, Digits.isDigit(bytes[start &- 1]) { start &-= 1 }
            var end = position &+ 1
            while end < bytes.count, Digits.isDigit(bytes[end]) { end &+= 1 }
            if end - start >= 4, isSuspicious(bytes, end: end, end - start) { return true }
            position = (end | 3) &+ 1
        }
        return false
    }

    private static func isSuspicious(_ bytes: UnsafeBufferPointer<UInt8>, end: Int, _ run: Int) -> Bool {
        if run == 4 {
            guard end + 1 < bytes.count else { return false }
            let isSeparated = bytes[end] == UInt8(ascii: " ") || bytes[end] == UInt8(ascii: "-")
            return isSeparated && Digits.isDigit(bytes[end + 1])
        }
        return (13...19).contains(run) && !(run == 16 && bytes[end - 16] == UInt8(ascii: "9"))
    }

    /// Runs of digits.
    private static func groups(in bytes: [UInt8]) -> [Range<Int>] {
        var groups: [Range<Int>] = []
        var start: Int?
        for position in 0...bytes.count {
            if position < bytes.count, Digits.isDigit(bytes[position]) {
                if start == nil { start = position }
            } else if let begun = start {
                groups.append(begun..<position)
                start = nil
            }
        }
        return groups
    }

    /// The last group of a card number that begins with a group; nil when none does.
    private static func number(
        from start: Int, _ groups: [Range<Int>], _ bytes: [UInt8], _ isMeant: (String) -> Bool
    ) -> Int? {
        if isCardNumber(bytes[groups[start]], isMeant) { return start }
        // On cards: 4-4-4-4, 4-4-4-4-3, 4-6-5, 4-6-4.
        guard groups[start].count == 4 else { return nil }
        var digits = Array(bytes[groups[start]])
        let separator = groups[start].upperBound < bytes.count ? bytes[groups[start].upperBound] : 0
        guard separator == UInt8(ascii: " ") || separator == UInt8(ascii: "-") else { return nil }
        var found: Int?
        for next in groups.indices.dropFirst(start + 1) {
            let gap = groups[next - 1].upperBound..<groups[next].lowerBound
            guard gap.count == 1, bytes[gap.lowerBound] == separator, groups[next].count <= 6 else { break }
            digits += bytes[groups[next]]
            if isCardNumber(digits[...], isMeant) { found = next }
            // Only the last group may be shorter.
            if groups[next].count < 4 { break }
        }
        return found
    }

    private static func isCardNumber(_ digits: ArraySlice<UInt8>, _ isMeant: (String) -> Bool) -> Bool {
        let isToken = digits.count == 16 && digits.first == UInt8(ascii: "9")
        guard (13...19).contains(digits.count), !isToken else { return false }
        let text = String(decoding: digits, as: UTF8.self)
        return Luhn.isValid(text) && isMeant(text)
    }

    /// Replaces all digits but the last four.
    private static func mask(_ range: Range<Int>, _ bytes: inout [UInt8]) {
        let digits = range.filter { Digits.isDigit(bytes[$0]) }
        for position in digits.dropLast(4) { bytes[position] = UInt8(ascii: "*") }
    }
}
