import CSV
import Platform
import Replays
import Testing

/// The published tables of terminals and boarding, row by row: each is shown by a step of a replay.
@Suite("Each row of a published table has a replay step", .enabled(if: PublishedTable.folder != nil))
struct CoverageTests {
    @Test("endpoints of the terminal service, in each of their versions")
    func boltEndpoints() throws {
        let shown = try ShownExchange.all(of: "bolt")
        let missing = try PublishedTable.rows("bolt-endpoints").flatMap { row -> [String] in
            let versions = row["versions", default: ""].matches(of: /v[1-4]/).map { String($0.output) }
            return versions.map { "/api/\($0)/\(row["endpoint", default: ""])" }.filter { path in
                !shown.contains { $0.method == "POST" && $0.path == path && $0.status == 200 }
            }
        }
        #expect(missing.isEmpty, "without a step: \(missing)")
    }

    @Test("errors of the terminal service")
    func boltErrors() throws {
        let shown = try ShownExchange.all(of: "bolt")
        let missing = try PublishedTable.rows("bolt-errors").filter { row in
            !shown.contains { $0.shows(boltError: row) }
        }
        #expect(missing.isEmpty, "without a step: \(missing.map { "\($0["errorCode"]!) \($0["errorMessage"]!)" })")
    }

    @Test("endpoints of the boarding service")
    func coPilotEndpoints() throws {
        let shown = try ShownExchange.all(of: "copilot")
        let missing = try PublishedTable.rows("copilot-endpoints").filter { row in
            !shown.contains { exchange in
                exchange.method == row["method"] && exchange.fits(row["path", default: ""]) && exchange.status == 200
            }
        }
        #expect(missing.isEmpty, "without a step: \(missing.map { "\($0["method"]!) \($0["path"]!)" })")
    }

    @Test("errors of the boarding service")
    func coPilotErrors() throws {
        let shown = try ShownExchange.all(of: "copilot")
        let missing = try PublishedTable.rows("copilot-errors").filter { row in
            let code = row["code", default: ""]
            let named = row["message", default: ""].prefix { $0 != "(" }.matches(of: /[a-z]+_[a-z_]+/)
            let wanted =
                code.isEmpty
                ? named.map { ["\"error\":\"\($0.output)\""] }
                : [["\"code\":\"\(code)\"", row["message", default: ""], row["status", default: ""]]]
            return !wanted.allSatisfy { texts in
                shown.contains { exchange in
                    exchange.status == Int(row["http_status", default: ""])
                        && texts.allSatisfy(exchange.answer.contains)
                }
            }
        }
        #expect(missing.isEmpty, "without a step: \(missing.map { "\($0["code"]!) \($0["message"]!)" })")
    }

    @Test("states of the boarding service")
    func coPilotStatuses() throws {
        let shown = try ShownExchange.all(of: "copilot")
        let missing = try PublishedTable.rows("copilot-statuses").filter { row in
            let member = row["family", default: ""].split(separator: ".").last ?? ""
            return !shown.contains { $0.answer.contains("\"\(member)\":\"\(row["code", default: ""])\"") }
        }
        #expect(missing.isEmpty, "without a step: \(missing.map { "\($0["family"]!) \($0["code"]!)" })")
    }

    @Test("members that an application needs")
    func coPilotFields() throws {
        let shown = try ShownExchange.all(of: "copilot")
        let needed = try PublishedTable.rows("copilot-fields").filter { row in
            row["in_minimal_create_sample"] == "yes" || row["required_cardpointe_only"] == "yes"
        }
        #expect(needed.count > 40)
        let missing = needed.filter { row in
            let endpoints = row["endpoint", default: ""].split(separator: ", ").map { $0.split(separator: " ") }
            return !shown.contains { exchange in
                exchange.status == 400 && exchange.answer.contains("\"code\":\"9001\"")
                    && exchange.answer.contains("\"errorField\":\"\(row["path", default: ""])\"")
                    && endpoints.contains { exchange.method == $0[0] && exchange.fits(String($0[1])) }
            }
        }
        #expect(missing.isEmpty, "without a step: \(missing.map { $0["path"]! })")
    }
}

/// What one step of a replay sends and expects, as text.
struct ShownExchange {
    let method: String
    let path: String
    let status: Int
    let answer: String

    static func all(of service: String) throws -> [ShownExchange] {
        try GoldenReplayTests.files.filter { $0.path.hasPrefix("scenarios/replays/\(service)/") }
            .flatMap { try $0.replay().steps }.compactMap { step in
                guard case .exchange(let exchange) = step.action,
                    case .answer(let status, _) = exchange.expectation.arrival
                else { return nil }
                return ShownExchange(exchange, status)
            }
    }

    private init(_ exchange: ReplayExchange, _ status: Int) {
        method = exchange.method
        path = String(exchange.target.shown(ReplayBindings()).prefix { $0 != "?" })
        self.status = status
        answer =
            switch exchange.expectation.body {
            case .any, .empty: ""
            case .json(let pattern, _): pattern.shown(ReplayBindings())
            case .text(let text), .containing(let text): text.shown(ReplayBindings())
            }
    }

    /// Whether the path is this one, with anything in place of what stands in braces.
    func fits(_ template: String) -> Bool {
        let own = path.split(separator: "/")
        let wanted = template.split(separator: "/")
        return own.count == wanted.count && zip(own, wanted).allSatisfy { $0 == $1 || $1.hasPrefix("{") }
    }

    /// A text that is not published stands in parentheses; what stands in angle brackets is anything.
    func shows(boltError row: [String: String]) -> Bool {
        guard status == Int(row["http_status", default: ""]), isFor(row["endpoints", default: ""]) else { return false }
        let code = row["errorCode", default: ""]
        guard code.isEmpty || answer.contains("\"errorCode\":\(code),") else { return false }
        let message = row["errorMessage", default: ""]
        guard !message.hasPrefix("(") else { return true }
        let parts = message.replacing(/<[^>]*>/, with: "\u{0}").split(
            separator: "\u{0}", omittingEmptySubsequences: false)
        return answer.contains("\"errorMessage\":\"\(parts[0])") && parts.dropFirst().allSatisfy(answer.contains)
    }

    /// Whether the endpoint is one of those that are named; words such as `any` name all.
    private func isFor(_ endpoints: String) -> Bool {
        let name = path.split(separator: "/").last ?? ""
        let named = endpoints.split(separator: " ").filter {
            $0.contains { $0.isUppercase } || $0 == "tip" || $0 == "connect"
        }
        return named.isEmpty || endpoints.contains("reads") || endpoints.contains("any call") || named.contains(name)
    }
}

/// The published tables as collected, where they are at hand: in a checkout beside the sources of this project.
enum PublishedTable {
    /// Nil where they are not.
    static let folder: String? = ["../shared", "../../shared"].map { Repository.path("\($0)/reference/tables") }.first {
        path in
        do { return try !Files.list(path).isEmpty } catch { return false }
    }

    /// By column name.
    static func rows(_ name: String) throws -> [[String: String]] {
        let path = try #require(folder) + "/\(name).csv"
        let table = CSVReader.read(
            try Files.read(path), CSVRules(bytes: 1 << 20, rows: 10_000, columns: 32, faults: 10))
        try #require(table.faults.isEmpty && !table.rows.isEmpty, "\(name) cannot be read")
        let header = table.header.map { table.text($0) }
        return table.rows.map { row in
            Dictionary(
                zip(header, table.cells(of: row).map { table.text($0) }), uniquingKeysWith: { first, _ in first })
        }
    }
}
