import Processor

/// Messages to webhooks.
extension Shapes {
    private typealias Field = Schema.Field

    static let webhookMessage = Component(
        "WebhookMessage", "A message to a webhook.",
        .object([
            Field("message", .anyInteger, "Its number in the world, from 1."),
            Field("event", .anyInteger, "The same for duplicates of one event."),
            Field("replayOf", .nullable(.anyInteger), "The event that it repeats."),
            Field("hook", .text, "Empty for a test of an address."),
            Field("kind", .choice(WebhookEventKind.allCases.map(\.rawValue))),
            Field(
                "state", .choice(["ready", "waiting", "done"]),
                "To be sent now; waiting for its time; received or given up."),
            Field("attempts", .anyInteger, "How often it was sent so far; 0 of one that is done."),
            Field("at", .named(moment), "When it happened."),
        ]))

    static let webhookMessages = Component(
        "WebhookMessages", "Messages to webhooks.", .object([Field("messages", .list(.named(webhookMessage)))]))
}
