import Emulator
import Platform
import Replays
import Testing

/// The golden replays of this repository: one case for each file.
@Suite struct GoldenReplayTests {
    static let folder = "scenarios/replays"

    struct File: Sendable, CustomTestStringConvertible {
        let path: String
        var testDescription: String { path }
        init(_ path: String) { self.path = path }

        func replay() throws -> Replay {
            try ReplayParser.parse(Files.read(Repository.path(path)), path: Repository.path(path))
        }
    }

    static let files: [File] = {
        do {
            return try Files.list(Repository.path(folder)).filter(\.isDirectory).flatMap { folder in
                try Files.list(Repository.path(Self.folder) + "/" + folder.name).map { file in
                    File("\(Self.folder)/\(folder.name)/\(file.name)")
                }
            }
        } catch {
            return []
        }
    }()

    static let catalog = ScenarioCatalog(key: [1, 2, 3])

    @Test func thereAreSome() {
        #expect(Self.files.count >= 18)
        #expect(Self.files.allSatisfy { $0.path.hasSuffix(".replay") })
    }

    @Test(arguments: files)
    func plays(_ file: File) throws {
        let result = try ReplayPlayer(catalog: Self.catalog).play(file.replay())
        #expect(!result.hasFailed, "\(ReplayReport.text(result))")
        #expect(result.counts.notRunnable == 0)
    }

    /// The example with which the description of the format begins.
    @Test func theDocumentedExamplePlays() throws {
        let path = Repository.path("docs/reference/replays.md")
        let page = String(decoding: try Files.read(path), as: UTF8.self)
        let example = try #require(page.split(separator: "```\n").dropFirst().first)
        let result = try ReplayPlayer(catalog: Self.catalog).play(
            ReplayParser.parse(String(example), path: "example.replay"))
        #expect(result.counts.passed == 3 && !result.hasFailed, "\(ReplayReport.text(result))")
    }

    @Test(arguments: files)
    func saysWhereItsKnowledgeComesFrom(_ file: File) throws {
        for step in try file.replay().steps {
            guard case .exchange = step.action else { continue }
            #expect(step.provenance?.source.isEmpty == false, "\(file.path):\(step.line) has no source")
        }
    }
}
