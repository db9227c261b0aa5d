import Texts

/// The pages that say how far each answer can be trusted: made from the origins that replays state, so that a claim on
/// them is one that a test plays.
///
/// Hand-written text comes from notes, one for each page, that hold a marker where the generated part belongs.
package struct FidelityPages: Sendable {
    /// The replays of one service.
    package struct Service: Sendable {
        /// The name of their folder, and of the page.
        package var name: String
        package var replays: [Replay]
        /// The page but for the generated part; nil for a page without a text of its own.
        package var notes: String?

        package init(name: String, replays: [Replay], notes: String?) {
            self.name = name
            self.replays = replays
            self.notes = notes
        }
    }

    /// Where the table of services goes in the notes of the index.
    package static let servicesMarker = "<!-- services -->"
    /// Where coverage and behaviours go in the notes of a service.
    package static let behaviorsMarker = "<!-- behaviours -->"

    package var services: [Service]
    /// The notes of the index.
    package var index: String
    /// How the page of a service gets to the folder of replays, and the index to the page of a service.
    package var replaysPrefix: String
    package var servicesPrefix: String

    package init(services: [Service], index: String, replaysPrefix: String, servicesPrefix: String) {
        self.services = services
        self.index = index
        self.replaysPrefix = replaysPrefix
        self.servicesPrefix = servicesPrefix
    }

    private static let warning =
        "<!-- Made by scripts/fidelity from replays and notes: change those, not this page. -->\n\n"

    // MARK: - The index

    package var indexPage: String {
        var table = MarkdownTable(["Service", "Replays"] + FidelityCount.heads)
        var all: [FidelityBehavior] = []
        for service in services {
            let behaviors = service.replays.flatMap { FidelityChapter($0).behaviors }
            all += behaviors
            table.add(
                ["[\(title(of: service))](\(servicesPrefix)\(service.name).md)", "\(service.replays.count)"]
                    + FidelityCount(behaviors).cells)
        }
        table.add(["all", "\(services.reduce(0) { $0 + $1.replays.count })"] + FidelityCount(all).cells)
        return Self.warning + Self.put(table.text, into: index, at: Self.servicesMarker)
    }

    // MARK: - One service

    package func page(of service: Service) -> String {
        let chapters = service.replays.map(FidelityChapter.init).filter { !$0.behaviors.isEmpty }
        let notes = service.notes ?? "# \(service.name)\n\n\(Self.behaviorsMarker)\n"
        let parts = [coverage(chapters)] + chapters.map(behaviors)
        return Self.warning + Self.put(parts.joined(separator: "\n"), into: notes, at: Self.behaviorsMarker)
    }

    private func coverage(_ chapters: [FidelityChapter]) -> String {
        let behaviors = chapters.flatMap(\.behaviors)
        let names = FidelityEndpoint.merging(Set(behaviors.map(\.endpoint)))
        let groups = Dictionary(grouping: behaviors) { names[$0.endpoint] ?? $0.endpoint }
        var table = MarkdownTable(["Endpoint", "Methods"] + FidelityCount.heads)
        var unknown: [FidelityBehavior] = []
        for (endpoint, group) in groups.sorted(by: { $0.key < $1.key }) {
            if group.allSatisfy(\.isUnknownPath) {
                unknown += group
                continue
            }
            let methods = Set(group.map(\.method)).sorted().joined(separator: ", ")
            table.add([MarkdownTable.code("\(endpoint)"), methods] + FidelityCount(group).cells)
        }
        if !unknown.isEmpty { table.add(["paths that do not exist", ""] + FidelityCount(unknown).cells) }
        return "## Coverage\n\n" + table.text
    }

    private func behaviors(_ chapter: FidelityChapter) -> String {
        var table = MarkdownTable(["Endpoint", "Behaviour", "Sure", "Source", "Switch"])
        let common = Self.commonPath(chapter.behaviors.map(\.endpoint.segments))
        for behavior in chapter.behaviors {
            let path = behavior.endpoint.segments.dropFirst(common.count).joined(separator: "/")
            let source = behavior.provenance == chapter.provenance ? "" : behavior.provenance.source
            table.add([
                MarkdownTable.code(path.isEmpty ? behavior.method : path), MarkdownTable.cell(behavior.title),
                behavior.provenance.kind.rawValue, MarkdownTable.cell(source),
                behavior.switches.map(MarkdownTable.code).joined(separator: ", "),
            ])
        }
        let file = chapter.path.split(separator: "/").last.map(String.init) ?? chapter.path
        var head = "## \(MarkdownTable.cell(chapter.title))\n\n"
        head += "[\(file)](\(replaysPrefix)\(chapter.path))"
        if !common.isEmpty { head += ", below \(MarkdownTable.code("/" + common.joined(separator: "/")))" }
        if let provenance = chapter.provenance, !provenance.source.isEmpty {
            head += ". Source, where a row names none: \(MarkdownTable.cell(provenance.source))"
        }
        return head + ".\n\n" + table.text
    }

    /// The segments that all begin with, without the last one of any.
    private static func commonPath(_ paths: [[String]]) -> ArraySlice<String> {
        guard var common = paths.first?.dropLast() else { return [] }
        for path in paths {
            let shared = zip(common, path.dropLast()).prefix { $0 == $1 }.count
            common = common.prefix(shared)
        }
        return common.prefix { $0 != FidelityEndpoint.value }
    }

    /// The first heading of the notes.
    private func title(of service: Service) -> String {
        let heading = service.notes?.split(separator: "\n").first { $0.hasPrefix("# ") }
        return heading.map { String($0.dropFirst(2)) } ?? service.name
    }

    private static func put(_ text: String, into notes: String, at marker: String) -> String {
        guard let place = notes.firstRange(of: marker + "\n") else { return notes }
        return notes[..<place.lowerBound] + text + notes[place.upperBound...]
    }
}
