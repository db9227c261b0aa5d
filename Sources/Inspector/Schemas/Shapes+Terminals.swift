import Processor

/// Terminals, and what somebody does at them.
extension Shapes {
    private typealias Field = Schema.Field

    private static let connection = Schema.choice(Terminal.Connection.allCases.map(\.rawValue))
    private static let entries = ["chip", "tap", "swipe", "key", "fallbackSwipe", "fallbackKeyed"]

    static let terminal = Component(
        "Terminal", "A payment terminal.",
        .object([
            Field("hsn", .text), Field("site", .text), Field("environment", .text), Field("merchant", .text),
            Field("model", .text), Field("name", .text), Field("connection", connection),
            Field("merchantMode", .boolean), Field("heldElsewhere", .boolean), Field("lowPower", .boolean),
            Field("operated", .boolean, "Questions wait for somebody who acts."),
            Field("shows", .text, "What stands on its screen."), Field("hasSession", .boolean),
            Field("waiting", .nullable(.named(waiting)), "The request that it is busy with."),
        ]))

    static let waiting = Component(
        "WaitingRequest", "A request that waits for its cardholder.",
        .object([
            Field("request", .anyInteger), Field("operation", .text),
            Field("question", .nullable(.choice(CardholderQuestion.allCases.map(\.rawValue)))),
            Field("until", .named(moment), "When the terminal gives up."),
        ]))

    static let terminals = Component(
        "Terminals", "All terminals of a world.", .object([Field("terminals", .list(.named(terminal)))]))

    static let terminalChange = Component(
        "TerminalChange", "What differs from now on.",
        .object([
            Field("connection", connection, required: false), Field("merchantMode", .boolean, required: false),
            Field("heldElsewhere", .boolean, required: false), Field("lowPower", .boolean, required: false),
            Field("operated", .boolean, required: false, "True: the script is not followed."),
        ]))

    static let cardholderAct = Component(
        "CardholderAct", "Exactly one of them. What is asked stands in 'waiting' of the terminal.",
        .object([
            Field(
                "present",
                .object([
                    Field("card", .text, "The number of a test card."), Field("by", .choice(entries)),
                    Field("name", .text, required: false), Field("pin", .boolean, required: false),
                    Field("debit", .boolean, required: false),
                ]), required: false, "A card; expiry and name are those of a test card unless they are given."),
            Field("confirm", .boolean, required: false, "Yes or no."),
            Field("enter", .text, required: false, "What is typed."),
            Field("sign", .choice(["yes"]), required: false, "Signs."),
            Field(
                "tip", .integer(0...9_999_999_999), required: false, "In the smallest unit of the currency."),
            Field("cancel", .choice(["yes"]), required: false, "Presses the red key."),
            Field(
                "fail", .choice(CardholderFault.all.map(\.rawValue)), required: false,
                "The card is pulled out, or the device fails."),
        ]))
}

/// What can go wrong at a device while somebody stands before it.
enum CardholderFault {
    static let all: [TerminalFault] = [.cardRemoved, .unexpectedResponse, .decryptionFailure, .tokenizationFailed]
}
