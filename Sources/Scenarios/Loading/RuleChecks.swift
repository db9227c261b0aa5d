import Payments
import Processor

/// Warnings about rules that can never match.
enum RuleChecks {
    static func run(_ books: [RuleBook], _ drafts: [RuleDraft], _ reading: Reading) {
        for draft in drafts where !draft.isFaulty {
            contradictions(draft, reading)
            withoutEffect(draft, reading)
        }
        for book in books { unreachable(book, drafts, reading) }
    }

    // MARK: Answers that mean nothing

    /// What the tokenizer is asked for.
    private static let tokenizing: Set = ["tokenization", "detokenization", "echo"]
    /// What is answered from the books, whatever a rule would say in their place.
    private static let reading: Set = ["settlementStatus", "funding", "deposit", "openBatch", "closeBatch"]

    /// An answer that nothing can give that the rule is about. Deliveries and HTTP answers always mean something, and
    /// `approve` keeps requests from the rules below.
    private static func withoutEffect(_ draft: RuleDraft, _ reading: Reading) {
        let operations = draft.when.conditions.operations
        guard let key = draft.then.answerKey, key != "http", key != "approve", !operations.isEmpty else { return }
        let reason: String
        if operations.isSubset(of: tokenizing) {
            guard key != "tokenizerError", key != "timeout" else { return }
            reason = "the tokenizer answers with 'tokenizerError', 'timeout' or 'http'"
        } else if operations.isSubset(of: Self.reading) {
            reason = "\(operations.sorted().joined(separator: " and ")) can be answered with 'http' only"
        } else if key == "tokenizerError", operations.isDisjoint(with: tokenizing) {
            reason = "only the tokenizer has such errors"
        } else {
            return
        }
        reading.report(
            .warning, at: draft.then.answerPlace ?? draft.place, "'\(key)' has no effect here: \(reason)")
    }

    // MARK: Conditions that exclude each other

    private static func contradictions(_ draft: RuleDraft, _ reading: Reading) {
        let conditions = draft.when.conditions
        func warn(_ key: String, _ reason: String) {
            reading.report(.warning, at: draft.when.places[key] ?? draft.place, "this rule never matches: \(reason)")
        }
        let merchants = reading.sites.flatMap(\.merchants).filter { conditions.merchants.contains($0.id) }
        if !conditions.sites.isEmpty, !conditions.merchants.isEmpty {
            let here = reading.sites.filter { conditions.sites.contains($0.name) }.flatMap(\.merchants).map(\.id)
            if conditions.merchants.isDisjoint(with: here) { warn("merchant", "the site has no such merchant") }
        }
        if !conditions.environments.isEmpty {
            let sites = reading.sites.filter { conditions.sites.isEmpty || conditions.sites.contains($0.name) }
            let there = sites.flatMap(\.environments).map(\.environment)
            if conditions.environments.isDisjoint(with: there) { warn("environment", "no site has this environment") }
        }
        if !conditions.processors.isEmpty, !merchants.isEmpty,
            conditions.processors.isDisjoint(with: merchants.map(\.processor))
        {
            warn("processor", "the merchant is boarded to another processor")
        }
        if !conditions.currencies.isEmpty, !merchants.isEmpty,
            conditions.currencies.isDisjoint(with: merchants.map(\.currency.code))
        {
            warn("currency", "the merchant has another currency")
        }
        cardContradictions(conditions, reading, warn)
    }

    private static func cardContradictions(
        _ conditions: RuleConditions, _ reading: Reading, _ warn: (String, String) -> Void
    ) {
        guard !conditions.cards.isEmpty else { return }
        let cards = conditions.cards
        if !conditions.brands.isEmpty,
            !cards.contains(where: { card in
                reading.brandTable.brand(of: card).map { conditions.brands.contains($0) } ?? false
            })
        {
            warn("brand", "the card has another brand")
        }
        if !conditions.lastFours.isEmpty, !cards.contains(where: { conditions.lastFours.contains($0.lastFour) }) {
            warn("lastFour", "the card ends otherwise")
        }
        if !conditions.bins.isEmpty,
            !cards.contains(where: { card in conditions.bins.contains { card.bin.digits.hasPrefix($0.digits) } })
        {
            warn("bin", "the card starts otherwise")
        }
    }

    // MARK: Rules that the book itself knows to be unreachable

    private static func unreachable(_ book: RuleBook, _ drafts: [RuleDraft], _ reading: Reading) {
        let places = Dictionary(
            drafts.map { ($0.place.sourceLine, $0.place) }, uniquingKeysWith: { first, _ in first })
        var reported: Set<SourceLine> = []
        for (position, cover) in book.unreachable() {
            // A rule of chance zero has its warning already.
            guard let line = book.rules[position].source, let place = places[line],
                book.rules[position].conditions.perMillion != 0
            else { continue }
            if let cover {
                let other = book.rules[cover]
                // The parts of one rule for several processors never take a request from each other.
                guard other.source != line, reported.insert(line).inserted else { continue }
                let origin = other.source.map { " (\($0))" } ?? ""
                reading.report(
                    .warning, at: place,
                    "this rule never matches: \(other.name)\(origin) takes every request before it")
            } else if let reason = book.contradiction(inRule: position), reported.insert(line).inserted {
                reading.report(.warning, at: place, "this rule never matches: \(reason)")
            }
        }
    }
}
