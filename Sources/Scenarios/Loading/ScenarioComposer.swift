/// Reads a scenario's files and lays them over each other, until one tree is left.
final class ScenarioComposer {
    private let library: FileLibrary
    private let limits: ScenarioLimits
    /// A file that is reached twice counts once, where it has the most to say.
    private var composed: [SourceFile] = []
    /// False when a file is missing or unreadable: what refers to its contents cannot be judged then.
    private(set) var isComplete = true

    init(_ library: FileLibrary, _ limits: ScenarioLimits) {
        self.library = library
        self.limits = limits
    }

    /// The tree of a file with everything that it extends and includes; nil when the file is no scenario at all.
    ///
    /// What comes first has the last word: the file itself, its includes in their order, what it extends.
    func compose(_ file: SourceFile) -> YAMLNode? { compose(file, isPart: false, above: []) }

    private func compose(_ file: SourceFile, isPart: Bool, above: [SourceFile]) -> YAMLNode? {
        guard let root = parse(file) else { return nil }
        checkHeading(root)
        let chain = above + [file]
        var layers = [root]
        for reference in references(root["include"]) {
            if let layer = open(reference, isPart: true, chain) { layers.append(layer) }
        }
        if let reference = root["extends"] {
            if isPart {
                report(reference.place, "an included file cannot extend another one; the including file can")
            } else if case .scalar = reference.content, let layer = open(reference, isPart: false, chain) {
                layers.append(layer)
            }
        }
        return layers.reversed().reduce(nil as YAMLNode?) { back, front in
            back.map { Merging.merge(front, over: $0, ScenarioDraft.section.plan) } ?? front
        }
    }

    private func open(_ reference: YAMLNode, isPart: Bool, _ chain: [SourceFile]) -> YAMLNode? {
        guard case .scalar(let name, _) = reference.content, !reference.isNull else { return nil }
        guard let file = library.open(name, as: .scenario, from: reference.place) else {
            isComplete = false
            return nil
        }
        guard !chain.contains(where: { $0 === file }) else {
            let names = (chain + [file]).map(\.name).joined(separator: " → ")
            report(reference.place, "the files extend or include each other in a circle: \(names)")
            isComplete = false
            return nil
        }
        guard chain.count < limits.fileDepth else {
            report(reference.place, "more than \(limits.fileDepth) files inside each other")
            isComplete = false
            return nil
        }
        guard !composed.contains(where: { $0 === file }) else { return nil }
        composed.append(file)
        return compose(file, isPart: isPart, above: chain)
    }

    private func references(_ node: YAMLNode?) -> [YAMLNode] {
        guard case .sequence(let items)? = node?.content else { return [] }
        return items
    }

    private func parse(_ file: SourceFile) -> YAMLNode? {
        do throws(YAMLParser.Failure) {
            let (root, faults) = try YAMLParser.parse(file, limits: limits)
            for fault in faults { library.report(fault) }
            guard case .mapping(let members) = root.content, !members.isEmpty else {
                report(root.place, "a scenario is a mapping, and starts with 'understudy: \(ScenarioDraft.format)'")
                isComplete = false
                return nil
            }
            return root
        } catch {
            library.report(error.diagnostic)
            isComplete = false
            return nil
        }
    }

    /// `understudy: scenario/1` stands first, so that a person and a later version see at once what they have.
    private func checkHeading(_ root: YAMLNode) {
        guard case .mapping(let members) = root.content, let first = members.first else { return }
        guard let version = root["understudy"] else {
            report(first.keyPlace, "the format is missing", "start with 'understudy: \(ScenarioDraft.format)'")
            return
        }
        if first.key != "understudy" {
            report(first.keyPlace, "the format has to come first", "start with 'understudy: \(ScenarioDraft.format)'")
        }
        if case .scalar(ScenarioDraft.format, _) = version.content { return }
        report(
            version.place, "this version reads the format '\(ScenarioDraft.format)' only",
            "did you mean '\(ScenarioDraft.format)'?")
    }

    private func report(_ place: Place, _ message: String, _ suggestion: String? = nil) {
        library.report(Diagnostic(.error, at: place, message, suggestion: suggestion))
    }
}
