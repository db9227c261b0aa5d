import JSON

extension Shapes {
    static let orders = ["newest", "oldest"]
    static let longestPage: UInt64 = 500
    static let usualPage = 50

    static let journalQuery = [
        Schema.Field("order", .choice(orders), required: false, "Which end comes first; 'newest' unless said."),
        Schema.Field("after", .anyInteger, required: false, "Only entries behind this one."),
        Schema.Field("before", .anyInteger, required: false, "Only entries in front of this one."),
        Schema.Field(
            "limit", .integer(1...longestPage), required: false,
            "The most entries of a page; \(usualPage) unless said. Pages can be shorter."),
        Schema.Field("operation", .text, required: false, "For example 'authorization', 'settlement' or 'clock'."),
        Schema.Field("service", .text, required: false, "For example 'cardpointe'."),
        Schema.Field("status", .formatted(.status), required: false, "The HTTP status, or a class of them: '4xx'."),
    ]

    static let page = Component(
        "Page", "Part of a journal.",
        .object([
            Schema.Field("world", .text), Schema.Field("order", .choice(orders)),
            Schema.Field("kept", .nullable(.named(range)), "The entries that the journal still has."),
            Schema.Field("lastSequence", .anyInteger, "The newest entry of the journal."),
            Schema.Field("entries", .list(.named(entry))),
            Schema.Field(
                "next", .nullable(.text), "Path and query of the next page; null when nothing is left to look at."),
        ]))

    static let entry = Component(
        "Entry", "What happened to one request, or by the clock.",
        .object(
            [Schema.Field("sequence", .anyInteger)] + momentFields + [
                Schema.Field("operation", .text),
                Schema.Field("service", .nullable(.text), "The emulated service; null for what no request asked for."),
                Schema.Field("request", .nullable(.named(request)), "Null for what no request asked for."),
                Schema.Field("response", .nullable(.named(response)), "Null for what no request asked for."),
                Schema.Field("reasons", .list(.named(reason)), "What decided, in the order in which it did."),
                Schema.Field("events", .list(.named(event)), "What changed in the books."),
            ]))

    private static let body = [
        Schema.Field("body", .anything, "A JSON value, or a text when it is none; null when there was none."),
        Schema.Field("bodyFormat", .choice(["json", "text", "none"]), "Which of these 'body' is."),
    ]

    static let request = Component(
        "Request", "What was sent, as far as it may be kept: card numbers and verification values are replaced.",
        .object([Schema.Field("method", .text), Schema.Field("target", .text, "Path and query.")] + body))

    static let response = Component(
        "Response", "What was answered.",
        .object([Schema.Field("status", .integer(100...999))] + body))

    static let reason = Component(
        "Reason", "A row, rule or default that decided.",
        .object([
            Schema.Field("text", .text),
            Schema.Field("source", .nullable(.text), "'file:line' of the scenario; null when no line of it did."),
        ]))

    static let event = Component(
        "Event", "Something that happened in the books.",
        .object([
            Schema.Field("type", .choice(EventWords.types)), Schema.Field("text", .text, "As a sentence."),
            Schema.Field("facts", .map(.anything), "What it is about; never a card number."),
        ]))
}
