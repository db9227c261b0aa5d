import Payments

/// How a body is compared.
enum CompareMode: String, CaseIterable {
    /// JSON member by member, no others.
    case members
    /// The listed members have to be there; others may.
    case contains
    /// Byte by byte.
    case exact
}

/// Directives: `# name: value`.
extension ReplayReader {
    private static let headDirectives = [
        "scenario", "seed", "clock", "clock-mode", "provenance", "compare", "define", "switch",
    ]
    private static let stepDirectives = ["provenance", "compare", "switch"]
    /// Those of the head that may be given more than once.
    private static let repeatedDirectives: Set<Substring> = ["define", "switch"]

    mutating func readComment(_ text: Substring, _ line: ReplayLine) {
        let content = text.trimmingBlanks
        let name = content.prefix { ("a"..."z").contains($0) || $0 == "-" }
        guard !name.isEmpty, content.dropFirst(name.count).first == ":" else {
            if isInHead, setup.summary.isEmpty { setup.summary = String(content) }
            return
        }
        let value = content.dropFirst(name.count + 1).trimmingBlanks
        let allowed = isInHead ? Self.headDirectives : Self.stepDirectives
        guard allowed.contains(String(name)) else { return reportUnknown(name, line) }
        if !isInHead, draft?.stage != .title {
            return report(
                line, at: name, "'\(name)' belongs between the title of a step and its request",
                "titles are lines such as '## approval of a sale'")
        }
        if isInHead, !Self.repeatedDirectives.contains(name), !seenDirectives.insert(String(name)).inserted {
            return report(line, at: name, "'\(name)' is given twice")
        }
        guard !value.isEmpty else { return report(line, at: name, "'\(name)' needs a value") }
        read(name, value, line)
    }

    private mutating func reportUnknown(_ name: Substring, _ line: ReplayLine) {
        if Self.headDirectives.contains(String(name)) {
            return report(line, at: name, "'\(name)' belongs to the head of the file, before the first step")
        }
        let allowed = isInHead ? Self.headDirectives : Self.stepDirectives
        let nearest = Nearest.word(to: String(name), among: allowed).map { "did you mean '\($0)'?" }
        report(
            line, at: name, "there is no directive '\(name)'",
            nearest ?? "directives here: \(allowed.joined(separator: ", ")); begin a comment with a capital letter")
    }

    private mutating func read(_ name: Substring, _ value: Substring, _ line: ReplayLine) {
        switch name {
        case "scenario": setup.scenario = String(value)
        case "seed":
            guard let seed = UInt64(value) else {
                return report(line, at: value, "a seed is a whole number from 0 to \(UInt64.max)")
            }
            setup.seed = seed
        case "clock":
            guard let moment = InstantText.read(value) else {
                return report(
                    line, at: value, "this is no moment", "write it as 2030-01-02T10:00:00-05:00, with a zone")
            }
            setup.clock = moment
        case "clock-mode": readClockMode(value, line)
        case "provenance": readProvenance(value, line)
        case "compare":
            guard let mode = CompareMode(rawValue: String(value)) else {
                return report(line, at: value, "bodies are compared by 'members', 'contains' or 'exact'")
            }
            if isInHead { self.mode = mode } else { draft?.mode = mode }
        case "define": readDefinition(value, line)
        case "switch":
            if isInHead { setup.switches.append(String(value)) } else { draft?.switches.append(String(value)) }
        default: preconditionFailure("the names have been checked")
        }
    }

    private mutating func readClockMode(_ value: Substring, _ line: ReplayLine) {
        switch value {
        case "real": setup.clockMode = .real
        case "frozen": setup.clockMode = .frozen
        default:
            guard value.last == "x", let factor = Int(value.dropLast()), (1...1_000_000).contains(factor) else {
                return report(line, at: value, "a clock is 'real', 'frozen', or faster: '60x'")
            }
            setup.clockMode = .scaled(by: factor)
        }
    }

    /// `documented (gateway guide, "auth")`.
    private mutating func readProvenance(_ value: Substring, _ line: ReplayLine) {
        let word = value.prefix { ("a"..."z").contains($0) }
        guard let kind = ReplayProvenance.Kind(rawValue: String(word)) else {
            let kinds = ReplayProvenance.Kind.allCases.map(\.rawValue)
            return report(
                line, at: value, "provenance is \(kinds.joined(separator: ", ")), then the source in parentheses",
                Nearest.word(to: String(word), among: kinds).map { "did you mean '\($0)'?" })
        }
        let rest = value.dropFirst(word.count).trimmingBlanks
        guard rest.isEmpty || (rest.hasPrefix("(") && rest.hasSuffix(")") && rest.count > 2) else {
            return report(line, at: rest, "the source stands in parentheses", "\(kind.rawValue) (where it is said)")
        }
        let provenance = ReplayProvenance(kind: kind, source: String(rest.dropFirst().dropLast()))
        if isInHead { setup.provenance = provenance } else { draft?.provenance = provenance }
    }

    /// `name = value`.
    private mutating func readDefinition(_ value: Substring, _ line: ReplayLine) {
        let parts = value.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        let name = parts[0].trimmingBlanks
        guard parts.count == 2, ReplayName.isName(name), !ReplayMatcher.keywords.contains(String(name)) else {
            return report(line, at: value, "a definition is 'name = value', and the name is no matcher's")
        }
        // A value from outside, and so known already, wins.
        guard known.insert(String(name)).inserted else {
            if !setup.definitions.contains(where: { $0.name == name }) || seenDirectives.contains("define \(name)") {
                report(line, at: name, "'\(name)' is defined twice")
            }
            seenDirectives.insert("define \(name)")
            return
        }
        seenDirectives.insert("define \(name)")
        setup.definitions.append(ReplayDefinition(name: String(name), value: String(parts[1].trimmingBlanks)))
    }
}
