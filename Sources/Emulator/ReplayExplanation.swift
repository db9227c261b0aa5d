package import HTTP
import JSON
import Platform
import Processor
import Replays
import ServiceKit

/// One answer, and everything that made it so.
package struct Explanation: Sendable {
    package var response: HTTPResponse
    package var delay: Duration
    /// A sentence each, with the place in the scenario where there is one.
    package var reasons: [String]
    /// Every rule that was considered, in order: whether it decided, and if not, why not.
    package var rules: [String]

    /// For people.
    package var text: String {
        var lines = ["answer    \(response.status)"]
        if delay > .zero { lines.append("          after \(ReplayDuration.write(delay))") }
        if !response.body.isEmpty { lines.append("          " + Self.shown(response.body)) }
        lines += Self.part("because", reasons.isEmpty ? ["nothing was decided: see the answer"] : reasons)
        lines += Self.part("rules", rules.isEmpty ? ["none were considered"] : rules)
        return lines.joined(separator: "\n")
    }

    private static func part(_ name: String, _ sentences: [String]) -> [String] {
        sentences.enumerated().map { index, sentence in
            let head = index == 0 ? name : ""
            return head + String(repeating: " ", count: 10 - head.count) + sentence
        }
    }

    private static func shown(_ body: [UInt8]) -> String {
        do throws(JSONError) {
            let text = try JSONValue(parsing: body).prettyText()
            return text.split(separator: "\n").joined(separator: "\n          ")
        } catch {
            // Not every answer is JSON.
            return String(decoding: body, as: UTF8.self)
        }
    }
}

extension Emulator {
    /// Answers a request in the main world, and says why the answer is as it is.
    package func explain(_ request: HTTPRequest) -> Explanation {
        let world = worlds.main
        let considered = Lock<[RuleConsideration]>([])
        world.observeRules { question in
            let result = question.considerations
            considered.withLock { $0 += result }
        }
        defer { world.observeRules(nil) }
        let before = world.snapshot.lastSequence
        let delivered = deliver(request)
        let after = world.snapshot
        let entries = (before..<after.lastSequence).compactMap { after.journal.entry($0 + 1) }
        return Explanation(
            response: delivered.response, delay: delivered.delay, reasons: entries.flatMap(\.reasons).map(\.sentence),
            rules: considered.withLock { $0 }.map(Self.sentence))
    }

    private static func sentence(_ rule: RuleConsideration) -> String {
        let place = rule.source.map { " (\($0))" } ?? ""
        switch rule.verdict {
        case .wins: return "\(rule.name) decided\(place)"
        case .comesTooLate(let winner): return "\(rule.name) fits too, but rule \(winner + 1) comes first\(place)"
        case .differs: return "\(rule.name) does not fit: \(rule.misses.joined(separator: "; "))\(place)"
        }
    }
}
