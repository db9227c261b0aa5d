import CBytes

/// Finds what looks like a card number in texts that are kept.
package enum CardNumberText {
    /// Replaces all digits but the last four of each number of 13 to 19 digits that passes the Luhn check.
    ///
    /// In one piece, or as printed on a card: groups with one blank or hyphen between them. Tokens (16 digits that
    /// begin with 9) stay, and so do numbers that are only long because of leading zeros: no card number begins with
    /// one (ISO/IEC 7812-1).
    ///
    /// - Parameter isMeant: asked for each number found; false leaves it as it is.
    package static func masked(_ text: String, where isMeant: (String) -> Bool = { _ in true }) -> String {
        guard text.utf8.count >= 13, var found = text.withBytes({ first(in: $0, from: 0, isMeant) }) else {
            return text
        }
        var bytes = Array(text.utf8)
        while true {
            mask(found.range, &bytes)
            guard let next = bytes.withUnsafeBufferPointer({ first(in: $0, from: found.rest, isMeant) }) else { break }
            found = next
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// Whether ``masked(_:where:)`` would find something in a text.
    package static func isFound(in text: String) -> Bool {
        text.utf8.count >= 13 && text.withBytes { isFound(in: $0) }
    }

    /// Whether ``masked(_:where:)`` would find something in a text of these bytes.
    package static func isFound(in bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        first(in: bytes, from: 0) { _ in true } != nil
    }

    /// A card number in a text.
    private struct Found {
        let range: Range<Int>
        /// Where the next one may begin.
        let rest: Int
    }

    // MARK: - Looking for digits

    /// The first card number that begins at or behind a position.
    private static func first(
        in bytes: UnsafeBufferPointer<UInt8>, from start: Int, _ isMeant: (String) -> Bool
    ) -> Found? {
        guard let address = bytes.baseAddress else { return nil }
        var position = start
        while position < bytes.count {
            let run = bytes_digit_run(address, bytes.count, position)
            let stretch = Int(run.lower)..<Int(run.upper)
            // Dates and numbers with few digits between hyphens are not looked at group by group.
            if digits(of: stretch, in: bytes) >= 13, let found = first(in: bytes, stretch, isMeant) { return found }
            position = stretch.upperBound
        }
        return nil
    }

    /// How many digits a stretch has.
    @inline(__always)
    private static func digits(of stretch: Range<Int>, in bytes: UnsafeBufferPointer<UInt8>) -> Int {
        var count = 0
        for position in stretch where Digits.isDigit(bytes[position]) { count &+= 1 }
        return count
    }

    /// The first card number in a stretch of digits, blanks and hyphens.
    private static func first(
        in bytes: UnsafeBufferPointer<UInt8>, _ stretch: Range<Int>, _ isMeant: (String) -> Bool
    ) -> Found? {
        var position = stretch.lowerBound
        while position < stretch.upperBound {
            let run = position..<end(of: position, in: bytes)
            if run.count == 4 || run.count >= 13, let found = number(in: bytes, at: run, isMeant) { return found }
            position = run.upperBound &+ 1
        }
        return nil
    }

    /// Where the digits end that begin at a position.
    @inline(__always)
    private static func end(of position: Int, in bytes: UnsafeBufferPointer<UInt8>) -> Int {
        var end = position
        while end < bytes.count, Digits.isDigit(bytes[end]) { end &+= 1 }
        return end
    }

    // MARK: - Looking at a number

    /// The card number that begins with a run of digits.
    private static func number(
        in bytes: UnsafeBufferPointer<UInt8>, at run: Range<Int>, _ isMeant: (String) -> Bool
    ) -> Found? {
        if run.count >= 13 {
            return isCardNumber(bytes[run], isMeant) ? Found(range: run, rest: run.upperBound) : nil
        }
        // On cards: 4-4-4-4, 4-4-4-4-3, 4-6-5, 4-6-4.
        guard run.upperBound + 1 < bytes.count else { return nil }
        let separator = bytes[run.upperBound]
        guard separator == UInt8(ascii: " ") || separator == UInt8(ascii: "-") else { return nil }
        return grouped(in: bytes, from: run, separator, isMeant)
    }

    /// The longest card number of groups with a separator between them.
    private static func grouped(
        in bytes: UnsafeBufferPointer<UInt8>, from first: Range<Int>, _ separator: UInt8, _ isMeant: (String) -> Bool
    ) -> Found? {
        var found: Found?
        var count = first.count
        var last = first
        // Only the last group may be shorter than four.
        while last.count >= 4, last.upperBound < bytes.count, bytes[last.upperBound] == separator {
            last = last.upperBound + 1..<end(of: last.upperBound + 1, in: bytes)
            count += last.count
            guard (1...6).contains(last.count), count <= 19 else { break }
            let range = first.lowerBound..<last.upperBound
            if count >= 13, isCardNumber(bytes[range].filter { $0 != separator }, isMeant) {
                // The last four digits stay, and may be the first ones of another.
                found = Found(range: range, rest: last.count == 4 ? last.lowerBound : last.upperBound)
            }
        }
        return found
    }

    /// - Parameter digits: 13 or more.
    private static func isCardNumber(_ digits: some Collection<UInt8>, _ isMeant: (String) -> Bool) -> Bool {
        let isToken = digits.count == 16 && digits.first == UInt8(ascii: "9")
        guard digits.count <= 19, !isToken, digits.drop(while: { $0 == UInt8(ascii: "0") }).count >= 13 else {
            return false
        }
        let text = String(decoding: digits, as: UTF8.self)
        return Luhn.isValid(text) && isMeant(text)
    }

    /// Replaces all digits but the last four.
    private static func mask(_ range: Range<Int>, _ bytes: inout [UInt8]) {
        let digits = range.filter { Digits.isDigit(bytes[$0]) }
        for position in digits.dropLast(4) { bytes[position] = UInt8(ascii: "*") }
    }
}
