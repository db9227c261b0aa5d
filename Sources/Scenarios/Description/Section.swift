/// The description of one kind of mapping: its keys, what each means, and how it gets into the model.
///
/// The same description drives reading, the spelling suggestions, merging, and the published schema.
struct Section<Model>: Sendable {
    let title: String
    let fields: [Field<Model>]

    init(_ title: String, _ fields: [Field<Model>]) {
        self.title = title
        self.fields = fields
    }

    var shape: SectionShape {
        SectionShape(
            title: title,
            members: fields.map { field in
                SectionShape.Member(
                    key: field.key, summary: field.summary, isRequired: field.isRequired, shape: field.shape)
            })
    }

    var plan: MergePlan {
        .members(Dictionary(fields.map { ($0.key, $0.plan) }, uniquingKeysWith: { first, _ in first }))
    }

    /// Reads a mapping into a model; false when a required part is missing or it is no mapping.
    func read(_ node: YAMLNode, into model: inout Model, _ reading: Reading) -> Bool {
        guard case .mapping(let members) = node.content else {
            let _: Void? = reading.expected("a mapping (\(title))", at: node)
            return false
        }
        reportUnknownKeys(members, reading)
        var isComplete = true
        for field in fields {
            if let member = members.first(where: { $0.key == field.key }) {
                if !field.read(member, &model, reading), field.isRequired { isComplete = false }
            } else if field.isRequired {
                isComplete = false
                reading.report(.error, at: node.place, "\(title) needs '\(field.key)': \(field.summary)")
            }
        }
        return isComplete
    }

    private func reportUnknownKeys(_ members: [YAMLNode.Member], _ reading: Reading) {
        for member in members where !fields.contains(where: { $0.key == member.key }) {
            // Keys that another file has said are as probable as any.
            let used = members.filter { $0.keyPlace.file === member.keyPlace.file }.map(\.key)
            let unused = fields.map(\.key).filter { !used.contains($0) }
            reading.unknown("key", member.key, at: member.keyPlace, among: unused, suffix: " in \(title)")
        }
    }

    /// A reader of this section that starts from an empty model.
    func reader<Result>(
        _ make: @escaping @Sendable (YAMLNode) -> Model,
        _ finish: @escaping @Sendable (Model, YAMLNode, Reading) -> Result?
    ) -> Reader<Result> {
        Reader(.section(shape), plan: plan) { node, reading in
            var model = make(node)
            guard read(node, into: &model, reading) else { return nil }
            return finish(model, node, reading)
        }
    }

    /// A reader of this section whose model is the result.
    func reader(_ make: @escaping @Sendable (YAMLNode) -> Model) -> Reader<Model> {
        reader(make) { model, _, _ in model }
    }
}

/// One key of a section.
struct Field<Model>: Sendable {
    let key: String
    let summary: String
    let shape: Shape
    let plan: MergePlan
    let isRequired: Bool
    /// False when the value could not be read.
    let read: @Sendable (YAMLNode.Member, inout Model, Reading) -> Bool

    /// A key whose value goes to a property.
    init<Value>(
        _ key: String, _ path: any WritableKeyPath<Model, Value> & Sendable, _ reader: Reader<Value>,
        required isRequired: Bool = false, _ summary: String
    ) {
        self.init(key, reader, required: isRequired, summary) { value, _, model, _ in model[keyPath: path] = value }
    }

    /// A key whose value goes to an optional property.
    init<Value>(
        _ key: String, _ path: any WritableKeyPath<Model, Value?> & Sendable, _ reader: Reader<Value>,
        required isRequired: Bool = false, _ summary: String
    ) {
        self.init(key, reader, required: isRequired, summary) { value, _, model, _ in model[keyPath: path] = value }
    }

    /// A key whose value is a section of its own; what it does not say stays as it is.
    init<Part>(
        _ key: String, _ path: any WritableKeyPath<Model, Part> & Sendable, section: Section<Part>, _ summary: String
    ) {
        self.key = key
        self.summary = summary
        isRequired = false
        shape = .section(section.shape)
        plan = section.plan
        read = { member, model, reading in section.read(member.value, into: &model[keyPath: path], reading) }
    }

    /// A key whose value is put to use by a closure.
    init<Value>(
        _ key: String, _ reader: Reader<Value>, required isRequired: Bool = false, _ summary: String,
        store: @escaping @Sendable (Value, YAMLNode.Member, inout Model, Reading) -> Void
    ) {
        self.key = key
        self.summary = summary
        self.isRequired = isRequired
        shape = reader.shape
        plan = reader.plan
        let read = reader.read
        self.read = { member, model, reading in
            guard let value = read(member.value, reading) else { return false }
            store(value, member, &model, reading)
            return true
        }
    }
}
