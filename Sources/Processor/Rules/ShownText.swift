import Payments

/// Texts of requests and rules as they may stand in an explanation: short, on one line, without card numbers or codes.
enum ShownText {
    /// Longer texts are cut.
    static let longest = 60
    /// At most so many alternatives are listed.
    static let mostAlternatives = 4

    /// Any run of 12 or more digits shows only its last four.
    static func free(_ text: String) -> String { masked(text) { $0.utf8.count >= 12 } }

    /// A free text between quotation marks.
    static func quoted(_ text: String) -> String { "\"\(free(text))\"" }

    /// An identifier. Only what could be a card number by its length and check digit is hidden.
    static func identifier(_ text: String) -> String { masked(text) { $0.utf8.count >= 13 && Luhn.isValid($0) } }

    /// Whether a member or header of this name holds what must not be shown, not even as a rule has it.
    static func isSecret(_ name: String) -> Bool {
        let name = name.lowercased().filter { $0.isLetter }
        return ["cvv", "cvc", "csc", "securitycode", "password", "secret", "authorization", "apikey"]
            .contains { TextPattern.contains($0).matches(name) }
    }

    /// `a`, `a or b`, `a, b or c`; the rest of long lists as a number.
    static func alternatives(_ texts: [String]) -> String {
        var shown = Array(texts.prefix(mostAlternatives))
        if texts.count > shown.count { shown.append("\(texts.count - shown.count) more") }
        guard let last = shown.popLast() else { return "anything" }
        return shown.isEmpty ? last : shown.joined(separator: ", ") + " or " + last
    }

    /// Replaces runs of digits, with single separators between them or without, by `…` and their last four.
    private static func masked(_ text: String, where isSecret: (String) -> Bool) -> String {
        var shown = String.UnicodeScalarView()
        var run = String.UnicodeScalarView()
        var digits = String.UnicodeScalarView()
        func flush() {
            if isSecret(String(digits)) {
                // A separator at the end of a run belongs to what follows.
                let tail = run.reversed().prefix { isSeparator($0) }
                shown.append("…")
                shown.append(contentsOf: digits.suffix(4))
                shown.append(contentsOf: tail)
            } else {
                shown.append(contentsOf: run)
            }
            run.removeAll()
            digits.removeAll()
        }
        for scalar in text.unicodeScalars {
            if ("0"..."9").contains(scalar) {
                run.append(scalar)
                digits.append(scalar)
            } else if isSeparator(scalar), let last = run.last, !isSeparator(last) {
                run.append(scalar)
            } else {
                flush()
                shown.append(isPrintable(scalar) ? scalar : "\u{FFFD}")
                if shown.count > longest { break }
            }
        }
        flush()
        return shown.count > longest ? String(shown.prefix(longest)) + "…" : String(shown)
    }

    private static func isSeparator(_ scalar: Unicode.Scalar) -> Bool {
        scalar == " " || scalar == "-" || scalar == "."
    }

    private static func isPrintable(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate: false
        // Another library's enumeration, of which only these are of interest.
        default: true
        }
    }
}
