import Payments
import Processor

/// A processor account while it is read.
enum GatewayProcessorDraft {
    static let reader = Section<GatewayProcessor>(
        "a processor account",
        [
            Field("id", \.id, .objectID, required: true, "its id, 20 characters"),
            Field("name", \.name, .text, "its name in answers"),
            Field("type", \.type, .processor, required: true, "the processor whose dialect it speaks"),
            Field("tender", \.tender, .choice("tender"), "card or ach"),
            Field("default", \.isDefault, .flag, "what is meant when a request names none"),
            Field("currency", \.currency, .currency, "USD, or { code: XYZ, decimals: 2 }"),
            Field("fees", \.fees, FeeProgramDraft.reader, "what is added to payments by itself"),
        ]
    ).reader { _ in GatewayProcessor(id: "", type: "") }
}

/// A fee program while it is read.
enum FeeProgramDraft {
    static let reader = Section<FeeProgram>(
        "a fee program",
        [
            Field("surcharge", \.surcharge, .component, "on credit cards, where it is allowed"),
            Field("surchargeFallback", \.surchargeFallback, .component, "when nothing is known of the card"),
            Field("serviceFee", \.serviceFee, .component, "on card payments without a surcharge"),
            Field("tax", \.tax, .component, "the tax of those who do not name one"),
            Field("cashDiscount", \.cashDiscount, .component, "what other ways to pay get off the card price"),
            Field("dualPricing", \.isDualPricing, .flag, "two prices are shown"),
            Field("dualPricingV2", \.isDualPricingV2, .flag, "in the newer form"),
            Field("consumerChoice", \.offersConsumerChoice, .flag, "the totals of both ways to pay are shown"),
            Field(
                "statesWithoutSurcharge", .list(of: .name("a state")), "where nobody may surcharge"
            ) { states, _, program, _ in program.statesWithoutSurcharge = Set(states) },
            Field("disclaimer", \.disclaimer, .text, "what cardholders are told"),
            Field("disclaimerHTML", \.disclaimerHTML, .text, "the same as HTML"),
        ]
    ).reader { _ in FeeProgram() }
}

extension Reader where Value == AmountComponent {
    /// `{ flat: 350 }` in cents, or `{ percent: 18.000 }`.
    static var component: Reader {
        let section = Section<AmountComponent?>(
            "an amount",
            [
                Field("flat", .integer(0...1_000_000_000), "minor units") { cents, _, component, _ in
                    component = AmountComponent(.flat, Int64(cents))
                },
                Field("percent", .text("a percentage with at most three decimals"), "of the base") {
                    text, member, component, reading in
                    guard let value = thousandths(text), (0...1_000_000).contains(value) else {
                        let _: Void? = reading.expected("a percentage with at most three decimals", at: member.value)
                        return
                    }
                    component = AmountComponent(.percentage, value)
                },
            ])
        return section.reader({ _ in nil as AmountComponent? }) { component, node, reading -> AmountComponent? in
            component ?? reading.error(at: node.place, "an amount needs 'flat' or 'percent'")
        }
    }

    private static func thousandths(_ text: String) -> Int64? {
        do throws(DecimalText.Fault) { return try DecimalText.majorUnits(text, decimals: 3) } catch { return nil }
    }
}

/// A user while it is read.
struct AccessUserDraft: Sendable {
    var user: AccessUser
    var keys: [AccessKeyDraft] = []

    static let reader = Section<AccessUserDraft>(
        "a user",
        [
            Field("id", \.user.id, .objectID, required: true, "its id, 20 characters"),
            Field("username", \.user.username, .name("a user name"), required: true, "the name to sign in with"),
            Field("password", .name("a password"), required: true, "the password") { text, _, draft, _ in
                draft.user.password = SecretDigest(of: text)
            },
            Field("name", \.user.name, .text, "for people"),
            Field("email", \.user.email, .text, "for people"),
            Field("phone", \.user.phone, .text, "digits"),
            Field("timezone", \.user.timezone, .name("an IANA name"), "for people"),
            Field("role", \.user.role, .choice("role"), "admin (may everything) or standard"),
            Field("active", \.user.isActive, .flag, "false: may do nothing"),
            Field(
                "permissions", .list(of: Reader<Permission>.choice("permission")), "what a standard user may do"
            ) { permissions, _, draft, _ in draft.user.permissions = Set(permissions) },
            Field("keys", \.keys, .list(of: AccessKeyDraft.reader), "keys that stand for the user"),
        ]
    ).reader { _ in AccessUserDraft(user: AccessUser(id: "", account: "", password: SecretDigest(of: ""))) }
}

/// A key while it is read.
struct AccessKeyDraft: Sendable {
    var key = ShownSecret("")
    var name = ""
    var kind = AccessKey.Kind.secret

    static let reader = Section<AccessKeyDraft>(
        "a key",
        [
            Field("key", .name("a key"), required: true, "api_… (private) or pub_… (public)") { text, _, draft, _ in
                draft.key = ShownSecret(text)
            },
            Field("name", \.name, .text, "for people"),
            Field("kind", \.kind, .choice("kind of key"), required: true, "private, or public for pages"),
        ]
    ).reader { _ in AccessKeyDraft() }

    func accessKey(of user: AccessUser, number: Int) -> AccessKey {
        AccessKey(
            id: ObjectID(user.id.text.dropLast(2) + "k\(number)"), user: user.id, account: user.account, kind: kind,
            name: name, digest: key.digest)
    }
}

/// A terminal while it is read.
enum TerminalDeviceDraft {
    static let reader = Section<TerminalDevice>(
        "a terminal",
        [
            Field("id", \.id, .objectID, required: true, "its id, 20 characters"),
            Field("tpn", \.number, .name("a number"), required: true, "its number with the manufacturer"),
            Field("description", \.description, .text, "for people"),
            Field("manufacturer", \.manufacturer, .text, "dejavoo when left out"),
            Field("model", \.model, .text, "for people"),
            Field("serialNumber", \.serialNumber, .text, "for people"),
            Field("registerId", \.registerID, .text, "for people"),
            Field("authKey", \.authKey, .text, "for people"),
            Field("autoSettle", \.settlesByItself, .flag, "shown in answers"),
            Field("script", \.script, .choice("script"), "approve, decline, error, or approve with a tip"),
            Field("tip", \.tip, .minorUnits, "the tip, in minor units"),
            Field("code", \.declineCode, .name("a code"), "what a decline or an error answers"),
            Field("card", \.card, .cardNumber, "what the virtual cardholder pays with"),
        ]
    ).reader { _ in TerminalDevice(id: "") }
}

/// An address for events while it is read.
enum WebhookEndpointDraft {
    static let reader = Section<WebhookEndpoint>(
        "a webhook",
        [
            Field("id", \.id, .objectID, required: true, "its id"),
            Field("url", \.url, .name("an address"), required: true, "http://host:port/path"),
            Field("secret", \.secret, .name("a secret"), required: true, "what signs the messages"),
            Field(
                "events", .list(of: Reader<WebhookEventKind>.choice("event")), "which events; left out: all"
            ) { events, _, endpoint, _ in endpoint.events = Set(events) },
            Field(
                "faults", .list(of: Reader<WebhookEndpoint.Fault>.choice("fault")),
                "what goes wrong: duplicate, delayed, outOfOrder, badSignature, endpointDown"
            ) { faults, _, endpoint, _ in endpoint.faults = Set(faults) },
            Field("delay", \.delay, .duration, "how late delayed messages are"),
        ]
    ).reader { _ in WebhookEndpoint(id: "", secret: "") }
}
