/// What the journal keeps of secret members, by name: a few pairs, which are looked through more quickly than hashed.
package struct RecordedTexts: Sendable, ExpressibleByDictionaryLiteral {
    private var pairs: [(name: String, text: String)]

    package init(dictionaryLiteral elements: (String, String)...) {
        pairs = elements.map { (name: $0.0, text: $0.1) }
    }

    package var isEmpty: Bool { pairs.isEmpty }

    package subscript(name: String) -> String? {
        get {
            for pair in pairs where pair.name == name { return pair.text }
            return nil
        }
        set {
            pairs.removeAll { $0.name == name }
            if let newValue { pairs.append((name: name, text: newValue)) }
        }
    }
}
