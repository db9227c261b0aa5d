package import Payments

/// How tokens come about.
package struct TokenSettings: Sendable {
    /// A published pair of input and token.
    package struct Known: Sendable {
        package typealias Input = ClearAccount

        package let scope: SiteScope
        package let input: Input
        package let token: CardToken
        package let source: SourceLine?

        package init(scope: SiteScope, input: Input, token: CardToken, source: SourceLine?) {
            self.scope = scope
            self.input = input
            self.token = token
            self.source = source
        }
    }

    package var known: [Known] = []
    /// Tokens whose input the document does not tell; listed so that generated ones never collide with them.
    package var reserved: [CardToken] = []
    /// Mixed into generated tokens; another secret gives other tokens.
    package var secret = "understudy"
    /// Refuse numbers that fail the check digit.
    package var requiresCheckDigit = false
    /// Shortest and longest card number that is accepted.
    package var cardLengths: ClosedRange<Int> = 12...19
    /// How long a token carries expiry and verification value.
    package var holdsVerificationFor: Duration = .seconds(120)

    package init() {}
}

/// The world's clock and its settlement.
package struct ClockSettings: Sendable {
    package enum Mode: Hashable, Sendable {
        /// As the machine's clock.
        case real
        /// Stands still until it is moved.
        case frozen
        /// Runs faster or slower: world seconds per thousand real seconds.
        case scaled(perMille: Int64)
    }

    package var mode: Mode = .real
    /// Where the world's time starts; nil: now.
    package var start: Instant?
    /// The zone of the gateway's dates.
    package var zone: TimeZoneRule = .usEastern
    /// Second of the day, in ``zone``, at which open batches are settled.
    package var settlementSecondOfDay = 0
    package var settlesByItself = true

    package init() {}
}

/// Where one world's clock begins, other than the scenario says.
package struct ClockStart: Hashable, Sendable {
    package var mode: ClockSettings.Mode?
    package var time: Instant?

    package init(mode: ClockSettings.Mode? = nil, time: Instant? = nil) {
        self.mode = mode
        self.time = time
    }
}

/// Bounds on what a world keeps.
package struct LimitSettings: Hashable, Sendable {
    package var journalEntries = 10_000
    /// The oldest transactions are forgotten beyond this.
    package var transactions = 100_000
    /// The oldest closed batches, and the oldest payouts, are forgotten beyond this.
    package var batches = 20_000
    /// Accounts with their tokens, and likewise cards whose holders agreed to scheduled payments.
    package var tokens = 100_000
    /// Counters of rules that count attempts.
    package var attempts = 100_000
    /// One more profile is refused.
    package var profiles = 100_000
    /// Accounts that one merchant may have enrolled with the updater; one more is not taken.
    package var enrolledAccounts = 50_000
    /// Updates of one merchant's accounts; the oldest are forgotten beyond this.
    package var accountUpdates = 50_000
    /// Of files of payments. The oldest files that are done are forgotten beyond this; if none is, one more is refused.
    package var uploadedRows = 200_000
    /// Messages to webhooks that wait; more are lost.
    package var webhookMessages = 10_000
    /// Products, custom fields and invoices; one more is refused.
    package var records = 10_000
    /// One more application for boarding is refused.
    package var applications = 10_000
    /// One more order of equipment is refused.
    package var orders = 10_000
    /// Terminals of later orders do not come.
    package var deliveredTerminals = 10_000
    /// Of all documents of applications together; the oldest are forgotten beyond this.
    package var attachmentBytes = 32 << 20
    /// One more billing plan is refused.
    package var billingPlans = 10_000
    /// Results of one billing plan; the oldest are forgotten beyond this.
    package var billingResults = 1_000
    /// Signatures of transactions; the oldest are forgotten beyond this. Each has up to ``SignatureImage/longest``
    /// characters, so that as many as usual take 60 MB at most.
    package var signatures = 10_000
    /// Payments with level 2 or level 3 data and their items together; the oldest are forgotten beyond this. As many
    /// as usual take some 100 MB.
    package var purchaseData = 200_000
    /// Documents of applications, however small they are; the oldest are forgotten beyond this.
    package var attachments = 10_000
    /// Results of terminals; the oldest are forgotten beyond this. They are asked for at once, or never.
    package var terminalResults = 10_000
    /// Clients whose requests are counted; the one seen first is forgotten beyond this.
    package var countedClients = 10_000
    /// One more user of an account is refused.
    package var users = 1_000
    /// Sessions of users; the oldest are forgotten beyond this.
    package var sessions = 10_000
    /// One more address, or one more payment method, of a customer is refused.
    package var customerParts = 100
    /// One more add-on, discount or plan of an account is refused.
    package var catalog = 1_000
    /// A plan or subscription with more add-ons, or with more discounts, is refused.
    package var modifiers = 100
    /// One more subscription of an account is refused.
    package var subscriptions = 100_000
    /// A request for more payments than this is refused.
    package var severalPayments = 100
    /// Messages to webhooks that are done and can be sent again; the oldest are forgotten beyond this.
    package var webhookHistory = 1_000
    /// Results of tests of webhooks; the oldest are forgotten beyond this.
    package var webhookTests = 100
    /// Sites whose keys are made by the process; one more gets none.
    package var siteKeys = 256
    package var worlds = 256
    package var requestBodyBytes = 1 << 20
    /// Arrays and objects inside each other in the JSON of a request, up to ``JSONLimits/highestDepth``.
    package var requestDepth = 64
    /// One text, name or number in it.
    package var requestTextBytes = 1 << 18
    /// Of an object in it.
    package var requestMembers = 1_000
    /// Of an array in it.
    package var requestElements = 100_000
    /// Of a form of several parts.
    package var requestParts = 32
    /// All fields of one part.
    package var requestPartHeadBytes = 8_192

    package init() {}
}

/// Switches of the emulated gateway where documents contradict each other or are silent.
package struct GatewaySettings: Sendable {
    package enum TimeoutAmount: String, Hashable, Sendable, CaseIterable { case requested, zero }
    package enum SecondVoid: String, Hashable, Sendable, CaseIterable { case approveAgain, refuse }
    package enum VoidOfSettled: String, Hashable, Sendable, CaseIterable { case batched, settled }
    /// What happens to a text that is longer than its member.
    package enum LongMembers: String, Hashable, Sendable, CaseIterable { case keep, cut, refuse }
    /// What happens to an optional member of the wrong type.
    package enum MistypedMembers: String, Hashable, Sendable, CaseIterable { case ignore, refuse }
    /// How answers repeat the client's own fields.
    package enum UserFieldsForm: String, Hashable, Sendable, CaseIterable { case asSent, array }
    package enum SwipedChipCards: String, Hashable, Sendable, CaseIterable { case fallback, swiped, refuse }
    package enum UnknownAmountCode: String, Hashable, Sendable, CaseIterable { case approve, decline }

    /// How long the gateway waits for a processor that does not answer.
    package var processorTimeout: Duration = .seconds(32)
    package var timeoutAmount: TimeoutAmount = .requested
    package var secondVoid: SecondVoid = .approveAgain
    package var unknownAmountCode: UnknownAmountCode = .approve
    /// What a void of a settled transaction is told.
    package var voidOfSettled: VoidOfSettled = .batched
    /// Inquiries of one kind that a client may make in a minute in UAT; nil: as many as it likes.
    package var inquiriesPerMinute: Int?
    /// Transactions older than this cannot be voided.
    package var voidableFor: Duration = .seconds(30 * 86_400)
    package var checksCheckDigit = true
    /// Order ids that pass the Luhn check are kept masked.
    package var masksCheckDigitOrders = true
    package var defaultCountry = "US"
    /// Used when the request has no postal code.
    package var defaultPostalCode: String?
    /// The default postal code is an address to be verified; otherwise a request without one has none.
    package var verifiesDefaultPostalCode = true
    /// What a swiped card counts as whose stripe says that it has a chip.
    package var swipedChipCards: SwipedChipCards = .fallback
    /// What is checked of the results of cardholder authentication; nil: nothing, as in UAT.
    package var authentication: AuthenticationChecks?
    /// Test cards approve with the code of the table instead of a varying one.
    package var fixedAuthorizationCodes = false
    package var refundAuthorizationCode = "REFUND"
    package var voidAuthorizationCode = "REVERS"
    /// Numbers that could be somebody's card are taken; otherwise all but published test numbers are refused.
    package var acceptsRealCardNumbers = false
    /// The status and reason of answers whose body the documents do not tell.
    package var unauthorizedBody = ""
    package var serverHeader: String?
    package var profiles = ProfileSettings()
    package var members = MemberTable()
    package var longMembers = LongMembers.keep
    package var mistypedMembers = MistypedMembers.ignore
    package var userFieldsForm = UserFieldsForm.asSent
    /// Also the answer to the authorization repeats them, not only inquiries.
    package var repeatsUserFieldsAtOnce = false
    /// First digits of the postal codes where no surcharge is allowed.
    package var surchargeRestrictedPostalCodes: [String] = []

    package init() {}
}

/// What may stand in the members of 3-D Secure.
package struct AuthenticationChecks: Hashable, Sendable {
    /// Electronic commerce indicators.
    package var flags: [String] = []
    package var exemptions: [String] = []

    package init() {}
}

/// Shuffled and dummy members in answers, as a UAT environment adds them.
package enum RandomizeSettings: Hashable, Sendable {
    case off
    case seeded(dummyMembers: ClosedRange<Int>)
}
