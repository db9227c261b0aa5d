import Payments

/// Card numbers in text that is shown to people: all but the last four digits become `•`, so columns stay in place.
enum Masking {
    /// The fewest digits that are taken for a card number.
    private static let shortest = 13

    /// Masks every run of 13 digits or more; single blanks or hyphens between digits belong to the run.
    static func mask(_ text: String) -> String {
        guard text.utf8.count >= shortest else { return text }
        var scalars = Array(text.unicodeScalars)
        var position = 0
        var masked = false
        while position < scalars.count {
            guard isDigit(scalars[position]) else {
                position += 1
                continue
            }
            let run = digitRun(in: scalars, from: position)
            if run.digits.count >= shortest {
                for digit in run.digits.dropLast(4) { scalars[digit] = "•" }
                masked = true
            }
            position = run.end
        }
        guard masked else { return text }
        var result = String.UnicodeScalarView()
        result.append(contentsOf: scalars)
        return String(result)
    }

    private static func digitRun(in scalars: [Unicode.Scalar], from start: Int) -> (digits: [Int], end: Int) {
        var digits: [Int] = []
        var position = start
        while position < scalars.count {
            if isDigit(scalars[position]) {
                digits.append(position)
            } else if !isSeparator(scalars[position]) || position + 1 >= scalars.count
                || !isDigit(scalars[position + 1])
            {
                break
            }
            position += 1
        }
        return (digits, position)
    }

    private static func isDigit(_ scalar: Unicode.Scalar) -> Bool {
        scalar.isASCII && Digits.isDigit(UInt8(scalar.value))
    }
    private static func isSeparator(_ scalar: Unicode.Scalar) -> Bool { scalar == " " || scalar == "-" }
}

/// A value of a file inside a message.
enum Quoting {
    private static let longest = 60

    /// In single quotes, masked, on one line, and not too long.
    static func quote(_ text: String) -> String {
        var result = "'"
        var count = 0
        for scalar in Masking.mask(text).unicodeScalars {
            guard count < longest else { return result + "…'" }
            result.unicodeScalars.append(isPrintable(scalar) ? scalar : "·")
            count += 1
        }
        return result + "'"
    }

    static func isPrintable(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate, .unassigned, .privateUse: false
        default: true
        }
    }
}
