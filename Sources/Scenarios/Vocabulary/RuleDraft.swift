import Payments
import Processor

/// A rule while it is read.
struct RuleDraft: Sendable {
    var name: String?
    var namePlace: Place?
    var when = ConditionsDraft()
    var then = ActionDraft()
    var place: Place
    /// Something about it could not be read, so that its conditions may be fewer than its author wrote.
    var isFaulty = false

    static let section = Section<RuleDraft>(
        "a rule",
        [
            Field("name", .name("a name"), "what reasons and reports call it") { name, member, draft, _ in
                draft.name = name
                draft.namePlace = member.value.place
            },
            Field("note", .text, "for people") { _, _, _, _ in },
            Field("when", \.when, section: ConditionsDraft.section, "what has to hold, all of it; left out: always"),
            Field("then", ActionDraft.reader, required: true, "what happens") { action, _, draft, _ in
                draft.then = action
            },
        ])

    static let reader = Reader<RuleDraft>(.section(section.shape)) { node, reading in
        var draft = RuleDraft(place: node.place)
        let errorCount = reading.sink.errorCount
        guard section.read(node, into: &draft, reading) else { return nil }
        draft.isFaulty = reading.sink.errorCount > errorCount
        return draft
    }
}

/// `when` while it is read; places are kept for what only shows when all of it is known.
struct ConditionsDraft: Sendable {
    var conditions = RuleConditions()
    /// By key.
    var places: [String: Place] = [:]

    static let section = Section<ConditionsDraft>("the conditions", subject + payment + request + circumstances)

    private static let subject: [Field<ConditionsDraft>] = [
        names("service", \.conditions.services, { $0.vocabulary.services }, "the service that is asked"),
        names("operation", \.conditions.operations, { $0.vocabulary.operations }, "what it is asked to do"),
        set("site", \.conditions.sites, .site, "the site"),
        set("environment", \.conditions.environments, .choice("environment"), "UAT or PROD"),
        set("merchant", \.conditions.merchants, .merchant, "the merchant id"),
        set("processor", \.conditions.processors, .processor, "the processor of the merchant"),
    ]

    private static let payment: [Field<ConditionsDraft>] = [
        list("card", \.conditions.cards, .cardNumber, "a published test number"),
        set("token", \.conditions.tokens, Reader<String>.name("a token").map { CardToken($0) }, "a token"),
        set("brand", \.conditions.brands, .brand, "the card brand"),
        list(
            "bin", \.conditions.bins, Reader<String>.digits(1...6, "one to six leading digits").map { BIN($0) },
            "the leading digits of the card number"),
        set("lastFour", \.conditions.lastFours, .digits(4...4, "four digits"), "the end of the card number"),
        amounts("amount", .valueOrRange(of: .amount), "in major units with a point: 12.00, a list, or a range"),
        amounts("minorUnits", .valueOrRange(of: .minorUnits), "the amount in minor units"),
        set("currency", \.conditions.currencies, Reader<Currency>.currency.map(\.code), "the currency"),
        set("entryMode", \.conditions.entryModes, .choice("entry mode"), "how the card data came"),
    ]

    private static let request: [Field<ConditionsDraft>] = [
        list("postal", \.conditions.postalCodes, .pattern, "the postal code"),
        list("order", \.conditions.orderIDs, .pattern, "the order id"),
        list("cardholder", \.conditions.cardholders, .pattern, "the cardholder's name"),
        fields("field", \.conditions.fields, "members of the request by their name on the wire"),
        fields("header", \.conditions.headers, "header fields of the request"),
    ]

    private static let circumstances: [Field<ConditionsDraft>] = [
        Field("attempt", .attempt, "only the n-th request that fulfils the other conditions") {
            attempt, member, draft, _ in
            draft.conditions.attempt = attempt
            draft.places["attempt"] = member.keyPlace
        },
        Field("state", .states, "named states of the world and the values they must have") {
            states, member, draft, _ in draft.conditions.states = states
        },
        Field("probability", .probability, "a share of the requests: 0.25 or 25%") {
            value, member, draft, reading in
            draft.conditions.perMillion = value
            if value == 0 {
                reading.report(.warning, at: member.value.place, "with a probability of 0 this rule never matches")
            }
        },
    ]

    private static func set<Value: Hashable & Sendable>(
        _ key: String, _ path: any WritableKeyPath<ConditionsDraft, Set<Value>> & Sendable, _ reader: Reader<Value>,
        _ summary: String
    ) -> Field<ConditionsDraft> {
        Field(key, .oneOrMany(of: reader), summary) { values, member, draft, _ in
            draft[keyPath: path] = Set(values)
            draft.places[key] = member.keyPlace
        }
    }

    private static func list<Value: Sendable>(
        _ key: String, _ path: any WritableKeyPath<ConditionsDraft, [Value]> & Sendable, _ reader: Reader<Value>,
        _ summary: String
    ) -> Field<ConditionsDraft> {
        Field(key, .oneOrMany(of: reader), summary) { values, member, draft, _ in
            draft[keyPath: path] = values
            draft.places[key] = member.keyPlace
        }
    }

    private static func names(
        _ key: String, _ path: any WritableKeyPath<ConditionsDraft, Set<String>> & Sendable,
        _ known: @escaping @Sendable (Reading) -> [String], _ summary: String
    ) -> Field<ConditionsDraft> {
        let reader = Reader<String>.name("a name (\(key))").then { text, node, reading -> String? in
            if known(reading).contains(text) { return text }
            reading.unknown(key, text, at: node.place, among: known(reading))
            return nil
        }
        return set(key, path, reader, summary)
    }

    private static func amounts(
        _ key: String, _ reader: Reader<ClosedRange<Int64>>, _ summary: String
    ) -> Field<ConditionsDraft> {
        Field(key, .oneOrMany(of: reader), summary) { ranges, member, draft, reading in
            if !draft.conditions.amounts.isEmpty {
                reading.report(.error, at: member.keyPlace, "'amount' and 'minorUnits' say the same; keep one")
            }
            draft.conditions.amounts = ranges
            draft.places["amount"] = member.keyPlace
        }
    }

    private static func fields(
        _ key: String, _ path: any WritableKeyPath<ConditionsDraft, [FieldCondition]> & Sendable, _ summary: String
    ) -> Field<ConditionsDraft> {
        Field(key, Reader<[(key: YAMLNode, value: FieldCondition)]>.map(key: "name", of: .fieldCondition), summary) {
            entries, member, draft, _ in
            draft[keyPath: path] = entries.map(\.value)
            draft.places[key] = member.keyPlace
        }
    }
}

/// `{ present: false }` while it is read.
private struct PresenceDraft: Sendable {
    var isPresent: Bool?
}

extension Reader where Value == FieldCondition {
    /// A pattern, a list of patterns, `{ present: true }` or `{ present: false }`; the name is the current key.
    static var fieldCondition: Reader {
        let presence = Section<PresenceDraft>(
            "a presence", [Field("present", \.isPresent, .flag, required: true, "whether the member has to be there")]
        ).reader { _ in PresenceDraft() }
        let patterns = Reader<[TextPattern]>.oneOrMany(of: .pattern)
        return Reader(.either([patterns.shape, presence.shape])) { node, reading in
            let name = reading.currentKey
            if node["present"] != nil {
                return presence.read(node, reading).map { FieldCondition(name: name, isPresent: $0.isPresent ?? true) }
            }
            return patterns.read(node, reading).map { FieldCondition(name: name, patterns: $0) }
        }
    }
}

/// `{ number: 2, per: order }` while it is read.
private struct AttemptDraft: Sendable {
    var numbers: [ClosedRange<Int>] = []
    var scope = AttemptCondition.Scope.world
    var from: Int?
    var through: Int?
}

extension Reader where Value == AttemptCondition {
    /// `2`, `[1, 3]`, `{ from: 2, through: 4 }`, `{ number: 2, per: order }`.
    static var attempt: Reader {
        let number = Reader<Int>.integer(1...1_000_000_000)
        let range = Reader<ClosedRange<Int>>.valueOrRange(of: number, within: 1...Int.max)
        let section = Section<AttemptDraft>(
            "an attempt",
            [
                Field("number", \.numbers, .oneOrMany(of: range), "which one, or a list of them; 1 is the first"),
                Field("from", \.from, number, "the first that counts"),
                Field("through", \.through, number, "the last that counts; left out: all that follow"),
                Field("per", \.scope, .choice("scope"), "what is counted separately; left out: the world"),
            ])
        let long = section.reader({ _ in AttemptDraft() }) { draft, node, reading -> AttemptCondition? in
            var numbers = draft.numbers
            if draft.from != nil || draft.through != nil {
                guard numbers.isEmpty else {
                    return reading.error(at: node.place, "an attempt has 'number', or 'from' and 'through'")
                }
                guard (draft.from ?? 1) <= (draft.through ?? .max) else {
                    return reading.error(
                        at: node["from"]?.place ?? node.place,
                        "the range is the wrong way round: 'from' is more than 'through'",
                        suggestion: "swap 'from' and 'through'")
                }
                numbers = [(draft.from ?? 1)...(draft.through ?? .max)]
            }
            guard !numbers.isEmpty else {
                return reading.error(at: node.place, "an attempt needs 'number', 'from' or 'through'")
            }
            return AttemptCondition(numbers: numbers, scope: draft.scope)
        }
        let short = Reader<[ClosedRange<Int>]>.oneOrMany(of: range)
        return Reader(.either([short.shape, long.shape])) { node, reading in
            if case .mapping = node.content { return long.read(node, reading) }
            return short.read(node, reading).map { AttemptCondition(numbers: $0) }
        }
    }
}

extension Reader where Value == [StateValue] {
    /// `{ name: value }`.
    static var states: Reader {
        Reader<[(key: YAMLNode, value: String)]>.map(key: "state", of: .text).map { entries in
            entries.compactMap { entry in
                guard case .scalar(let name, _) = entry.key.content else { return nil }
                return StateValue(name: name, value: entry.value)
            }
        }
    }
}
