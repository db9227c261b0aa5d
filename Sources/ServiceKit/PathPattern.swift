/// The segments of a path, of which some take any text.
package struct PathPattern: Sendable, ExpressibleByArrayLiteral {
    private enum Segment: Sendable {
        case exactly(String)
        /// Takes any text, under this name.
        case any(String)
    }

    private let segments: [Segment]

    /// A segment that starts with `:` takes any text.
    package init(arrayLiteral elements: String...) { self.init(elements) }

    package init(_ words: [String]) {
        segments = words.map { $0.hasPrefix(":") ? .any(String($0.dropFirst())) : .exactly($0) }
    }

    var count: Int { segments.count }

    /// The segments, when none of them takes any text.
    var plain: [String]? {
        var plain: [String] = []
        for segment in segments {
            guard case .exactly(let text) = segment else { return nil }
            plain.append(text)
        }
        return plain
    }

    /// What the places for any text hold; nil when the path is another one.
    package func match(_ path: [String]) -> PathParameters? {
        guard path.count == segments.count else { return nil }
        for index in 0..<path.count {
            guard case .exactly(let text) = segments[index] else { continue }
            // Counts first: comparing texts that differ is slow.
            guard text.utf8.count == path[index].utf8.count, text == path[index] else { return nil }
        }
        var parameters = PathParameters()
        for index in 0..<path.count {
            if case .any(let name) = segments[index] { parameters.append(name, path[index]) }
        }
        return parameters
    }
}

/// What the places of a ``PathPattern`` hold.
package struct PathParameters: Sendable {
    private var pairs: [(name: String, text: String)] = []

    package init() {}

    package subscript(name: String) -> String? {
        for pair in pairs where pair.name == name { return pair.text }
        return nil
    }

    mutating func append(_ name: String, _ text: String) { pairs.append((name: name, text: text)) }
}
