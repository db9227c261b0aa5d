package import JSON
import Payments

/// The second line of defence: masks what looks like a card number in texts that are kept.
package enum CardNumberGuard {
    /// Numbers of 13 to 19 digits that pass the Luhn check keep their last four; tokens, which begin with 9, stay.
    ///
    /// In one piece, or as printed on a card: groups with one blank or hyphen between them.
    package static func masked(_ text: String) -> String {
        guard text.digitCount >= 13 else { return text }
        var bytes = Array(text.utf8)
        let groups = groups(in: bytes)
        for start in groups.indices {
            guard let last = number(from: start, groups, bytes) else { continue }
            mask(groups[start].lowerBound..<groups[last].upperBound, &bytes)
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    package static func masked(_ value: JSONValue) -> JSONValue {
        switch value {
        case .null, .bool: value
        case .number(let literal): literal.utf8.count >= 13 ? .string(masked(literal)) : value
        case .string(let text): .string(masked(text))
        case .array(let values): .array(values.map(masked))
        case .object(let object):
            .object(
                JSONObject(object.members.map { JSONObject.Member(masked($0.name), masked($0.value)) }))
        }
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
    private static func number(from start: Int, _ groups: [Range<Int>], _ bytes: [UInt8]) -> Int? {
        if isCardNumber(bytes[groups[start]]) { return start }
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
            if isCardNumber(digits[...]) { found = next }
            // Only the last group may be shorter.
            if groups[next].count < 4 { break }
        }
        return found
    }

    private static func isCardNumber(_ digits: ArraySlice<UInt8>) -> Bool {
        let isToken = digits.count == 16 && digits.first == UInt8(ascii: "9")
        return (13...19).contains(digits.count) && !isToken && Luhn.isValid(String(decoding: digits, as: UTF8.self))
    }

    /// Replaces all digits but the last four.
    private static func mask(_ range: Range<Int>, _ bytes: inout [UInt8]) {
        let digits = range.filter { Digits.isDigit(bytes[$0]) }
        for position in digits.dropLast(4) { bytes[position] = UInt8(ascii: "*") }
    }
}
