package import Processor

/// What became of a scenario.
package enum ScenarioOutcome: Sendable {
    case success(Behavior, warnings: [Diagnostic])
    /// Every mistake, and the warnings as well; in the order of files and lines.
    case failure([Diagnostic])
}

/// Loads scenarios: files in, a checked ``Behavior`` or all mistakes out. No I/O but through ``ScenarioFiles``.
package enum ScenarioLoader {
    /// - Parameters:
    ///   - path: the scenario's file, below `folder`.
    ///   - folder: the scenario's folder; nothing outside of it is read.
    ///   - shipped: the scenarios of the program, which others extend by name (`extends: uat` is `uat.yaml` there).
    ///   - fingerprints: the key under which card numbers are looked up.
    ///   - vocabulary: the names of services and operations that rules may use.
    package static func load(
        _ path: String, folder: any ScenarioFiles, shipped: any ScenarioFiles, fingerprints: Fingerprinter,
        vocabulary: RuleVocabulary = .standard, limits: ScenarioLimits = ScenarioLimits()
    ) -> ScenarioOutcome {
        let library = FileLibrary(folder: folder, shipped: shipped, limits: limits)
        let composer = ScenarioComposer(library, limits)
        guard let main = library.openMain(path), let root = composer.compose(main), composer.isComplete else {
            return .failure(library.sink.sorted(files: library.names))
        }
        let reading = Reading(library: library, limits: limits, vocabulary: vocabulary)
        let draft = read(root, reading, fingerprints)
        let behavior = draft.map { BehaviorAssembly.behavior($0, root, reading) }
        let diagnostics = library.sink.sorted(files: library.names)
        guard let behavior, !library.sink.hasErrors else { return .failure(diagnostics) }
        return .success(behavior, warnings: diagnostics)
    }

    /// A scenario of the program itself.
    package static func load(
        shipped name: String, from shipped: any ScenarioFiles, fingerprints: Fingerprinter
    ) -> ScenarioOutcome {
        load(name + ".yaml", folder: shipped, shipped: shipped, fingerprints: fingerprints)
    }

    /// What scenario files may say, section by section.
    package static var shape: SectionShape { ScenarioDraft.section.shape }

    private static func read(
        _ root: YAMLNode, _ reading: Reading, _ fingerprints: Fingerprinter
    ) -> ScenarioDraft? {
        reading.collectNames(root)
        var draft = ScenarioDraft(parts: BehaviorParts(fingerprints: fingerprints))
        return ScenarioDraft.section.read(root, into: &draft, reading) ? draft : nil
    }
}

/// Puts a ``Behavior`` together: the only place that does.
enum BehaviorAssembly {
    static func behavior(_ draft: ScenarioDraft, _ root: YAMLNode, _ reading: Reading) -> Behavior {
        var parts = draft.parts
        parts.brands = reading.brandTable
        parts.cards = CardAssembly.table(draft, reading)
        let all = RuleAssembly.rules(draft.rules, reading)
        parts.rules = RuleBook(
            all.filter { $0.action.settlement == nil }, fingerprint: parts.fingerprints.fingerprint(of:))
        parts.settlementRules = RuleBook(
            all.filter { $0.action.settlement != nil }, fingerprint: parts.fingerprints.fingerprint(of:))
        RuleChecks.run([parts.rules, parts.settlementRules], draft.rules, reading)
        ScenarioChecks.run(parts, draft, root, reading)
        return Behavior(parts)
    }
}
