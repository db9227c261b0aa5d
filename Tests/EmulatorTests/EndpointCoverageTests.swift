import Platform
import Replays
import Testing

/// Every call that the reference of Fluid Pay lists stands in a replay.
@Suite struct EndpointCoverageTests {
    /// `GET /api/user/{id}`.
    private struct Call: Hashable, Comparable, CustomStringConvertible {
        let method: String
        let path: String

        var description: String { "\(method) \(path)" }
        private var segments: [Substring] { path.split(separator: "/") }
        /// Segments that are no placeholders.
        var words: Int { segments.count { !$0.hasPrefix("{") } }

        static func < (a: Call, b: Call) -> Bool { (a.path, a.method) < (b.path, b.method) }

        func fits(_ method: String, _ path: Substring) -> Bool {
            let sent = path.split(separator: "/")
            return method == self.method && sent.count == segments.count
                && zip(segments, sent).allSatisfy { $0.hasPrefix("{") || $0 == $1 }
        }
    }

    /// Beside the package, or beside the folder of a second working tree.
    private static let table: String? =
        ["..", "../.."].map { Repository.path("\($0)/shared/reference/tables") }.first(where: isFolder)
        .map { $0 + "/fluidpay-endpoints.csv" }

    private static func isFolder(_ path: String) -> Bool {
        do throws(SystemError) { return try Files.isDirectory(path) } catch { return false }
    }

    /// Method and path have no quotes; a cell may name several methods.
    private static func calls(_ path: String) throws -> [Call] {
        let lines = String(decoding: try Files.read(path), as: UTF8.self).split(whereSeparator: \.isNewline)
        return lines.dropFirst().flatMap { line in
            let cells = line.split(separator: ",", omittingEmptySubsequences: false)
            return cells[0].split(separator: "|").map { Call(method: String($0), path: String(cells[1])) }
        }
    }

    @Test(.enabled(if: table != nil)) func everyCallStandsInAReplay() throws {
        let calls = try Self.calls(try #require(Self.table))
        #expect(calls.count > 100)
        var shown: Set<Call> = []
        for file in GoldenReplayTests.files where file.path.contains("/fluidpay/") {
            for step in try file.replay().steps {
                guard case .exchange(let exchange) = step.action else { continue }
                let path = exchange.target.description.prefix { $0 != "?" }
                // The call that names the most of the path is meant.
                let fitting = calls.filter { $0.fits(exchange.method, path) }
                if let meant = fitting.max(by: { $0.words < $1.words }) { shown.insert(meant) }
            }
        }
        let unshown = Set(calls).subtracting(shown).sorted()
        #expect(unshown.isEmpty, "in no replay: \(unshown)")
    }
}
