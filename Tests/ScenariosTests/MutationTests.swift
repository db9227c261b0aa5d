import Foundation
import PropertySupport
import Scenarios
import ShippedScenarios
import Testing

@Suite("Mutations")
struct MutationTests {
    /// Bytes that mean something to a reader of YAML or CSV.
    private static let telling = Array("\n\r\t :,-#'\"[]{}&*!|>%@?<~\\0\u{FEFF}…".utf8) + [0x00, 0x80, 0xC2, 0xFF]

    @Test("never crash the loader, and always give an answer", arguments: PropertySeeds.few)
    func mutate(seed: UInt64) throws {
        var random = TestRandom(seed: seed)
        let files = ["uat.yaml", "examples/one-more-try.yaml", "uat/cards.csv", "uat/avs.csv", "uat/known-tokens.csv"]
        for _ in 0..<12 {
            let victim = try #require(files.randomElement(using: &random))
            var bytes = try #require(ShippedScenarios.file(victim))
            for _ in 0..<Int.random(in: 1...4, using: &random) { Self.mutate(&bytes, &random) }
            let changed = bytes
            let mutated = LazyFiles(paths: ShippedScenarios.paths) {
                $0 == victim ? changed : ShippedScenarios.file($0)
            }
            let start = victim.hasPrefix("examples/") ? victim : "uat.yaml"
            let outcome = ScenarioLoader.load(
                start, folder: mutated, shipped: mutated, fingerprints: Shipped.fingerprints)
            #expect(outcome.behavior != nil || !outcome.diagnostics.isEmpty)
            for diagnostic in outcome.diagnostics {
                #expect(diagnostic.line >= 1 && diagnostic.column >= 1 && !diagnostic.description.isEmpty)
            }
        }
    }

    private static func mutate(_ bytes: inout [UInt8], _ random: inout TestRandom) {
        let position = Int.random(in: 0..<bytes.count, using: &random)
        switch Int.random(in: 0..<6, using: &random) {
        case 0: bytes[position] = UInt8.random(in: 0...255, using: &random)
        case 1: bytes[position] = telling.randomElement(using: &random) ?? 0
        case 2: bytes.insert(telling.randomElement(using: &random) ?? 0, at: position)
        case 3: bytes.removeSubrange(position..<min(bytes.count, position + Int.random(in: 1...40, using: &random)))
        case 4: bytes.removeSubrange(position...)
        default:
            let end = min(bytes.count, position + Int.random(in: 1...80, using: &random))
            bytes.insert(contentsOf: bytes[position..<end], at: Int.random(in: 0...bytes.count, using: &random))
        }
        if bytes.isEmpty { bytes = [0x61] }
    }

    @Test("cut anywhere never crash the loader")
    func prefixes() throws {
        let bytes = try #require(ShippedScenarios.file("examples/one-more-try.yaml"))
        for length in 0...bytes.count {
            let files = MemoryFiles(["main.yaml": Array(bytes[..<length])])
            let outcome = ScenarioLoader.load(
                "main.yaml", folder: files, shipped: MemoryFiles([:]), fingerprints: Shipped.fingerprints)
            #expect(outcome.behavior != nil || !outcome.diagnostics.isEmpty)
        }
    }
}
