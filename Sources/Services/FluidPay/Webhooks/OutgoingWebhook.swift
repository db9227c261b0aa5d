import Cryptography
package import HTTP
import JSON
import Payments
package import Processor

/// A message to a webhook as it goes over the wire. Reference §15.
package struct OutgoingWebhook: Sendable {
    package let number: Int
    package let url: String
    package let headers: HTTPFields
    package let body: [UInt8]
    /// The scenario wants nobody to be there.
    package let isUnreachable: Bool

    /// Nil for a message about something that the world has forgotten.
    package init?(_ message: WebhookMessage, in world: World) {
        let accounts = world.behavior.accounts
        guard let account = accounts.account(message.account),
            let body = WebhookDocument.body(message, account, world)
        else { return nil }
        let hook = account.webhooks.first { $0.id == message.hook }
        guard let url = message.url ?? hook?.url else { return nil }
        number = message.number
        self.url = url
        self.body = body
        isUnreachable = hook?.faults.contains(.endpointDown) ?? false
        var headers: HTTPFields = ["Content-Type": "application/json"]
        let secrets = WebhookSecrets(message, hook, world)
        headers.append("Signature", secrets.signature(of: body))
        if let previous = secrets.previousSignature(of: body) { headers.append("Signature-Previous", previous) }
        headers.append("X-Webhook-Event-Id", Self.eventID(message.event, world.seed))
        if let first = message.replayOf { headers.append("X-Webhook-Replay-Of", Self.eventID(first, world.seed)) }
        self.headers = headers
    }

    private static func eventID(_ event: Int, _ seed: UInt64) -> String {
        HashedID.uuid("webhook event \(seed) \(event)")
    }
}

/// What signs the messages of a hook.
struct WebhookSecrets {
    private let current: String
    private let previous: String?

    init(_ message: WebhookMessage, _ hook: WebhookEndpoint?, _ world: World) {
        guard message.kind != .test, let hook else {
            current = world.behavior.accounts.policy.webhookTestSecret
            previous = nil
            return
        }
        let state = world.books.gateway.webhooks.hook(hook.id)
        // A wrong signature has the form of a good one.
        current = Self.secret(of: hook, state.rotation, world.seed) + (hook.faults.contains(.badSignature) ? "?" : "")
        let isOverlapping = state.previousUntil.map { $0 > message.at } ?? false
        previous = isOverlapping ? Self.secret(of: hook, state.rotation - 1, world.seed) : nil
    }

    /// The scenario's secret until it is changed; then one that comes of the world's seed.
    static func secret(of hook: WebhookEndpoint, _ rotation: Int, _ seed: UInt64) -> String {
        rotation == 0 ? hook.secret : HashedID.uuid("webhook secret \(seed) \(hook.id) \(rotation)")
    }

    func signature(of body: [UInt8]) -> String { WebhookSignature.of(body, secret: current) }

    func previousSignature(of body: [UInt8]) -> String? { previous.map { WebhookSignature.of(body, secret: $0) } }
}

/// What proves who sent a message.
package enum WebhookSignature {
    /// HMAC-SHA256 of the body as sent, with the secret's text as key, in base64url without padding.
    package static func of(_ body: [UInt8], secret: String) -> String {
        Base64.encode(HMACSHA256(key: Array(secret.utf8)).code(for: body).bytes, .urlSafe)
    }
}

/// Names that come of a hash.
enum HashedID {
    /// In the form of RFC 9562, version 8.
    static func uuid(_ text: String) -> String {
        var bytes = SHA256.hash(text).bytes
        bytes[6] = bytes[6] & 0x0F | 0x80
        bytes[8] = bytes[8] & 0x3F | 0x80
        return groups(bytes)
    }

    /// The first 16 bytes of a hash in the groups of RFC 9562, whatever version and variant they name.
    static func groups(_ hash: Digest256) -> String { groups(hash.bytes) }

    private static func groups(_ bytes: [UInt8]) -> String {
        let digits: StaticString = "0123456789abcdef"
        return String(unsafeUninitializedCapacity: 36) { text in
            var place = 0
            for (position, byte) in bytes.prefix(16).enumerated() {
                if (4...10).contains(position), position.isMultiple(of: 2) {
                    text[place] = UInt8(ascii: "-")
                    place += 1
                }
                text[place] = digits.utf8Start[Int(byte >> 4)]
                text[place + 1] = digits.utf8Start[Int(byte & 15)]
                place += 2
            }
            return place
        }
    }
}
