import FluidPay
import HTTP
import Platform
import Processor
import Replays
import ServiceKit

/// Takes messages instead of sending them, so that a replay can look at them one after the other.
final class WebhookSink {
    /// What the addresses answer from now on.
    var status = 200
    private var taken: [ReplayDelivery] = []
    private var position = 0

    /// Empties the outbox of a world of what is ready.
    func collect(from world: WorldHandle) {
        while true {
            let snapshot = world.snapshot
            guard snapshot.books.gateway.webhooks.hasReady,
                let message = snapshot.books.gateway.webhooks.readyMessages.first
            else { return }
            let outgoing = OutgoingWebhook(message, in: snapshot)
            WebhookPost.finish(message.number, outgoing, receipt(outgoing, snapshot), in: world)
        }
    }

    private func receipt(_ message: OutgoingWebhook?, _ world: World) -> WebhookPost.Receipt {
        guard let message else { return WebhookPost.Receipt(result: .failed("what it is about is forgotten")) }
        if let obstacle = WebhookPost.obstacle(message, world.behavior.accounts.policy) {
            return WebhookPost.Receipt(result: .failed(obstacle))
        }
        taken.append(ReplayDelivery(url: message.url, headers: message.headers.lines, body: message.body))
        return WebhookPost.Receipt(result: .answered(status))
    }

    /// The next message that nobody has looked at.
    func next() -> ReplayDelivery? {
        guard position < taken.count else { return nil }
        defer { position += 1 }
        return taken[position]
    }
}
