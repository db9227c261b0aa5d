import Payments
import Processor

/// One entry of a cardholder's script while it is read.
struct CardholderScriptDraft: Sendable {
    var action: CardholderAction?
    var questions: [CardholderQuestion] = []
    var after: Duration = .zero
    var times: Int?
    var repeats = false
    var place: Place

    /// A list of entries; an extending file's list replaces the other.
    static var script: Reader<CardholderScript> {
        Reader<[CardholderScript.Entry]>.list(of: entry).map { entries in
            var script = CardholderScript()
            script.entries = entries
            return script
        }
    }

    private static let entry = Section<CardholderScriptDraft>(
        "an entry of a script",
        [
            action("present", PresentedCardDraft.reader, "a card, and how it comes to the terminal") { .present($0) },
            action("confirm", .flag, "true presses yes, false presses no") { .confirm($0) },
            action("enter", .text, "what is typed; an empty text: something that fits") { .enter($0) },
            action("sign", .nothing, "signs") { .sign },
            action("tip", tip, "none, { percent: 20 }, { amount: 1.50 } or { preset: 2 }") { .tip($0) },
            action("cancel", .nothing, "presses cancel") { .cancel },
            action("leave", .nothing, "walks away; the question waits until its time is over") { .leave },
            action("fail", .choice("fault"), "the device or the card fails in this way") { .fail($0) },
            Field(
                "on", \.questions, .oneOrMany(of: .choice("question")),
                "the questions that it answers; left out: all that it suits"),
            Field("after", \.after, .duration, "how long it takes"),
            Field("times", \.times, .integer(1...1_000_000), "how often it happens; left out: once"),
            Field("repeats", \.repeats, .flag, "true: again and again"),
        ]
    ).reader({ CardholderScriptDraft(place: $0.place) }) { draft, node, reading -> CardholderScript.Entry? in
        guard let action = draft.action else {
            guard case .mapping = node.content else { return nil }
            return reading.error(at: node.place, "an entry of a script needs something that the cardholder does")
        }
        var entry = CardholderScript.Entry(action: action)
        entry.questions = Set(draft.questions)
        entry.after = draft.after
        entry.uses = draft.repeats ? nil : draft.times ?? 1
        entry.source = draft.place.sourceLine
        return entry
    }

    private static func action<Value>(
        _ key: String, _ reader: Reader<Value>, _ summary: String,
        _ make: @escaping @Sendable (Value) -> CardholderAction
    ) -> Field<CardholderScriptDraft> {
        Field(key, reader, summary) { value, member, draft, reading in
            if draft.action != nil {
                reading.report(.error, at: member.keyPlace, "the cardholder does one thing at a time")
            }
            draft.action = make(value)
        }
    }

    private static var tip: Reader<CardholderAction.TipChoice> {
        let section = Section<CardholderAction.TipChoice?>(
            "a tip",
            [
                Field("percent", .integer(0...1000), "in percent of the amount") { percent, _, choice, _ in
                    choice = .percent(percent)
                },
                Field("amount", .amount, "in major units, with a point") { amount, _, choice, _ in
                    choice = .minorUnits(amount)
                },
                Field("preset", .integer(1...3), "which of the offered percentages") { preset, _, choice, _ in
                    choice = .preset(preset)
                },
            ]
        ).reader({ _ in nil }) { choice, _, _ in choice }
        return Reader(.either([.choice(["none"]), section.shape])) { node, reading in
            guard case .scalar(let text, _) = node.content, !node.isNull else { return section.read(node, reading) }
            if text == "none" { return CardholderAction.TipChoice.none }
            reading.unknown("tip", text, at: node.place, among: ["none"])
            return nil
        }
    }
}

/// How a card comes to a terminal, as scenarios call it.
private enum CardEntry: String, CaseIterable, Sendable {
    case chip, tap, swipe, key, fallbackSwipe, fallbackKeyed

    var mode: EntryMode {
        switch self {
        case .chip: .chip
        case .tap: .contactless
        case .swipe: .swiped
        case .key: .keyed
        case .fallbackSwipe: .fallbackSwipe
        case .fallbackKeyed: .fallbackKeyed
        }
    }
}

/// A card in a cardholder's hand while it is read.
private enum PresentedCardDraft {
    struct Draft: Sendable {
        var number: PrimaryAccountNumber?
        var entry = CardEntry.chip
        var expiry: CardExpiry?
        var name: String?
        var cvv: String?
        var postalCode: String?
        var address: String?
        var pin = false
        var debit = false
        var place: Place
    }

    static let reader = Section<Draft>(
        "a card",
        [
            Field("card", \.number, .cardNumber, required: true, "the number of a test card"),
            Field("by", \.entry, .choice("entry"), "chip, tap, swipe, key, fallbackSwipe or fallbackKeyed"),
            Field("expiry", \.expiry, .expiry, "MMYY; left out: December of next year"),
            Field("name", \.name, .text, "the name on the card"),
            Field("cvv", \.cvv, .digits(3...4, "three or four digits"), "the value that is typed when asked for"),
            Field("postal", \.postalCode, .text, "the postal code that is typed when asked for"),
            Field("address", \.address, .text, "the address that is typed when asked for"),
            Field("pin", \.pin, .flag, "true: the PIN is entered and right"),
            Field("debit", \.debit, .flag, "true: a debit card"),
        ]
    ).reader({ Draft(place: $0.place) }) { draft, _, _ -> PresentedCard? in
        guard let number = draft.number else { return nil }
        var card = PresentedCard(number: number, entry: draft.entry.mode)
        card.expiry = draft.expiry
        card.name = draft.name
        card.cvv = draft.cvv.map { CardVerificationValue($0) }
        card.postalCode = draft.postalCode
        card.address = draft.address
        card.entersPIN = draft.pin
        card.isDebit = draft.debit
        card.source = draft.place.sourceLine
        return card
    }
}

extension Reader where Value == CardExpiry {
    /// `MMYY`.
    static var expiry: Reader {
        Reader<String>.digits(4...4, "an expiry of four digits, MMYY").then { text, node, reading in
            CardExpiry(text) ?? reading.expected("an expiry of four digits, MMYY", at: node)
        }
    }
}
