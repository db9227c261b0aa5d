import Payments
import Processor

/// The settings of the domain, key by key.
enum SettingsSections {
    static let tokens = Section<TokenSettings>(
        "the token settings",
        [
            Field("secret", \.secret, .name("a secret"), "mixed into generated tokens; another secret, other tokens"),
            Field("requiresCheckDigit", \.requiresCheckDigit, .flag, "refuse numbers that fail the check digit"),
            Field(
                "cardLengths", \.cardLengths, .range(of: .integer(1...19), within: 1...19),
                "shortest and longest card number that is accepted"),
            Field(
                "holdsVerificationFor", \.holdsVerificationFor, .duration,
                "how long a token carries expiry and verification value"),
            Field(
                "reserved", .list(of: .name("a token")), "tokens that are never generated"
            ) { tokens, _, settings, _ in settings.reserved += tokens.map { CardToken($0) } },
        ])

    private static let settlement = Section<ClockSettings>(
        "the settlement",
        [
            Field("at", \.settlementSecondOfDay, .timeOfDay, "time of day, in the zone of the clock"),
            Field("automatic", \.settlesByItself, .flag, "false: only when asked for"),
        ])

    static let clock = Section<ClockSettings>(
        "the clock",
        [
            Field("mode", \.mode, .clockMode, "real, frozen, or { faster: 60 }"),
            Field("start", \.start, .instant, "where the world's time starts; left out: now"),
            Field("zone", \.zone, .choice("time zone"), "the zone of the gateway's dates"),
            Field("settlement", \.self, section: settlement, "when open batches are settled"),
        ])

    static let limits = Section<LimitSettings>(
        "the limits",
        [
            Field("journalEntries", \.journalEntries, .integer(1...10_000_000), "requests that the journal shows"),
            Field("transactions", \.transactions, .integer(1...10_000_000), "transactions that are remembered"),
            Field("batches", \.batches, .integer(1...10_000_000), "closed batches, and payouts, that are remembered"),
            Field("tokens", \.tokens, .integer(1...10_000_000), "tokens that are remembered"),
            Field("attempts", \.attempts, .integer(1...10_000_000), "counters of rules that count attempts"),
            Field("profiles", \.profiles, .integer(1...10_000_000), "customer profiles that are stored"),
            Field(
                "uploadedRows", \.uploadedRows, .integer(1...10_000_000), "rows of uploaded files that are remembered"),
            Field(
                "applications", \.applications, .integer(1...1_000_000), "applications of merchants that are remembered"
            ),
            Field("orders", \.orders, .integer(1...1_000_000), "orders of equipment that are remembered"),
            Field(
                "deliveredTerminals", \.deliveredTerminals, .integer(1...1_000_000),
                "terminals that come of orders; later ones do not"),
            Field(
                "attachmentBytes", \.attachmentBytes, .integer(1024...(1 << 32)),
                "size of all documents of applications together"),
            Field(
                "attachments", \.attachments, .integer(1...1_000_000), "documents of applications that are remembered"),
            Field("billingPlans", \.billingPlans, .integer(1...1_000_000), "billing plans that are remembered"),
            Field(
                "billingResults", \.billingResults, .integer(1...99_999),
                "payments of one billing plan that are remembered"),
            Field("signatures", \.signatures, .integer(1...1_000_000), "signatures that are remembered"),
            Field(
                "purchaseData", \.purchaseData, .integer(1...10_000_000),
                "payments with level 2 or level 3 data, and their items, that are remembered"),
            Field(
                "terminalResults", \.terminalResults, .integer(1...1_000_000),
                "results of terminals that are remembered"),
            Field(
                "countedClients", \.countedClients, .integer(1...1_000_000), "clients whose requests are counted"),
            Field("users", \.users, .integer(1...100_000), "users of one account"),
            Field("sessions", \.sessions, .integer(1...1_000_000), "sessions of users that are remembered"),
            Field(
                "customerParts", \.customerParts, .integer(1...10_000),
                "addresses, and payment methods, of one customer"),
            Field("catalog", \.catalog, .integer(1...100_000), "add-ons, discounts, and plans, of one account"),
            Field("modifiers", \.modifiers, .integer(1...1_000), "add-ons, and discounts, of one plan or subscription"),
            Field("subscriptions", \.subscriptions, .integer(1...1_000_000), "subscriptions of one account"),
            Field("severalPayments", \.severalPayments, .integer(1...10_000), "payments in one request for several"),
            Field(
                "webhookHistory", \.webhookHistory, .integer(1...100_000),
                "messages to webhooks that are done and can be sent again"),
            Field("webhookTests", \.webhookTests, .integer(1...100_000), "results of tests of webhooks"),
            Field("siteKeys", \.siteKeys, .integer(1...100_000), "sites whose keys the process makes"),
            Field(
                "enrolledAccounts", \.enrolledAccounts, .integer(1...1_000_000),
                "accounts of one merchant that the updater looks after"),
            Field(
                "accountUpdates", \.accountUpdates, .integer(1...1_000_000),
                "updates of one merchant that are remembered"),
            Field("records", \.records, .integer(1...1_000_000), "products, custom fields and invoices"),
            Field("webhookMessages", \.webhookMessages, .integer(1...1_000_000), "messages to webhooks that wait"),
            Field("worlds", \.worlds, .integer(1...100_000), "worlds at a time"),
            Field("requestBodyBytes", \.requestBodyBytes, .integer(1024...(1 << 30)), "size of a request's body"),
            Field(
                "requestDepth", \.requestDepth, .integer(1...256), "arrays and objects inside each other in its JSON"),
            Field(
                "requestTextBytes", \.requestTextBytes, .integer(64...(1 << 30)),
                "one text, name or number in its JSON"),
            Field("requestMembers", \.requestMembers, .integer(1...1_000_000), "members of one object in its JSON"),
            Field("requestElements", \.requestElements, .integer(1...10_000_000), "elements of one array in its JSON"),
            Field("requestParts", \.requestParts, .integer(1...10_000), "parts of a form"),
            Field("requestPartHeadBytes", \.requestPartHeadBytes, .integer(64...(1 << 20)), "fields of one of them"),
        ])

    static let gateway = Section<GatewaySettings>(
        "the gateway settings",
        [
            Field("processorTimeout", \.processorTimeout, .duration, "how long it waits for a silent processor"),
            Field("timeoutAmount", \.timeoutAmount, .choice("timeout amount"), "the amount in a time-out's answer"),
            Field("secondVoid", \.secondVoid, .choice("second void"), "the answer to a second void"),
            Field(
                "unknownAmountCode", \.unknownAmountCode, .choice("unknown amount code"),
                "the answer to an amount whose code is in no table"),
            Field(
                "voidOfSettled", \.voidOfSettled, .choice("void of a settled payment"),
                "which refusal the void of a settled payment gets"),
            Field(
                "inquiriesPerMinute", \.inquiriesPerMinute, .integer(1...1_000_000),
                "inquiries of one kind that a client may make in UAT; left out: as many as it likes"),
            Field("voidableFor", \.voidableFor, .duration, "how old a transaction may be to be voided"),
            Field("checksCheckDigit", \.checksCheckDigit, .flag, "refuse card numbers that fail the check digit"),
            Field(
                "masksCheckDigitOrders", \.masksCheckDigitOrders, .flag,
                "mask order ids that look like card numbers, and find nothing by them"),
            Field(
                "defaultCountry", \.defaultCountry, .name("a country of two letters"),
                "used when a request names no country"),
            Field(
                "defaultPostalCode", \.defaultPostalCode, .name("a postal code"),
                "used when a request has no postal code"),
            Field(
                "verifiesDefaultPostalCode", \.verifiesDefaultPostalCode, .flag,
                "the default postal code counts as an address in address verification"),
            Field(
                "swipedChipCards", \.swipedChipCards, .choice("treatment of swiped chip cards"),
                "what a swiped card with a chip counts as: fallback, swiped, or refuse"),
            Field(
                "authentication",
                CardPresentSections.authentication.reader { _ in AuthenticationChecks() },
                "check the members of 3-D Secure; left out: they are taken as they are"
            ) { checks, _, settings, _ in settings.authentication = checks },
            Field(
                "fixedAuthorizationCodes", \.fixedAuthorizationCodes, .flag,
                "test cards approve with the code of the table"),
            Field("refundAuthorizationCode", \.refundAuthorizationCode, .text, "code of an offline refund"),
            Field("voidAuthorizationCode", \.voidAuthorizationCode, .text, "code of a void"),
            Field(
                "acceptsRealCardNumbers", \.acceptsRealCardNumbers, .flag,
                "accept card numbers that are no published test numbers, and could be somebody's"),
            Field("unauthorizedBody", \.unauthorizedBody, .text, "body of an answer with status 401"),
            Field("serverHeader", \.serverHeader, .text, "the Server header of answers"),
            Field("profiles", \.profiles, section: ProfileSections.profiles, "stored customer profiles"),
            Field(
                "surchargeRestrictedPostalCodes", \.surchargeRestrictedPostalCodes,
                .list(of: .digits(1...5, "one to five leading digits of a postal code")),
                "first digits of postal codes where no surcharge is allowed"),
        ] + MemberSections.switches)
}

extension Reader where Value == ClockSettings.Mode {
    /// `real`, `frozen`, or `{ faster: 60 }`.
    static var clockMode: Reader {
        let faster = Section<Int64?>(
            "a clock mode",
            [
                Field("faster", .factor, required: true, "how many world seconds go by in one real second") {
                    factor, _, model, _ in model = factor
                }
            ]
        ).reader({ _ in nil }) { factor, _, _ in factor.map { ClockSettings.Mode.scaled(perMille: $0) } }
        return Reader(.either([.choice(["real", "frozen"]), faster.shape])) { node, reading in
            guard case .scalar(let text, _) = node.content, !node.isNull else { return faster.read(node, reading) }
            switch text {
            case "real": return .real
            case "frozen": return .frozen
            default:
                reading.unknown("clock mode", text, at: node.place, among: ["real", "frozen"])
                return nil
            }
        }
    }
}

extension Reader where Value == RandomizeSettings {
    /// `off`, `seeded` (shuffled, nothing added), or `{ dummyMembers: { from: 3, through: 6 } }`.
    static var randomize: Reader {
        let section = Section<ClosedRange<Int>?>(
            "the randomization",
            [
                Field(
                    "dummyMembers", .valueOrRange(of: .integer(0...20), within: 0...20), required: true,
                    "how many members without meaning are added"
                ) { range, _, model, _ in model = range }
            ]
        ).reader({ _ in nil }) { range, _, _ in range.map { RandomizeSettings.seeded(dummyMembers: $0) } }
        return Reader(.either([.choice(["off", "seeded"]), section.shape])) { node, reading in
            guard case .scalar(let text, _) = node.content, !node.isNull else { return section.read(node, reading) }
            switch text {
            case "off": return .off
            case "seeded": return .seeded(dummyMembers: 0...0)
            default:
                reading.unknown("randomization", text, at: node.place, among: ["off", "seeded"])
                return nil
            }
        }
    }
}
