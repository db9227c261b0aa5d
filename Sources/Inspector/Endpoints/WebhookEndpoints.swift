import HTTP
import JSON
import Payments
import Processor
import ServiceKit

/// Messages to webhooks: looked at, and sent once more.
enum WebhookEndpoints {
    static let routes = [
        Route(
            method: .get, path: "/v1/worlds/{world}/webhooks", id: "listWebhookMessages", group: "Webhooks",
            about: "Lists the messages that wait, and the last thousand that are done.",
            success: (200, "Oldest first.", .named(Shapes.webhookMessages)), faults: [404, 503], answer: list),
        Route(
            method: .post, path: "/v1/worlds/{world}/webhooks/{message}/replay", id: "replayWebhookMessage",
            group: "Webhooks",
            about: "Sends a message once more, as one of its own that says which event it repeats.",
            success: (200, "The new message.", .named(Shapes.webhookMessage)), faults: [404, 409, 503],
            answer: replay),
    ]

    private static let list: Route.Handler = { call throws(ControlFault) in
        let handle = try call.world()
        let view: WorldHandle.View
        do throws(JournalFault) { view = try handle.settledView() } catch { throw .journal(error) }
        let known = view.world.books.gateway.webhooks.known
        return ControlAnswer(
            200,
            [
                "messages": .array(
                    known.map { known in
                        let state = known.attempts == nil ? "done" : known.isReady ? "ready" : "waiting"
                        return document(known.message, state, known.attempts ?? 0, view)
                    })
            ])
    }

    private static let replay: Route.Handler = { call throws(ControlFault) in
        let handle = try call.world()
        let number = Int(call.parameter("message")) ?? 0
        let performed: Performed<Result<WebhookMessage, ReplayWebhook.Fault>>
        let view: WorldHandle.View
        do throws(JournalFault) {
            performed = try handle.perform(ReplayWebhook(number))
            view = try handle.settledView()
        } catch {
            throw .journal(error)
        }
        switch performed.outcome {
        case .failure(let fault): throw .webhook(fault, number)
        case .success(let message):
            handle.wakeWaiting()
            return ControlAnswer(200, document(message, "ready", 0, view))
        }
    }

    private static func document(
        _ message: WebhookMessage, _ state: String, _ attempts: Int, _ view: WorldHandle.View
    ) -> JSONValue {
        [
            "message": JSONValue(message.number), "event": JSONValue(message.event),
            "replayOf": message.replayOf.map { JSONValue($0) } ?? .null, "hook": .string(message.hook.text),
            "kind": .string(message.kind.rawValue), "state": .string(state), "attempts": JSONValue(attempts),
            "at": JSONValue(pairs: MomentDocument.pairs(message.at, in: view.world.behavior.clock.zone)),
        ]
    }
}
