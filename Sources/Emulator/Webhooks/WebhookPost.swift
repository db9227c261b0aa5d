import FluidPay
import HTTP
import Processor
import ServiceKit

/// The way of a message between the outbox of a world and whoever sends it.
enum WebhookPost {
    /// What came of sending a message.
    struct Receipt: Sendable {
        var result: WebhookResult
        var body: [UInt8] = []
    }

    /// Why a message is not even sent; nil when it may be.
    static func obstacle(_ message: OutgoingWebhook, _ policy: GatewayPolicy) -> String? {
        guard let (endpoint, _) = HTTPEndpoint.parse(message.url) else { return "the address is no http address" }
        guard policy.mayBeTold(endpoint.host) else { return "the scenario does not allow the host \(endpoint.host)" }
        return message.isUnreachable ? "the scenario lets nobody be there" : nil
    }

    /// Writes an attempt down, with what went over the wire.
    static func finish(_ number: Int, _ message: OutgoingWebhook?, _ receipt: Receipt, in world: WorldHandle) {
        do throws(JournalFault) {
            let performed = try world.perform(FinishWebhook(number, receipt.result))
            guard let message else { return }
            var status = 0
            if case .answered(let number) = receipt.result { status = number }
            world.attach(
                Exchange(
                    service: "fluidpay", method: "POST", target: message.url, requestBody: message.body, status: status,
                    responseBody: receipt.body),
                to: performed.recorded.sequence, era: performed.recorded.era)
        } catch {
            // The message stays where it is; a world whose journal cannot be written takes nothing else either.
        }
    }
}
