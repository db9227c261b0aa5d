import Payments

/// Texts of requests and rules as they may stand in an explanation: short, on one line, without card numbers or codes.
enum ShownText {
    /// Longer texts are cut.
    static let longest = 60
    /// At most so many alternatives are listed.
    static let mostAlternatives = 4

    /// A free text between quotation marks. Any run of 12 or more digits shows only its last four.
    static func quoted(_ text: String) -> String { "\"\(masked(text) { $0.count >= 12 })\"" }

    /// An identifier. Only what could be a card number by its length and check digit is hidden.
    static func identifier(_ text: String) -> String { masked(text) { $0.count >= 13 && Luhn.isValid($0) } }

    /// Whether a member or header of this name holds what must not be shown, not even as a rule has it.
    static func isSecret(_ name: String) -> Bool {
        let name = name.lowercased().filter { $0.isLetter }
        return ["cvv", "cvc", "csc", "securitycode", "password", "secret", "authorization", "apikey"]
            .contains { name.hasWord($0) }
    }

    /// `a`, `a or b`, `a, b or c`; the rest of long lists as a number.
    static func alternatives(_ texts: [String]) -> String {
        var shown = Array(texts.prefix(mostAlternatives))
        if texts.count > shown.count { shown.append("\(texts.count - shown.count) more") }
        guard let last = shown.popLast() else { return "anything" }
        return shown.isEmpty ? last : shown.joined(separator: ", ") + " or " + last
    }

    /// Replaces runs of digits, with single blanks or hyphens between them or without, by `…` and their last four.
    private static func masked(_ text: String, where isSecret: (String) -> Bool) -> String {
        var shown = ""
        var run = ""
        var digits = ""
        func flush() {
            // A separator at the end of a run belongs to what follows.
            let trailing = run.reversed().prefix { !$0.isWholeNumber }.reversed()
            shown += isSecret(digits) ? "…" + digits.suffix(4) + String(trailing) : run
            run = ""
            digits = ""
        }
        // Four times what is shown is enough, since masking shortens a run to less than half only rarely.
        for scalar in text.unicodeScalars.prefix(4 * longest) {
            if ("0"..."9").contains(scalar) {
                run.unicodeScalars.append(scalar)
                digits.unicodeScalars.append(scalar)
            } else if !digits.isEmpty, scalar == " " || scalar == "-", run.last?.isWholeNumber == true {
                run.unicodeScalars.append(scalar)
            } else {
                flush()
                shown.unicodeScalars.append(isPrintable(scalar) ? scalar : "\u{FFFD}")
            }
        }
        flush()
        return shown.count > longest ? shown.prefix(longest) + "…" : shown
    }

    private static func isPrintable(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate: false
        // Another library's enumeration, of which only these are of interest.
        default: true
        }
    }
}

extension String {
    fileprivate func hasWord(_ word: String) -> Bool { TextPattern.contains(word).matches(self) }
}
