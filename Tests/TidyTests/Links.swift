/// Links of the documentation that lead nowhere: to a file that is not there, or to a heading that its page does not have.
enum Links {
    static let message = "Links of Markdown pages lead to files and headings that exist."

    /// Pieces of pages, which `scripts/fidelity` puts into the pages above them; those are looked at.
    private static let pieces = "docs/fidelity/notes"

    private static let pattern = #"\]\(([^)\s]+)\)"#

    static func dead(in files: [SourceFile]) throws -> [Finding] {
        let links = try LinePattern(pattern)
        var places = Set(files.map(\.path))
        places.formUnion(files.flatMap { folders(of: $0.path) })
        let pages = files.filter { $0.path.hasSuffix(".md") }
        let anchors = Dictionary(uniqueKeysWithValues: pages.map { ($0.path, self.anchors(of: $0.text)) })
        return pages.filter { !$0.isBelow(pieces) }.flatMap { page in
            links.matches(in: page.text).compactMap { line, link -> Finding? in
                guard !link.contains("://"), !link.hasPrefix("mailto:") else { return nil }
                let parts = link.split(separator: "#", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
                let target = parts[0].isEmpty ? page.path : resolve(parts[0], from: page.path)
                guard let target, places.contains(target) else {
                    return Finding(page.path, line: line, "\(link) is not there")
                }
                guard parts.count == 2, let known = anchors[target], !known.contains(parts[1]) else { return nil }
                return Finding(page.path, line: line, "\(target) has no heading #\(parts[1])")
            }
        }
    }

    /// What a link may name behind `#`: the headings in lower case, with hyphens for blanks and without punctuation.
    static func anchors(of text: String) -> Set<String> {
        let headings = lines(of: text).filter { $0.hasPrefix("#") }
        return Set(
            headings.map { heading in
                heading.drop { $0 == "#" }.drop { $0 == " " }.lowercased().reduce(into: "") { name, character in
                    if character == " " { name += "-" }
                    if character.isLetter || character.isNumber || "_-".contains(character) { name.append(character) }
                }
            })
    }

    /// The path of `link` in the repository; nil when it leads out of it.
    private static func resolve(_ link: String, from page: String) -> String? {
        var parts = page.split(separator: "/").dropLast()
        for part in link.split(separator: "/") {
            switch part {
            case ".": continue
            case ".." where parts.isEmpty: return nil
            case "..": parts.removeLast()
            case _: parts.append(part)
            }
        }
        return parts.joined(separator: "/")
    }

    private static func folders(of path: String) -> [String] {
        let parts = path.split(separator: "/").dropLast()
        return parts.indices.map { parts[...$0].joined(separator: "/") }
    }
}
