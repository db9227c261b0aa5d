import JSON
import Platform
import Replays
import Testing

/// `docs/fidelity/cardpointe-fields.csv`: what becomes of each documented member of the gateway, and the replay that shows
/// it.
@Suite struct FieldTableTests {
    static let path = "docs/fidelity/cardpointe-fields.csv"

    enum Treatment: String, CaseIterable {
        /// Of requests: it changes what happens.
        case honoured
        /// Of requests: answers repeat it.
        case echoed
        /// Of answers: it is there.
        case given
        /// Of requests: taken, and without effect.
        case ignored
        /// Of answers: never there.
        case notGiven
    }

    struct Row: Sendable, CustomTestStringConvertible {
        let endpoint: String
        let direction: String
        let field: String
        let treatment: String
        let replay: String
        let reason: String
        var testDescription: String { "\(endpoint) \(direction) \(field)" }
        var key: String { "\(endpoint),\(direction),\(field)" }

        init?(_ line: Substring) {
            let parts = line.split(separator: ",", maxSplits: 5, omittingEmptySubsequences: false).map(String.init)
            guard parts.count == 6 else { return nil }
            (endpoint, direction, field) = (parts[0], parts[1], parts[2])
            (treatment, replay, reason) = (parts[3], parts[4], parts[5])
        }
    }

    static func lines(_ path: String) throws -> [Substring] {
        String(decoding: try Files.read(path), as: UTF8.self).split(separator: "\n")
            .filter { !$0.hasPrefix("#") }
    }

    static func rows() throws -> [Row] {
        try lines(Repository.path(path)).dropFirst().map { try #require(Row($0), "\($0)") }
    }

    @Test func isWellFormed() throws {
        let rows = try Self.rows()
        #expect(rows.count >= 608)
        #expect(Set(rows.map(\.key)).count == rows.count)
        for row in rows {
            let treatment = try #require(Treatment(rawValue: row.treatment), "\(row.key)")
            switch treatment {
            case .honoured, .echoed, .given:
                #expect(!row.replay.isEmpty, "\(row.key): which replay shows it?")
            case .ignored, .notGiven:
                #expect(row.replay.isEmpty && !row.reason.isEmpty, "\(row.key): why?")
            }
            let isAnswer = row.direction.hasSuffix("response")
            #expect(isAnswer == [.given, .notGiven].contains(treatment), "\(row.key)")
        }
    }

    /// The replay that a row names has a step of the endpoint with the member on the right side.
    @Test func isShownByReplays() throws {
        var seen: [String: MemberSights] = [:]
        for row in try Self.rows() where !row.replay.isEmpty {
            let path = "\(GoldenReplayTests.folder)/cardpointe/\(row.replay)"
            let sights = try seen[path] ?? MemberSights(GoldenReplayTests.File(path).replay())
            seen[path] = sights
            #expect(
                sights.contains(row.endpoint, isAnswer: row.direction.hasSuffix("response"), row.field),
                "\(row.key): not in \(row.replay)")
        }
    }

    /// Where the reference lies beside this repository, each of its rows is in the table.
    @Test func coversTheReference() throws {
        let reference = Repository.path("../shared/reference/tables/cardpointe-fields.csv")
        guard Files.exists(reference) else { return }
        let known = Set(try Self.rows().map(\.key))
        for line in try Self.lines(reference).dropFirst() {
            let key = line.split(separator: ",", omittingEmptySubsequences: false).prefix(3).joined(separator: ",")
            #expect(known.contains(key), "\(key) is missing")
        }
    }
}

/// The members that a replay sends to and expects of each endpoint.
struct MemberSights {
    private var seen: Set<String> = []

    init(_ replay: Replay) {
        for step in replay.steps {
            guard case .exchange(let exchange) = step.action else { continue }
            let target = exchange.target.shown(ReplayBindings())
            guard let endpoint = Self.endpoint(exchange.method, target) else { continue }
            if let query = target.split(separator: "?", maxSplits: 1).dropFirst().first {
                for pair in query.split(separator: "&") {
                    note(endpoint, false, String(pair.prefix { $0 != "=" }))
                }
            }
            if let text = exchange.body?.shown(ReplayBindings()) { noteJSON(endpoint, false, text, below: "") }
            if case .json(let pattern, _) = exchange.expectation.body { note(endpoint, true, pattern, below: "") }
        }
    }

    func contains(_ endpoint: String, isAnswer: Bool, _ field: String) -> Bool {
        seen.contains(Self.key(endpoint, isAnswer, field))
    }

    /// `auth`, `profile GET`; nil for paths of other services.
    private static func endpoint(_ method: String, _ target: String) -> String? {
        let base = "/cardconnect/rest/"
        guard target.hasPrefix(base) else { return nil }
        let name = String(target.dropFirst(base.count).prefix { $0 != "/" && $0 != "?" })
        guard name == "profile" else { return name }
        return name + " " + (["PUT", "POST"].contains(method) ? "PUT/POST" : method)
    }

    /// Elements of a list as members of it, whatever their case; `userfield0` is one of `userfieldn`.
    private static func key(_ endpoint: String, _ isAnswer: Bool, _ field: String) -> String {
        let names = field.lowercased().split(separator: ".").map { part -> String in
            let name = part.hasSuffix("[]") ? part.dropLast(2) : part
            return name.hasPrefix("userfield") && name.last?.isNumber == true ? "userfieldn" : String(name)
        }
        return "\(endpoint) \(isAnswer) \(names.joined(separator: "."))"
    }

    private mutating func note(_ endpoint: String, _ isAnswer: Bool, _ field: String) {
        seen.insert(Self.key(endpoint, isAnswer, field))
    }

    private mutating func note(_ endpoint: String, _ isAnswer: Bool, _ pattern: ReplayPattern, below path: String) {
        switch pattern {
        case .object(let members):
            for member in members {
                if case .placeholder(let placeholder) = member.pattern, placeholder.matcher == .absent { continue }
                let name = path.isEmpty ? member.name : path + "." + member.name
                note(endpoint, isAnswer, name)
                note(endpoint, isAnswer, member.pattern, below: name)
            }
        case .array(let elements):
            for element in elements { note(endpoint, isAnswer, element, below: path) }
        // A document within a text.
        case .literal(let value):
            if let text = value.stringValue, text.hasPrefix("{") { noteJSON(endpoint, isAnswer, text, below: path) }
        case .text, .placeholder: break
        }
    }

    private mutating func noteJSON(_ endpoint: String, _ isAnswer: Bool, _ text: String, below path: String) {
        do throws(JSONError) {
            note(endpoint, isAnswer, try JSONValue(parsing: text), below: path)
        } catch {
            // A body that is no JSON, on purpose: it has no members.
            return
        }
    }

    private mutating func note(_ endpoint: String, _ isAnswer: Bool, _ value: JSONValue, below path: String) {
        for member in value.object?.members ?? [] {
            let name = path.isEmpty ? member.name : path + "." + member.name
            note(endpoint, isAnswer, name)
            note(endpoint, isAnswer, member.value, below: name)
        }
        for element in value.array ?? [] { note(endpoint, isAnswer, element, below: path) }
    }
}
