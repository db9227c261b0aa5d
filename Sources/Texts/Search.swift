// Swift's own functions of these names bring the library of regular expressions with them, a megabyte of the binary.

extension StringProtocol {
    /// Where another text begins first, character by character.
    package func firstRange(of other: String) -> Range<Index>? {
        guard let first = other.first else { return startIndex..<startIndex }
        var rest = self[...]
        while let start = rest.firstIndex(of: first) {
            if let end = rest[start...].end(of: other) { return start..<end }
            rest = rest[rest.index(after: start)...]
        }
        return nil
    }

    /// Where another text ends that this one begins with.
    private func end(of other: String) -> Index? {
        var end = startIndex
        for character in other {
            guard end < endIndex, self[end] == character else { return nil }
            formIndex(after: &end)
        }
        return end
    }

    package func contains(_ other: String) -> Bool { firstRange(of: other) != nil }

    /// The text with another in every place of a part, which is not empty. What is put in is not searched again.
    package func replacing(_ part: String, with other: String) -> String {
        var result = ""
        var rest = self[...]
        while !part.isEmpty, let range = rest.firstRange(of: part) {
            result += rest[..<range.lowerBound]
            result += other
            rest = rest[range.upperBound...]
        }
        return result + rest
    }
}
