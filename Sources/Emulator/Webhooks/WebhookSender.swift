import FluidPay
import HTTP
import Processor
import TLS

/// Sends messages over sockets, with the project's own client. No redirection is followed.
package struct WebhookSender: Sendable {
    private let filter: ClientFilterFactory?

    /// - Parameter authorities: PEM of whom https addresses are signed by; nil: the system's.
    package init(authorities: [UInt8]? = nil) {
        do throws(TLSError) {
            let client = try TLSClient(authorities: authorities)
            filter = { try client.filter(host: $0) }
        } catch {
            // A machine without a list of authorities can still talk http; https says what is missing.
            filter = nil
        }
    }

    /// Blocks: never call it on an event loop.
    func send(_ message: OutgoingWebhook, _ policy: GatewayPolicy) -> WebhookPost.Receipt {
        if let obstacle = WebhookPost.obstacle(message, policy) {
            return WebhookPost.Receipt(result: .failed(obstacle))
        }
        guard let (endpoint, path) = HTTPEndpoint.parse(message.url) else {
            return WebhookPost.Receipt(result: .failed("the address is no http address"))
        }
        var limits = HTTPLimits()
        limits.bodyBytes = 65_536
        let client = HTTPClient(endpoint, limits: limits, filter: filter)
        defer { client.close() }
        let request = HTTPRequest(
            method: .post, target: path.hasPrefix("/") ? path : "/" + path, headers: message.headers,
            body: message.body)
        do throws(HTTPClientError) {
            let response = try client.send(request, timeout: policy.webhookTimeout)
            guard response.ending == .complete else {
                return WebhookPost.Receipt(result: .failed("the connection ended within the answer"))
            }
            return WebhookPost.Receipt(result: .answered(response.status), body: response.body)
        } catch {
            return WebhookPost.Receipt(result: .failed(error.description))
        }
    }
}
