/// Masks what looks like a card number in reports.
enum CardMask {
    /// Runs of 13 to 19 digits that pass the Luhn check keep their last four, unless they are allowed; tokens, which
    /// are 16 digits that begin with 9, stay.
    static func masked(_ text: String, allowing clear: Set<String>) -> String {
        let found = runs(in: text)
        guard !found.isEmpty else { return text }
        var result = ""
        var position = text.startIndex
        for run in found where !clear.contains(String(run)) {
            result += text[position..<run.startIndex]
            result += String(repeating: "*", count: run.utf8.count - 4) + run.suffix(4)
            position = run.endIndex
        }
        return result + text[position...]
    }

    /// The stretches of a text that may be card numbers.
    static func runs(in text: String) -> [Substring] {
        var found: [Substring] = []
        var start: String.Index?
        var count = 0
        let view = text.utf8
        for index in view.indices {
            if (0x30...0x39).contains(view[index]) {
                if start == nil { start = index }
                count += 1
            } else {
                if let start, count >= 13 { append(text[start..<index], to: &found) }
                start = nil
                count = 0
            }
        }
        if let start, count >= 13 { append(text[start...], to: &found) }
        return found
    }

    private static func append(_ run: Substring, to found: inout [Substring]) {
        let isToken = run.utf8.count == 16 && run.utf8.first == UInt8(ascii: "9")
        if run.utf8.count <= 19, !isToken, passesLuhn(run) { found.append(run) }
    }

    /// ISO/IEC 7812-1, annex B.
    private static func passesLuhn(_ digits: Substring) -> Bool {
        var sum = 0
        for (index, byte) in digits.utf8.reversed().enumerated() {
            let digit = Int(byte) - 0x30
            let doubled = index % 2 == 0 ? digit : digit * 2
            sum += doubled > 9 ? doubled - 9 : doubled
        }
        return sum % 10 == 0
    }
}
