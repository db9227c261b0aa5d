package import Payments

/// Switches of a gateway of accounts and orders, where its documents are silent or contradict each other.
package struct GatewayPolicy: Sendable {
    package enum FoundShape: String, Hashable, Sendable, CaseIterable { case list, object }
    package enum UnknownShape: String, Hashable, Sendable, CaseIterable { case notFound, emptyList }
    /// When an issuer's answer may be a part of what was asked.
    package enum PartialPayments: String, Hashable, Sendable, CaseIterable { case always, onRequest }
    /// What `charge_on_day` asks for when a subscription names no first date; the other is what its absence asks for.
    package enum ChargeOnDay: String, Hashable, Sendable, CaseIterable { case atOnce, billingDay }
    package enum AmountMismatch: String, Hashable, Sendable, CaseIterable { case refuse, calculated, given }

    /// What a single transaction comes in.
    package var transactionShape = FoundShape.list
    package var unknownTransaction = UnknownShape.notFound
    /// A calculated total that is not the amount of the payment.
    package var amountMismatch = AmountMismatch.refuse
    /// The words of an answer about a forgotten name or password.
    package var recoveryMessage = "Request processed successfully"
    /// How long a code for a new password is good.
    package var resetCodeLife: Duration = .seconds(3600)
    /// Every code for a new password; nil: one of the world's seed.
    package var resetCode: String?
    /// How long a session lives without being used.
    package var sessionIdle: Duration = .seconds(20 * 60)
    package var temporaryTokenLife: Duration = .seconds(120)
    /// How far ahead a card's end may lie.
    package var expirationYears = 20
    package var keysPerUser = 10
    /// How far back a search looks that names no dates.
    package var searchMonths = 4
    package var idempotencySeconds: Int64 = 300
    /// The file batch answers have the envelope.
    package var fileBatchEnvelope = true
    /// From upload to the first row, and between two groups of rows.
    package var fileBatchDelay: Duration = .seconds(5)
    package var fileBatchRowsPerStep = 500
    package var fileBatchKeeps: Duration = .seconds(10 * 86_400)
    package var fileBatchRows = 20_000
    /// Names of uploaded files whose processing fails.
    package var failingFiles: Set<String> = []
    /// What card networks say when a stored card is paid with, by its last four digits: its new end.
    package var accountUpdates: [String: CardExpiry] = [:]
    /// From settlement to the return of a bank payment, and to a late one.
    package var returnDelay: Duration = .seconds(3600)
    package var lateReturnDelay: Duration = .seconds(2 * 86_400)
    /// The hour of the day, UTC, at which subscriptions are billed.
    package var billingSecondOfDay = 6 * 3600
    /// How long after a declined renewal the next attempt is.
    package var billingRetry: Duration = .seconds(86_400)
    package var chargeOnDay = ChargeOnDay.atOnce
    /// Answers after which a subscription is not billed any more.
    package var stoppingCodes: Set<String> = []
    /// Waits between attempts to deliver a webhook; after the last one the hook is switched off.
    package var webhookRetries: [Duration] = [
        .seconds(5 * 60), .seconds(10 * 60), .seconds(20 * 60), .seconds(40 * 60), .seconds(80 * 60),
        .seconds(160 * 60), .seconds(320 * 60), .seconds(640 * 60),
    ]
    package var webhookTimeout: Duration = .seconds(15)
    /// Hosts beside the loopback addresses to which messages may be sent; `*`: all.
    package var webhookHosts: [String] = []
    /// What signs tests.
    package var webhookTestSecret = ""
    /// Text in front of the reason of a refused request.
    package var badRequestPrefix = "bad request error: "
    /// Codes and texts of the processors behind the gateway's own codes.
    package var processorAnswers: [ProcessorAnswerKey: ProcessorAnswer] = [:]
    /// What routing numbers of test accounts do.
    package var routingNumbers: [String: RoutingTrigger] = [:]
    /// What is known of cards by their leading digits; the longest that fits counts.
    package var bins = BINTable([])
    package var brands = BrandTable([])
    /// Codes that stand for answers of other tables: a processor that was silent, any other refusal.
    package var silentProcessorCode = ""
    package var refusalCode = ""
    /// Of a batch that the processor rejected.
    package var rejectedBatchCode = ""
    /// Of a payment that is the same as one made within ``duplicateWindow``.
    package var duplicateCode: String?
    /// Zero: payments are never held against each other.
    package var duplicateWindow: Duration = .zero
    package var stopRecurringCode: String?
    package var closedContactCode: String?
    package var lockedCode: String?
    package var pendingRedirectCode: String?
    /// The answer of the merchant's own rule engine, which a request may bypass.
    package var ruleEngineCode: String?
    package var partialPayments = PartialPayments.always
    /// In place of a partial approval that nobody asked for.
    package var partialRefusedCode: String?

    package init() {}
}

package struct ProcessorAnswerKey: Hashable, Sendable {
    package let processor: ProcessorName
    package let code: String

    package init(processor: ProcessorName, code: String) {
        self.processor = processor
        self.code = code
    }
}

/// What the processor itself said, behind a code of the gateway. `<authcode>` in the text stands for that code.
package struct ProcessorAnswer: Hashable, Sendable {
    package let code: String
    package let text: String

    package init(code: String, text: String) {
        self.code = code
        self.text = text
    }
}

/// What becomes of payments from a test account.
package enum RoutingTrigger: Hashable, Sendable {
    case decline(code: String)
    /// Approved, and returned while it settles, for this reason.
    case comesBack(ReturnCode)
    /// Settled, and returned days later.
    case comesBackLate(ReturnCode)
}
