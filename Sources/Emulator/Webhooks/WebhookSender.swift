import FluidPay
import HTTP
import Platform
import Processor
import TLS

/// Sends messages over sockets, with the project's own client. No redirection is followed.
package struct WebhookSender: Sendable {
    private let security: Security

    /// - Parameter authorities: PEM of whom https addresses are signed by; nil: the system's.
    package init(authorities: [UInt8]? = nil) { security = Security(authorities) }

    /// Made for the first message to an https address: to read the system's list of authorities takes longer than the
    /// rest of the start.
    private final class Security: Sendable {
        private let authorities: [UInt8]?
        private let client = Lock<Result<TLSClient, TLSError>?>(nil)

        init(_ authorities: [UInt8]?) { self.authorities = authorities }

        /// Nil on a machine without a list of authorities: https says then what is missing.
        var filter: ClientFilterFactory? {
            let made = client.withLock { client in
                let made = client ?? Result { () throws(TLSError) in try TLSClient(authorities: authorities) }
                client = made
                return made
            }
            guard case .success(let client) = made else { return nil }
            return { try client.filter(host: $0) }
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
        let client = HTTPClient(endpoint, limits: limits, filter: endpoint.isSecure ? security.filter : nil)
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
