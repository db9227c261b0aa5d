/// Reads one kind of value, knows how to describe it, and how two of them are merged.
///
/// A reader reports what is wrong and then returns nil, so that all mistakes of a file are found in one go.
struct Reader<Value>: Sendable {
    let shape: Shape
    var plan: MergePlan = .replace
    let read: @Sendable (YAMLNode, Reading) -> Value?

    init(_ shape: Shape, plan: MergePlan = .replace, read: @escaping @Sendable (YAMLNode, Reading) -> Value?) {
        self.shape = shape
        self.plan = plan
        self.read = read
    }

    /// The same values, made into something else.
    func map<Other>(_ transform: @escaping @Sendable (Value) -> Other) -> Reader<Other> {
        let read = self.read
        return Reader<Other>(shape, plan: plan) { node, reading in read(node, reading).map(transform) }
    }

    /// The same values, checked or looked up with the help of what is already known.
    func then<Other>(
        _ transform: @escaping @Sendable (Value, YAMLNode, Reading) -> Other?
    ) -> Reader<Other> {
        let read = self.read
        return Reader<Other>(shape, plan: plan) { node, reading in
            read(node, reading).flatMap { transform($0, node, reading) }
        }
    }

    func merged(_ plan: MergePlan) -> Reader {
        var copy = self
        copy.plan = plan
        return copy
    }

    /// A list; items that cannot be read are left out, after a report.
    static func list<Item>(of item: Reader<Item>, plan: MergePlan = .replace) -> Reader where Value == [Item] {
        let read = item.read
        return Reader(.list(item.shape), plan: plan) { node, reading in
            guard case .sequence(let items) = node.content else {
                return reading.expected("a list", at: node)
            }
            return items.compactMap { read($0, reading) }
        }
    }

    /// A value or a list of at least one.
    static func oneOrMany<Item>(of item: Reader<Item>) -> Reader where Value == [Item] {
        let read = item.read
        return Reader(.oneOrMany(item.shape)) { node, reading in
            guard case .sequence(let items) = node.content else { return read(node, reading).map { [$0] } }
            guard !items.isEmpty else { return reading.error(at: node.place, "the list is empty") }
            let values = items.compactMap { read($0, reading) }
            return values.isEmpty ? nil : values
        }
    }

    /// A mapping with keys of the author's choice.
    static func map<Item>(key: String, of item: Reader<Item>) -> Reader where Value == [(key: YAMLNode, value: Item)] {
        let read = item.read
        return Reader(.map(key: key, item.shape), plan: .each(item.plan)) { node, reading in
            guard case .mapping(let members) = node.content else {
                return reading.expected("a mapping", at: node)
            }
            return members.compactMap { member in
                let key = YAMLNode(.scalar(member.key, isPlain: false), at: member.keyPlace)
                reading.currentKey = member.key
                return read(member.value, reading).map { (key, $0) }
            }
        }
    }
}
