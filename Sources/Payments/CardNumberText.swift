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
        // Whatever has 13 bytes has all of the first six of some eight, counted from the beginning. So most bytes are
        // passed over in steps of eight, none of which waits for the one before, and four of which are one question.
        var eight = (start &+ 7) & ~7
        while eight &+ 6 <= bytes.count {
            if eight &+ 32 <= bytes.count, !mayBePart(ofFour: bytes, eight) {
                eight &+= 32
                continue
            }
            guard mayBePart(bytes, eight) else {
                eight &+= 8
                continue
            }
            let stretch = stretch(around: eight, from: start, in: bytes)
            // Dates and numbers with few digits between hyphens are not looked at group by group.
            if digits(of: stretch, in: bytes) >= 13, let found = first(in: bytes, stretch, isMeant) { return found }
            // The next one begins behind the byte that ended this one.
            eight = stretch.upperBound &+ 8
        }
        return nil
    }

    /// Whether six bytes may all be digits, blanks or hyphens.
    @inline(__always)
    private static func mayBePart(_ bytes: UnsafeBufferPointer<UInt8>, _ position: Int) -> Bool {
        guard position &+ 8 <= bytes.count else { return bytes[position..<position &+ 6].allSatisfy(isPart) }
        return strangers(bytes, position) == 0
    }

    /// Whether six bytes may, at a position or eight, 16 or 24 behind it.
    @inline(__always)
    private static func mayBePart(ofFour bytes: UnsafeBufferPointer<UInt8>, _ position: Int) -> Bool {
        let words = UnsafeRawBufferPointer(bytes).loadUnaligned(fromByteOffset: position, as: SIMD4<UInt64>.self)
        // The highest bit is not used, so that nothing but zero has it when one is taken away.
        let four = strangers(words) &- 1
        return (four[0] | four[1] | four[2] | four[3]) >> 63 != 0
    }

    @inline(__always)
    private static func strangers(_ bytes: UnsafeBufferPointer<UInt8>, _ position: Int) -> UInt64 {
        let word = UnsafeRawBufferPointer(bytes).loadUnaligned(fromByteOffset: position, as: UInt64.self)
        return strangers(SIMD2(word, 0))[0]
    }

    /// Zero where six bytes are from 0x20 to 0x3F, and no quotation mark is among them; the two behind them may be
    /// anything.
    @inline(__always)
    private static func strangers<Words: SIMD<UInt64>>(_ eights: Words) -> Words {
        let ones = Words(repeating: 0x0101_0101_0101_0101)
        let distance = eights ^ (ones &* 0x20)
        // Zero where a quotation mark stands. Subtracting gives each of them its highest bit; what is borrowed changes
        // only bytes behind one.
        let marks = eights ^ (ones &* 0x22)
        let isMark = (marks &- ones) & ~marks & (ones &* 0x80)
        let first = Words(repeating: UInt64(littleEndian: 0x0000_FFFF_FFFF_FFFF))
        return (distance & (ones &* 0xE0) | isMark) & first
    }

    /// The digits, blanks and hyphens around a position, and not before another one; empty when there is none of them.
    @inline(__always)
    private static func stretch(
        around position: Int, from start: Int, in bytes: UnsafeBufferPointer<UInt8>
    ) -> Range<Int> {
        var (lower, upper) = (position, position)
        var more = 8
        while more == 8, upper &+ 8 <= bytes.count {
            more = others(bytes, upper).trailingZeroBitCount / 8
            upper &+= more
        }
        if more == 8 { while upper < bytes.count, isPart(bytes[upper]) { upper &+= 1 } }
        more = 8
        while more == 8, lower &- 8 >= start {
            more = others(bytes, lower &- 8).leadingZeroBitCount / 8
            lower &-= more
        }
        if more == 8 { while lower > start, isPart(bytes[lower &- 1]) { lower &-= 1 } }
        return lower..<upper
    }

    /// The highest bit of those of eight bytes that are neither digits nor blanks nor hyphens.
    @inline(__always)
    private static func others(_ bytes: UnsafeBufferPointer<UInt8>, _ position: Int) -> UInt64 {
        let ones: UInt64 = 0x0101_0101_0101_0101
        let low = ones &* 0x7F
        let eight = UInt64(
            littleEndian: UnsafeRawBufferPointer(bytes).loadUnaligned(fromByteOffset: position, as: UInt64.self))
        // Of the distance from 0 when it is above 9, of the others when they differ.
        let digit = eight ^ ones &* UInt64(UInt8(ascii: "0"))
        let blank = eight ^ ones &* UInt64(UInt8(ascii: " "))
        let hyphen = eight ^ ones &* UInt64(UInt8(ascii: "-"))
        let noDigit = (digit & low) &+ ones &* 0x76 | digit
        let noBlank = (blank & low) &+ low | blank
        let noHyphen = (hyphen & low) &+ low | hyphen
        return noDigit & noBlank & noHyphen & ~low
    }

    /// How many digits a stretch has; zero where it is too short to have enough of them.
    @inline(__always)
    private static func digits(of stretch: Range<Int>, in bytes: UnsafeBufferPointer<UInt8>) -> Int {
        guard stretch.count >= 13 else { return 0 }
        var count = 0
        for position in stretch where Digits.isDigit(bytes[position]) { count &+= 1 }
        return count
    }

    @inline(__always)
    private static func isPart(_ byte: UInt8) -> Bool {
        Digits.isDigit(byte) || byte == UInt8(ascii: " ") || byte == UInt8(ascii: "-")
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
