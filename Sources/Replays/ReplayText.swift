/// Text with placeholders: sent after its names are filled in, or compared with what came.
package struct ReplayText: Hashable, Sendable {
    package enum Piece: Hashable, Sendable {
        case literal(String)
        case placeholder(ReplayPlaceholder)
    }

    package var pieces: [Piece]

    package init(_ pieces: [Piece]) { self.pieces = pieces }

    package init(literal: String) { pieces = literal.isEmpty ? [] : [.literal(literal)] }

    package var isEmpty: Bool { pieces.isEmpty }

    /// The text, when there is no placeholder in it.
    package var literal: String? {
        switch pieces.count {
        case 0: return ""
        case 1:
            guard case .literal(let text) = pieces[0] else { return nil }
            return text
        default: return nil
        }
    }

    /// The placeholder, when there is nothing else.
    package var placeholder: ReplayPlaceholder? {
        guard pieces.count == 1, case .placeholder(let placeholder) = pieces[0] else { return nil }
        return placeholder
    }

    package var isAbsent: Bool { placeholder?.matcher == .absent }

    /// The names in order of appearance.
    package var names: [String] {
        pieces.compactMap { piece in
            guard case .placeholder(let placeholder) = piece else { return nil }
            return placeholder.name
        }
    }

    /// The text with its names filled in; nil when one of them has no value.
    package func filled(_ bindings: ReplayBindings, escape: (String) -> String = { $0 }) -> String? {
        if let literal { return literal }
        var result = ""
        for piece in pieces {
            switch piece {
            case .literal(let text): result += text
            case .placeholder(let placeholder):
                guard let name = placeholder.name, let value = bindings[name] else { return nil }
                result += escape(value)
            }
        }
        return result
    }

    /// As it stands in the file, names with a value replaced.
    package func shown(_ bindings: ReplayBindings) -> String {
        pieces.map { piece in
            switch piece {
            case .literal(let text): text
            case .placeholder(let placeholder):
                placeholder.name.flatMap { bindings[$0] } ?? placeholder.description
            }
        }.joined()
    }
}

/// `${name}`, `${matcher}` or `${name=matcher}`.
package struct ReplayPlaceholder: Hashable, Sendable, CustomStringConvertible {
    package var name: String?
    package var matcher: ReplayMatcher

    package init(name: String? = nil, matcher: ReplayMatcher = .anything) {
        self.name = name
        self.matcher = matcher
    }

    package var description: String {
        switch (name, matcher) {
        case (let name?, .anything): "${\(name)}"
        case (let name?, let matcher): "${\(name)=\(matcher)}"
        case (nil, let matcher): "${\(matcher)}"
        }
    }
}

/// What a placeholder accepts.
package enum ReplayMatcher: Hashable, Sendable {
    /// Any text, also none; as a whole JSON value, any value.
    case anything
    /// The member or header is not there.
    case absent
    /// Any value of one JSON kind.
    case kind(Kind)
    /// Characters of one class, this many.
    case characters(CharacterClass, ClosedRange<Int>)
    /// `*` is any text, `?` any one character.
    case glob(String)
    /// One of these texts.
    case oneOf([String])

    package enum Kind: String, Hashable, Sendable, CaseIterable {
        case string, number, boolean, array, object
    }

    package enum CharacterClass: String, Hashable, Sendable, CaseIterable {
        case digits, letters, upper, lower, alnum, hex

        func contains(_ scalar: Unicode.Scalar) -> Bool {
            let isDigit = ("0"..."9").contains(scalar)
            let isUpper = ("A"..."Z").contains(scalar)
            let isLower = ("a"..."z").contains(scalar)
            return switch self {
            case .digits: isDigit
            case .letters: isUpper || isLower
            case .upper: isUpper
            case .lower: isLower
            case .alnum: isDigit || isUpper || isLower
            case .hex: isDigit || ("A"..."F").contains(scalar) || ("a"..."f").contains(scalar)
            }
        }
    }
}

extension ReplayMatcher: CustomStringConvertible {
    package var description: String {
        switch self {
        case .anything: "any"
        case .absent: "absent"
        case .kind(let kind): kind.rawValue
        case .characters(let characters, let count):
            if count == 1...Int.max {
                characters.rawValue
            } else if count.upperBound == .max {
                "\(characters.rawValue):\(count.lowerBound)-"
            } else if count.lowerBound == count.upperBound {
                "\(characters.rawValue):\(count.lowerBound)"
            } else {
                "\(characters.rawValue):\(count.lowerBound)-\(count.upperBound)"
            }
        case .glob(let pattern): "glob:\(pattern)"
        case .oneOf(let texts): "one:\(texts.joined(separator: "|"))"
        }
    }
}

/// Names and the texts they stand for, while a replay runs.
package struct ReplayBindings: Hashable, Sendable {
    private var values: [String: String] = [:]

    package init() {}

    package subscript(name: String) -> String? {
        get { values[name] }
        set { values[name] = newValue }
    }
}
