extension ReplayText {
    /// Whether a text is this one; placeholders take what fits, and their names get it as their value.
    ///
    /// Names that have a value already must fit it again. Nothing is bound unless the whole text fits.
    package func matches(_ text: String, _ bindings: inout ReplayBindings) -> Bool {
        if let literal { return literal == text }
        var matching = TextMatching(pieces: pieces, scalars: Array(text.unicodeScalars), bindings: bindings)
        guard matching.fits(piece: 0, from: 0) else { return false }
        bindings = matching.bindings
        return true
    }
}

/// Tries the pieces in order, each with the longest stretch first.
private struct TextMatching {
    let pieces: [ReplayText.Piece]
    let scalars: [Unicode.Scalar]
    var bindings: ReplayBindings

    mutating func fits(piece index: Int, from start: Int) -> Bool {
        guard index < pieces.count else { return start == scalars.count }
        switch pieces[index] {
        case .literal(let text):
            guard let end = end(of: text, from: start) else { return false }
            return fits(piece: index + 1, from: end)
        case .placeholder(let placeholder):
            return fits(placeholder, piece: index, from: start)
        }
    }

    private mutating func fits(_ placeholder: ReplayPlaceholder, piece index: Int, from start: Int) -> Bool {
        if let name = placeholder.name, let value = bindings[name] {
            guard let end = end(of: value, from: start), accepts(placeholder.matcher, start..<end) else { return false }
            return fits(piece: index + 1, from: end)
        }
        let isLast = index == pieces.count - 1
        for end in stride(from: scalars.count, through: isLast ? scalars.count : start, by: -1)
        where accepts(placeholder.matcher, start..<end) {
            let before = bindings
            if let name = placeholder.name { bindings[name] = text(start..<end) }
            if fits(piece: index + 1, from: end) { return true }
            bindings = before
        }
        return false
    }

    private func accepts(_ matcher: ReplayMatcher, _ range: Range<Int>) -> Bool {
        switch matcher {
        case .anything, .kind(.string): true
        case .absent, .kind: false
        case .characters(let characters, let count):
            count.contains(range.count) && scalars[range].allSatisfy { characters.contains($0) }
        case .glob(let pattern): Glob.matches(pattern, scalars[range])
        case .oneOf(let texts): texts.contains(text(range))
        }
    }

    private func end(of text: String, from start: Int) -> Int? {
        var position = start
        for scalar in text.unicodeScalars {
            guard position < scalars.count, scalars[position] == scalar else { return nil }
            position += 1
        }
        return position
    }

    private func text(_ range: Range<Int>) -> String {
        var view = String.UnicodeScalarView()
        view.append(contentsOf: scalars[range])
        return String(view)
    }
}

/// `*` is any text, `?` any one character; there is no escape.
enum Glob {
    static func matches(_ pattern: String, _ text: ArraySlice<Unicode.Scalar>) -> Bool {
        let pattern = Array(pattern.unicodeScalars)
        var place = 0
        var position = text.startIndex
        // Where the last `*` stands, and how far it reaches at the moment.
        var star: (place: Int, position: Int)?
        while position < text.endIndex {
            if place < pattern.count, pattern[place] == "*" {
                star = (place, position)
                place += 1
            } else if place < pattern.count, pattern[place] == "?" || pattern[place] == text[position] {
                place += 1
                position += 1
            } else if let last = star {
                star = (last.place, last.position + 1)
                place = last.place + 1
                position = last.position + 1
            } else {
                return false
            }
        }
        return pattern[place...].allSatisfy { $0 == "*" }
    }
}
