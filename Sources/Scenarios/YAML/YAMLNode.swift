/// A value of a YAML file with its place. Scalars keep their text: `00` and `1e3` are not numbers here.
package struct YAMLNode: Sendable {
    package enum Content: Sendable {
        /// A quoted scalar is never null.
        case scalar(String, isPlain: Bool)
        case sequence([YAMLNode])
        /// In the order of the file; keys are unique.
        case mapping([Member])
    }

    package struct Member: Sendable {
        package var key: String
        package var keyPlace: Place
        package var value: YAMLNode
    }

    package var content: Content
    package var place: Place

    package init(_ content: Content, at place: Place) {
        self.content = content
        self.place = place
    }

    /// Nothing written, `~` or `null`.
    package var isNull: Bool {
        guard case .scalar(let text, isPlain: true) = content else { return false }
        return text.isEmpty || text == "~" || text == "null"
    }

    /// What kind of value it is, in the words of messages.
    package var kind: String {
        switch content {
        case .scalar: isNull ? "nothing" : "a text"
        case .sequence: "a list"
        case .mapping: "a mapping"
        }
    }

    /// The text of a scalar.
    package var text: String? {
        guard case .scalar(let text, _) = content else { return nil }
        return text
    }

    package subscript(key: String) -> YAMLNode? {
        guard case .mapping(let members) = content else { return nil }
        return members.first { $0.key == key }?.value
    }
}

/// Bounds on what is read from one file, so that no file can exhaust the machine.
package struct ScenarioLimits: Sendable {
    /// Size of one YAML file.
    package var yamlBytes = 4 << 20
    /// Values in one YAML file, aliases counted with all they stand for.
    package var yamlNodes = 500_000
    /// Mappings and lists inside each other.
    package var yamlDepth = 48
    /// Size of one table.
    package var csvBytes = 16 << 20
    package var csvRows = 200_000
    package var csvColumns = 64
    /// Files that one scenario consists of.
    package var files = 100
    /// `extends` and `include` inside each other.
    package var fileDepth = 16

    package init() {}
}
