/// What Package.swift declares, read as text: its targets use `library(…)`, `tests(…)` and SwiftPM's own functions.
struct Manifest {
    /// The declared dependencies of each target on targets of this package.
    private(set) var dependencies: [String: Set<String>] = [:]
    var names: Set<String> { Set(dependencies.keys) }

    private static let declaration =
        #"(?:library|tests|\.target|\.executableTarget|\.systemLibrary|\.plugin)\(\s*(?:name:\s*)?"([\w-]+)""#

    init(_ source: String) throws {
        let declaration = try LinePattern(Self.declaration)
        let quoted = try LinePattern(#""([\w-]+)""#)
        var names: [String] = []
        var mentioned: [[String]] = []
        for piece in ManifestText.declarations(in: source) {
            guard let name = declaration.matches(in: piece).first?.match else { continue }
            let isTests = piece.hasPrefix("tests(")
            names.append(isTests ? name + "Tests" : name)
            // The first quoted word is the name itself; `tests` gives every one of them the same support.
            let words = quoted.matches(in: piece).dropFirst().map(\.match)
            mentioned.append(isTests ? words + ["PropertySupport"] : words)
        }
        for (name, words) in zip(names, mentioned) { dependencies[name] = Set(words).intersection(names) }
    }
}

/// Cuts the target list of a manifest into its declarations.
enum ManifestText {
    /// A declaration starts on a line that is indented by eight spaces exactly; each comes back as one line.
    static func declarations(in source: String) -> [String] {
        let all = lines(of: source)
        let start = all.firstIndex(of: "    targets: [") ?? all.endIndex
        var result: [String] = []
        for line in all[start...].dropFirst() {
            let text = line.drop { $0 == " " }
            if text.hasPrefix("//") { continue }
            if line.count - text.count == 8, !text.hasPrefix(")") {
                result.append(String(text))
            } else if !result.isEmpty {
                result[result.count - 1] += text
            }
        }
        return result
    }
}
