import Payments
import Texts

extension Reader where Value == String {
    /// Any text, also an empty one, as long as something is written.
    static let text = Reader.text("any text")

    static func text(_ meaning: String) -> Reader {
        Reader(.text(meaning)) { node, reading in
            guard case .scalar(let text, _) = node.content, !node.isNull else {
                return reading.expected(meaning, at: node)
            }
            return text
        }
    }

    /// A text of at least one character.
    static func name(_ meaning: String) -> Reader {
        text(meaning).then { text, node, reading in
            text.isEmpty ? reading.expected(meaning, at: node) : text
        }
    }

    /// Exactly so many digits.
    static func digits(_ counts: ClosedRange<Int>, _ meaning: String) -> Reader {
        text(meaning).then { text, node, reading in
            guard Digits.areAll(text), counts.contains(text.utf8.count) else {
                return reading.expected(meaning, at: node)
            }
            return text
        }
    }
}

extension Reader where Value == Void {
    /// No value: `approve:`, `approve: {}`.
    static let nothing = Reader(.nothing) { node, reading in
        switch node.content {
        case .mapping(let members) where members.isEmpty: return ()
        case .scalar where node.isNull: return ()
        case .scalar(let text, _) where text == "true": return ()
        case .scalar, .mapping, .sequence: return reading.expected("no value, or '{}'", at: node)
        }
    }
}

extension Reader where Value == Bool {
    static let flag = Reader(.flag) { node, reading in
        guard case .scalar(let text, _) = node.content else { return reading.expected("true or false", at: node) }
        switch text {
        case "true": return true
        case "false": return false
        case "yes", "on", "Yes", "True", "TRUE", "Y", "y":
            return reading.expected("true or false", at: node, suggestion: "did you mean 'true'?")
        case "no", "off", "No", "False", "FALSE", "N", "n":
            return reading.expected("true or false", at: node, suggestion: "did you mean 'false'?")
        default: return reading.expected("true or false", at: node)
        }
    }
}

extension Reader where Value == Int {
    /// A whole number in decimal digits, within bounds.
    static func integer(_ bounds: ClosedRange<Int>) -> Reader {
        Reader(.integer(Int64(bounds.lowerBound)...Int64(bounds.upperBound))) { node, reading in
            guard case .scalar(let text, _) = node.content, let value = Int(text) else {
                return reading.expected("a whole number", at: node)
            }
            guard bounds.contains(value) else {
                let range = "from \(bounds.lowerBound) through \(bounds.upperBound)"
                return reading.error(at: node.place, "\(value) is not in the range \(range)")
            }
            return value
        }
    }
}

extension Reader where Value == UInt64 {
    static let seed = Reader(.integer(0...Int64.max)) { node, reading in
        guard case .scalar(let text, _) = node.content, let value = UInt64(text) else {
            return reading.expected("a whole number that is not negative", at: node)
        }
        return value
    }
}

extension Reader where Value == Int64 {
    /// Minor units as a whole number.
    static let minorUnits = Reader(.integer(Int64.min...Int64.max)) { node, reading in
        guard case .scalar(let text, _) = node.content, let value = Int64(text) else {
            return reading.expected("a whole number of minor units", at: node)
        }
        return value
    }

    /// Major units with a point: `12.00`. Without a point it would be ambiguous, because on the wire that means cents.
    static let amount = Reader(.text("an amount with a point, such as 12.00")) { node, reading in
        guard case .scalar(let text, _) = node.content, !node.isNull else {
            return reading.expected("an amount with a point, such as 12.00", at: node)
        }
        do throws(DecimalText.Fault) {
            let value = try DecimalText.majorUnits(text, decimals: 2)
            guard text.utf8.contains(UInt8(ascii: ".")) else {
                return reading.error(
                    at: node.place, "the amount \(Quoting.quote(text)) has no point",
                    suggestion: "did you mean '\(DecimalText.write(value, decimals: 2))'?")
            }
            return value
        } catch {
            switch error {
            case .empty, .notADecimal:
                return reading.expected(
                    "an amount with a point, such as 12.00", at: node, suggestion: text.commaFixed)
            case .tooManyDecimals: return reading.error(at: node.place, "an amount has at most two decimals")
            case .tooLarge: return reading.error(at: node.place, "the amount is too large")
            }
        }
    }

    /// World seconds per thousand real seconds: `60` is sixty times as fast.
    static let factor = Reader(.text("a factor such as 60 or 0.5")) { node, reading in
        guard case .scalar(let text, _) = node.content,
            let perMille = DecimalText.scaled(text, decimals: 3)
        else { return reading.expected("a factor such as 60 or 0.5", at: node) }
        guard perMille > 0, perMille <= 1_000_000_000 else {
            return reading.error(at: node.place, "a factor is more than 0 and at most 1000000")
        }
        return perMille
    }
}

extension String {
    fileprivate var commaFixed: String? {
        let fixed = replacing(",", with: ".")
        guard fixed != self, DecimalText.scaled(fixed, decimals: 2) != nil else { return nil }
        return "did you mean '\(fixed)'?"
    }
}

extension Reader where Value: RawRepresentable & CaseIterable & Sendable, Value.RawValue == String {
    /// One of the words of an enumeration.
    static func choice(_ what: String) -> Reader {
        Reader(.choice(Value.allCases.map(\.rawValue))) { node, reading in
            guard case .scalar(let text, _) = node.content, !node.isNull else {
                return reading.expected("a word (\(what))", at: node)
            }
            if let value = Value(rawValue: text) { return value }
            reading.unknown(what, text, at: node.place, among: Value.allCases.map(\.rawValue))
            return nil
        }
    }
}

extension Reader where Value == Int {
    /// A share of all requests, in millionths: `0.25` or `25%`.
    static let probability = Reader(.text("a probability such as 0.25 or 25%")) { node, reading in
        guard case .scalar(let text, _) = node.content, let value = perMillion(text) else {
            return reading.expected("a probability such as 0.25 or 25%", at: node)
        }
        guard (0...1_000_000).contains(value) else {
            let percent = DecimalText.scaled(text, decimals: 4) ?? .max
            return reading.error(
                at: node.place, "a probability is between 0 and 1",
                suggestion: (2_000_000...100_000_000).contains(value) && percent <= 1_000_000
                    ? "did you mean '\(text)%'?" : nil)
        }
        return Int(value)
    }

    private static func perMillion(_ text: String) -> Int64? {
        text.hasSuffix("%")
            ? DecimalText.scaled(String(text.dropLast()), decimals: 4)
            : DecimalText.scaled(text, decimals: 6)
    }
}

extension DecimalText {
    /// A decimal number without its point, or nil when the text is none: for numbers that are no money.
    static func scaled(_ text: String, decimals: Int) -> Int64? {
        do throws(Fault) {
            return try majorUnits(text, decimals: decimals)
        } catch {
            // The reader says what it expected; why this text is no number adds nothing.
            return nil
        }
    }
}
