import Emulator
import Replays
import Scenarios
import Testing

/// The pages about fidelity of this repository.
@Suite struct FidelityPageTests {
    static let folder = FidelityFolder(root: Repository.path(""))

    @Test func arePresentAndUpToDate() throws {
        let stale = try Self.folder.stalePages().map(\.path)
        #expect(stale == [], "run scripts/fidelity")
    }

    @Test func thereIsOneForEachService() throws {
        let paths = try Self.folder.pages().map(\.path)
        #expect(paths.first == "docs/fidelity.md")
        #expect(paths.contains("docs/fidelity/cardpointe.md") && paths.contains("docs/fidelity/cardsecure.md"))
    }

    @Test(arguments: GoldenReplayTests.files)
    func switchesAreKeysOfScenarios(_ file: GoldenReplayTests.File) throws {
        let replay = try file.replay()
        for key in replay.setup.switches + replay.steps.flatMap(\.switches) {
            #expect(ScenarioLoader.shape.hasKey(key), "\(file.path): no scenario has the key '\(key)'")
        }
    }

    @Test(arguments: [
        ("gateway.secondVoid", true), ("gateway.secondVoit", false), ("gateway", true),
        ("sites[].merchants[].currency", true), ("sites.merchants.currency", true), ("gateway[].secondVoid", false),
        ("processors.X.avs", true), ("processors", true), ("processors..avs", false), ("gateway.secondVoid.x", false),
        ("include: [uat/older-wordings]", true), ("rules", true), ("", false),
    ])
    func keys(_ row: (path: String, isThere: Bool)) {
        #expect(ScenarioLoader.shape.hasKey(row.path) == row.isThere)
    }
}
