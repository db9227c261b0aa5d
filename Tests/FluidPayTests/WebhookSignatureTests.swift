import Emulator
import FluidPay
import HTTP
import JSON
import Processor
import ServiceKit
import TestSupport
import Testing

/// Signatures and bounds of webhooks.
@Suite struct WebhookSignatureTests {
    private static let authorization: HTTPFields = ["Authorization": "api_Understudy00000000000000000"]

    private static let sale: JSONValue = [
        "type": "sale", "amount": 1112,
        "payment_method": ["card": ["number": "4111111111111111", "expiration_date": "12/35"]],
    ]

    /// The check value of the vendor's documentation.
    @Test func checkValue() {
        let signature = WebhookSignature.of(
            Array(#"{"data":"this is test data"}"#.utf8), secret: "12345678-1234-1234-1234-123456789012")
        #expect(signature == "JacUiw_ztpEZJWvOhhKoHTLBf4b-aZv9n_0YmJJxltc")
    }

    private func messages(_ session: Session) -> [WebhookMessage] {
        session.emulator.worlds.main.snapshot.books.gateway.webhooks.readyMessages
    }

    /// A message is signed with the secret of its hook, and one with the fault is not.
    @Test func whatSignsMessages() throws {
        for (scenario, secret, isGood) in [
            ("fluidpay-webhooks", "12345678-1234-1234-1234-123456789012", true),
            ("fluidpay-webhook-faults", "s", false),
        ] {
            let session = try Session(.named(scenario))
            session.leavesWebhooks = true
            let id =
                try session.send(.post, "/api/transaction", json: Self.sale, headers: Self.authorization)
                .json["data"]?["id"]?.text ?? ""
            _ = try session.send(.post, "/api/transaction/\(id)/void", headers: Self.authorization)
            let message = try #require(messages(session).first { $0.kind == .transactionVoid })
            let outgoing = try #require(OutgoingWebhook(message, in: session.emulator.worlds.main.snapshot))
            let good = WebhookSignature.of(outgoing.body, secret: secret)
            #expect((outgoing.headers["Signature"] == good) == isGood, "\(scenario)")
            #expect(outgoing.headers["Signature"]?.utf8.count == 43)
        }
    }

    /// A full outbox loses messages, and says so; payments go on.
    @Test func outboxIsBounded() throws {
        let session = try Session(
            "understudy: scenario/1\nname: small\nextends: fluidpay-webhooks\nlimits: { webhookMessages: 2 }\n")
        session.leavesWebhooks = true
        for _ in 0..<2 {
            let answer = try session.send(.post, "/api/transaction", json: Self.sale, headers: Self.authorization)
            #expect(answer.status == 200)
            #expect(!session.reasons.contains { $0.contains("are lost") })
        }
        let answer = try session.send(.post, "/api/transaction", json: Self.sale, headers: Self.authorization)
        #expect(answer.status == 200)
        #expect(session.reasons.contains { $0.contains("1 message(s) are lost") })
        #expect(messages(session).count == 2)
    }

    @Test(arguments: [
        ("http://localhost:9000/x", "localhost", true), ("http://127.0.0.1/", "127.0.0.1", true),
        ("http://127.1.2.3", "127.1.2.3", true), ("https://[::1]:8443/x", "::1", true),
        ("http://LOCALHOST", "localhost", true), ("http://localhost.example.com/", "localhost.example.com", false),
        ("http://127.0.0.1.example.com", "127.0.0.1.example.com", false), ("http://10.0.0.1", "10.0.0.1", false),
        ("http://127.0.0.256", "127.0.0.256", false), ("http://169.254.169.254/latest", "169.254.169.254", false),
        ("http://hooks.example.com:80/x", "hooks.example.com", true), ("http://[fe80::1]/", "fe80::1", false),
    ])
    func hosts(_ row: (url: String, host: String, isAllowed: Bool)) {
        var policy = GatewayPolicy()
        policy.webhookHosts = ["Hooks.example.com"]
        #expect(WebhookAddress(row.url)?.host == row.host)
        #expect(policy.mayBeTold(row.host) == row.isAllowed)
        policy.webhookHosts = ["*"]
        #expect(policy.mayBeTold(row.host))
    }

    @Test(arguments: [
        "ftp://localhost/", "localhost", "http://", "http://a@localhost/", "http://localhost@evil.example/",
        "http://[::1/",
    ])
    func noAddresses(_ url: String) { #expect(WebhookAddress(url) == nil) }
}
