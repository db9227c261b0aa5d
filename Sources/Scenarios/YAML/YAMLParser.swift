import CLibYAML

/// Turns libyaml's events into a tree. A file that is no YAML gives one diagnostic and no tree; duplicate keys and the
/// like are collected, and reading goes on.
struct YAMLParser {
    /// Ends the reading of a file.
    struct Failure: Error { let diagnostic: Diagnostic }

    let file: SourceFile
    let limits: ScenarioLimits
    private(set) var faults: [Diagnostic] = []

    private var events: EventStream
    private var nodeCount = 0
    private var anchors: [String: Anchor] = [:]

    /// What an alias stands for.
    private struct Anchor {
        var node: YAMLNode
        var count: Int
        var height: Int
    }

    /// The root of the only document, and the faults that leave a tree.
    static func parse(
        _ file: SourceFile, limits: ScenarioLimits
    ) throws(Failure) -> (root: YAMLNode, faults: [Diagnostic]) {
        guard file.bytes.count <= limits.yamlBytes else {
            let start = Place(file: file, line: 1, column: 1, length: 1)
            throw Failure(
                diagnostic: Diagnostic(.error, at: start, "the file has more than \(limits.yamlBytes) bytes"))
        }
        let events = EventStream(file)
        defer { events.close() }
        var parser = YAMLParser(file: file, limits: limits, events: events)
        return (try parser.document(), parser.faults)
    }

    private init(file: SourceFile, limits: ScenarioLimits, events: EventStream) {
        self.file = file
        self.limits = limits
        self.events = events
    }

    private mutating func document() throws(Failure) -> YAMLNode {
        var event = try events.next()
        guard case .streamStart = event.kind else { return try empty(event) }
        event = try events.next()
        guard case .documentStart = event.kind else { return try empty(event) }
        let (root, _) = try node(try events.next(), depth: 0)
        _ = try events.next()
        event = try events.next()
        guard case .streamEnd = event.kind else {
            throw fail(event.place, "a scenario is one document; here a second one starts")
        }
        return root
    }

    private func empty(_ event: YAMLEvent) throws(Failure) -> YAMLNode {
        YAMLNode(.scalar("", isPlain: true), at: event.place)
    }

    /// A node and how many levels it has.
    private mutating func node(_ event: YAMLEvent, depth: Int) throws(Failure) -> (YAMLNode, height: Int) {
        let before = nodeCount
        try count(1, at: event.place)
        guard depth < limits.yamlDepth else {
            throw fail(event.place, "more than \(limits.yamlDepth) levels inside each other")
        }
        if let tag = event.tag, tag != "tag:yaml.org,2002:str" {
            report(event.place, "tags have no meaning in a scenario")
        }
        let result: (YAMLNode, height: Int)
        switch event.kind {
        case .scalar(let text, let isPlain):
            result = (YAMLNode(.scalar(text, isPlain: isPlain), at: event.place), 1)
        case .sequenceStart: result = try sequence(event, depth: depth)
        case .mappingStart: result = try mapping(event, depth: depth)
        case .alias(let name): return try expand(name, at: event.place, depth: depth)
        case .streamStart, .streamEnd, .documentStart, .documentEnd, .sequenceEnd, .mappingEnd:
            throw fail(event.place, "a value is missing")
        }
        if let anchor = event.anchor {
            anchors[anchor] = Anchor(node: result.0, count: nodeCount - before, height: result.height)
        }
        return result
    }

    private mutating func sequence(_ start: YAMLEvent, depth: Int) throws(Failure) -> (YAMLNode, height: Int) {
        var items: [YAMLNode] = []
        var height = 0
        while true {
            let event = try events.next()
            if case .sequenceEnd = event.kind { break }
            let (item, itemHeight) = try node(event, depth: depth + 1)
            items.append(item)
            height = max(height, itemHeight)
        }
        return (YAMLNode(.sequence(items), at: start.place), height + 1)
    }

    private mutating func mapping(_ start: YAMLEvent, depth: Int) throws(Failure) -> (YAMLNode, height: Int) {
        var members = MemberList()
        var merged: [YAMLNode] = []
        var height = 0
        while true {
            let event = try events.next()
            if case .mappingEnd = event.kind { break }
            let (key, _) = try node(event, depth: depth + 1)
            let (value, valueHeight) = try node(try events.next(), depth: depth + 1)
            height = max(height, valueHeight)
            guard case .scalar(let text, let isPlain) = key.content else {
                report(key.place, "a key has to be a text, not \(key.kind)")
                continue
            }
            if text == "<<", isPlain {
                merged.append(value)
            } else if let first = members.add(YAMLNode.Member(key: text, keyPlace: key.place, value: value)) {
                report(
                    key.place, "the key \(Quoting.quote(text)) stands here twice", notes: [(first, "the first one")])
            }
        }
        for value in merged { merge(value, into: &members) }
        return (YAMLNode(.mapping(members.members), at: start.place), height + 1)
    }

    /// The merge key `<<`: members of other mappings, where the mapping has none of that name.
    private mutating func merge(_ value: YAMLNode, into members: inout MemberList) {
        switch value.content {
        case .mapping(let others): for member in others { _ = members.add(member) }
        case .sequence(let items) where items.allSatisfy({ $0.isMapping }):
            for item in items { merge(item, into: &members) }
        case .sequence, .scalar:
            report(value.place, "'<<' takes a mapping or a list of mappings")
        }
    }

    private mutating func expand(_ name: String, at place: Place, depth: Int) throws(Failure) -> (YAMLNode, height: Int)
    {
        guard let anchor = anchors[name] else {
            throw fail(place, "unknown anchor \(Quoting.quote(name))", Spelling.nearest(to: name, among: anchors.keys))
        }
        try count(anchor.count - 1, at: place)
        guard depth + anchor.height <= limits.yamlDepth else {
            throw fail(place, "more than \(limits.yamlDepth) levels inside each other")
        }
        return (anchor.node, anchor.height)
    }

    private mutating func count(_ nodes: Int, at place: Place) throws(Failure) {
        nodeCount += nodes
        guard nodeCount <= limits.yamlNodes else {
            throw fail(place, "more than \(limits.yamlNodes) values, aliases counted with all they stand for")
        }
    }

    private mutating func report(_ place: Place, _ message: String, notes: [(place: Place, message: String)] = []) {
        guard faults.count < DiagnosticSink.limit else { return }
        faults.append(Diagnostic(.error, at: place, message, notes: notes))
    }

    private func fail(_ place: Place, _ message: String, _ nearest: String? = nil) -> Failure {
        Failure(
            diagnostic: Diagnostic(.error, at: place, message, suggestion: nearest.map { "did you mean '\($0)'?" }))
    }
}

/// Members of a mapping that is being read; finds duplicates without comparing all with all.
private struct MemberList {
    private(set) var members: [YAMLNode.Member] = []
    private var index: [String: Int] = [:]

    /// Adds a member, or returns the place of the key that is there already.
    mutating func add(_ member: YAMLNode.Member) -> Place? {
        if let position = position(of: member.key) { return members[position].keyPlace }
        members.append(member)
        if members.count == 9 {
            for (position, member) in members.enumerated() { index[member.key] = position }
        } else if members.count > 9 {
            index[member.key] = members.count - 1
        }
        return nil
    }

    private func position(of key: String) -> Int? {
        members.count < 9 ? members.firstIndex { $0.key == key } : index[key]
    }
}

extension YAMLNode {
    fileprivate var isMapping: Bool {
        guard case .mapping = content else { return false }
        return true
    }
}
