import Foundation
import HostedTokenizer
import Processor
import TestSupport
import Testing

/// No row of the collected tables goes untested: each parameter of the page is named by a replay and by a test in a
/// browser, each error of the tokenizer by a replay.
@Suite("Rows that a test names")
struct NamedRowsTests {
    static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    static func text(_ path: String) throws -> String {
        try String(contentsOf: root.appending(path: path), encoding: .utf8)
    }

    /// The first column of a table of the reference, where that lies beside the project.
    static func reference(_ table: String) throws -> [String]? {
        let file = root.appending(path: "../shared/reference/tables/\(table).csv")
        guard FileManager.default.fileExists(atPath: file.path()) else { return nil }
        return try String(contentsOf: file, encoding: .utf8).split(whereSeparator: \.isNewline).dropFirst()
            .compactMap { $0.split(separator: ",").first.map(String.init) }
    }

    @Test func parameters() throws {
        let replay = try Self.text("scenarios/replays/cardsecure/hosted-page.replay")
        let inReplays = Set(
            replay.matches(of: /[?&]([a-z]+)=/).map { String($0.output.1) })
        let browser = try Self.text("Tests/Browser/page.py")
        let inBrowser = Set(
            browser.matches(of: /@covers\(([^)]*)\)/).flatMap { covers in
                covers.output.1.matches(of: /"([a-z]+)"/).map { String($0.output.1) }
            })
        let names = try Self.reference("itoke-parameters") ?? PageParameters.all.map(\.name)
        #expect(names.count == 39)
        #expect(names.filter { !inReplays.contains($0) } == [], "parameters that no replay names")
        #expect(names.filter { !inBrowser.contains($0) } == [], "parameters that no test in a browser names")
        #expect(inBrowser.subtracting(names) == [], "names that are no parameters")
    }

    @Test func errors() throws {
        let session = try Session("uat-plain")
        let codes = session.behavior.tokenizerErrors.codes
        if let listed = try Self.reference("cardsecure-errors") { #expect(listed == codes.map(String.init)) }
        var inReplays: Set<Int> = []
        let folder = Self.root.appending(path: "scenarios/replays/cardsecure")
        for file in try FileManager.default.contentsOfDirectory(atPath: folder.path()) {
            let replay = try String(contentsOf: folder.appending(path: file), encoding: .utf8)
            inReplays.formUnion(replay.matches(of: /"errorcode":([0-9]+)/).compactMap { Int($0.output.1) })
        }
        #expect(codes.filter { !inReplays.contains($0) } == [], "errors that no replay names")
    }
}
