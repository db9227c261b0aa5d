import Platform
import Testing

/// The error codes of merchant boarding that are Understudy's own: the page about them lists those that the code has.
@Suite struct BoardingCodesTests {
    @Test func thePageListsTheCodesOfTheCode() throws {
        let sources = try swiftFiles(below: "Sources/Services/CoPilot")
        #expect(sources.count > 10)
        let used = try sources.reduce(into: Set<Substring>()) { codes, path in
            let text = String(decoding: try Files.read(path), as: UTF8.self)
            codes.formUnion(text.matches(of: #/"(9\d\d\d)"/#).map(\.output.1))
        }
        let page = String(decoding: try Files.read(Repository.path("docs/reference/copilot.md")), as: UTF8.self)
        let listed = Set(page.matches(of: #/(?m)^\| (9\d\d\d) \|/#).map(\.output.1))
        #expect(used == listed)
    }

    private func swiftFiles(below folder: String) throws -> [String] {
        var files: [String] = []
        for entry in try Files.list(Repository.path(folder)) {
            let path = folder + "/" + entry.name
            files += entry.isDirectory ? try swiftFiles(below: path) : [Repository.path(path)]
        }
        return files
    }
}
