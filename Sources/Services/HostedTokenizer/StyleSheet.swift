import Texts

/// Takes from the style sheet of a shop what is harmless: rules with plain selectors, the properties of the allow-list,
/// and media queries around them. What comes out cannot end the element that it stands in, load anything, or run.
package enum StyleSheet {
    package static func sanitized(_ text: String) -> String {
        var parser = Parser(rest: Substring(withoutComments(text)))
        return parser.rules(depth: 0)
    }

    private static func withoutComments(_ text: String) -> String {
        var result = ""
        var rest = Substring(text)
        while let start = rest.firstRange(of: "/*") {
            result += rest[..<start.lowerBound]
            guard let end = rest[start.upperBound...].firstRange(of: "*/") else { return result }
            rest = rest[end.upperBound...]
        }
        return result + rest
    }

    private struct Parser {
        var rest: Substring

        /// Rules up to the brace that ends the block around them, or to the end.
        mutating func rules(depth: Int) -> String {
            var result = ""
            while let mark = rest.firstIndex(where: { $0 == "{" || $0 == "}" }) {
                let head = Self.trimmed(rest[..<mark])
                let opens = rest[mark] == "{"
                rest = rest[rest.index(after: mark)...]
                guard opens else { return result }
                if head.lowercased().hasPrefix("@media"), depth == 0 {
                    let inside = rules(depth: 1)
                    if Self.isPlain(head.dropFirst()), !inside.isEmpty { result += "\(head){\(inside)}" }
                } else {
                    let declarations = declarations()
                    if Self.isPlain(head), !declarations.isEmpty { result += "\(head){\(declarations)}" }
                }
            }
            rest = ""
            return result
        }

        /// Declarations up to the brace that ends them; a block within is skipped, with all that it holds.
        private mutating func declarations() -> String {
            var body = ""
            var depth = 1
            while let character = rest.popFirst() {
                if character == "{" { depth += 1 }
                if character == "}" { depth -= 1 }
                if depth == 0 { break }
                body.append(character)
            }
            guard !body.contains("{") else { return "" }
            return body.split(separator: ";").compactMap(Self.declaration).joined(separator: ";")
        }

        private static func declaration(_ text: Substring) -> String? {
            guard let colon = text.firstIndex(of: ":") else { return nil }
            let name = trimmed(text[..<colon]).lowercased()
            let value = trimmed(text[text.index(after: colon)...])
            guard StyleProperties.allowed.contains(name), isHarmless(value) else { return nil }
            return "\(name):\(value)"
        }

        /// Letters, digits and the signs of selectors and queries.
        private static func isPlain(_ text: Substring) -> Bool {
            !text.isEmpty
                && text.unicodeScalars.allSatisfy {
                    ($0.isASCII && ($0.properties.isAlphabetic || ("0"..."9").contains($0)))
                        || " \n\t#.:,>+~*-_()".unicodeScalars.contains($0)
                }
        }

        /// Nothing that escapes, ends the element, or names an address.
        private static func isHarmless(_ value: Substring) -> Bool {
            let lower = value.lowercased()
            guard !value.isEmpty, !value.contains(where: { "<>\\@&`".contains($0) }) else { return false }
            guard !value.unicodeScalars.contains(where: { $0.value < 32 && $0 != "\n" && $0 != "\t" }) else {
                return false
            }
            return !["url", "image(", "image-set", "expression", "javascript", "import", "src("].contains {
                lower.contains($0)
            }
        }

        private static func trimmed(_ text: Substring) -> Substring {
            var view = text
            while view.first?.isWhitespace == true { view.removeFirst() }
            while view.last?.isWhitespace == true { view.removeLast() }
            return view
        }
    }
}
