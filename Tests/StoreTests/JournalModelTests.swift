import Payments
import Processor
import PropertySupport
import Testing

/// Any journal beside a plain list, through whatever can happen to both.
@Suite struct JournalModelTests {
    private struct Kept: Equatable {
        let at: Instant
        let operation: String
        let events: [Event]
        let reasons: [Reason]
        var exchange: Exchange?

        init(_ entry: JournalEntry) {
            at = entry.at
            operation = entry.operation
            events = entry.events
            reasons = entry.reasons
            exchange = entry.exchange
        }
    }

    /// The list: what is kept, and the sequence of the first of it.
    private struct Model {
        let limit: Int
        var first = 1
        var entries: [Kept] = []

        var next: Int { first + entries.count }

        mutating func append(_ entry: JournalEntry) {
            entries.append(Kept(entry))
            if entries.count > limit {
                entries.removeFirst()
                first += 1
            }
        }
    }

    private struct Pair {
        var journal: any Journal
        var model: Model
    }

    private static func exchange(_ random: inout TestRandom) -> Exchange {
        // Nothing, what is usual, and more than a piece of memory takes.
        let lengths = [0, 1, 300, 900, 5_000, 40_000]
        func bytes() -> [UInt8] {
            let filling = UInt8(random.below(256))
            return [UInt8](repeating: filling, count: random.pick(lengths))
        }
        return Exchange(
            service: random.pick(["a", "b"]), method: "PUT", target: "/\(random.digits(3))", requestBody: bytes(),
            status: 200 + random.below(300), responseBody: bytes())
    }

    private static func entry(_ sequence: Int, _ random: inout TestRandom) -> JournalEntry {
        let events = (0..<random.below(3)).map { _ in Event.rule(.stateSet(name: "n", value: random.digits(20))) }
        let reasons = (0..<random.below(4)).map { _ in Reason.note(random.digits(20)) }
        return JournalEntry(
            sequence: sequence, at: Instant(seconds: Int64(sequence)), operation: random.pick(["o", "p"]),
            events: events, reasons: reasons, exchange: random.chance(1, of: 4) ? exchange(&random) : nil)
    }

    private func compare(_ pair: Pair, _ what: String) {
        let (journal, model) = (pair.journal, pair.model)
        #expect(journal.kept == (model.entries.isEmpty ? nil : model.first...(model.next - 1)), "\(what)")
        #expect(journal.entry(model.first - 1) == nil && journal.entry(model.next) == nil, "\(what)")
        for (offset, expected) in model.entries.enumerated() {
            let found = journal.entry(model.first + offset)
            guard found?.sequence != model.first + offset || found.map(Kept.init) != expected else { continue }
            Issue.record("\(what): entry \(model.first + offset) is another one")
        }
    }

    struct Row: CustomTestStringConvertible, Sendable {
        let kind: JournalKind
        let limit: Int
        let seed: UInt64
        var testDescription: String { "\(kind.testDescription), at most \(limit), seed \(seed)" }
    }

    @Test(
        arguments: JournalKind.all.flatMap { kind in
            [1, 2, 63, 64, 65, 200, 1_000].flatMap { limit in
                PropertySeeds.few.map { Row(kind: kind, limit: limit, seed: $0) }
            }
        })
    func likeAList(_ row: Row) throws {
        var random = TestRandom(seed: row.seed)
        var pairs = [Pair(journal: row.kind.make(row.limit), model: Model(limit: row.limit))]
        for step in 0..<1_500 {
            let at = random.below(pairs.count)
            switch random.below(200) {
            case 0...149:
                let entry = Self.entry(pairs[at].model.next, &random)
                try pairs[at].journal.append(entry)
                pairs[at].model.append(entry)
            case 150...193:
                // Mostly the newest one, which is what happens; and any other, kept or not.
                let model = pairs[at].model
                let sequence =
                    random.chance(3, of: 4) ? model.next - 1 : model.first - 2 + random.below(model.entries.count + 4)
                let exchange = Self.exchange(&random)
                pairs[at].journal.attach(exchange, to: sequence)
                if model.entries.indices.contains(sequence - model.first) {
                    pairs[at].model.entries[sequence - model.first].exchange = exchange
                }
            case 194...196:
                let model = pairs[at].model
                let count = random.below(model.entries.count + 1)
                try pairs[at].journal.truncate(after: model.first + count - 1)
                pairs[at].model.entries.removeLast(model.entries.count - count)
            default:
                guard pairs.count < 4 else { continue }
                pairs.append(Pair(journal: try pairs[at].journal.forked(), model: pairs[at].model))
            }
            if step % 97 == 0 { compare(pairs[at], "step \(step)") }
        }
        for (place, pair) in pairs.enumerated() { compare(pair, "journal \(place) at the end") }
    }
}
