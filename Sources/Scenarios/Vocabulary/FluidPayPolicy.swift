import Payments
import Processor

/// The switches of the Fluid Pay gateway, key by key.
enum FluidPayPolicy {
    static let section = Section<GatewayPolicy>(
        "the switches", answers + payments + recurring + batches + webhooks + codes)

    private static let answers: [Field<GatewayPolicy>] = [
        Field("transactionShape", \.transactionShape, .choice("shape"), "list: a transaction comes in a list of one"),
        Field(
            "unknownTransaction", \.unknownTransaction, .choice("answer"), "notFound, or emptyList with status 200"),
        Field("badRequestPrefix", \.badRequestPrefix, .text, "in front of the reason of a refused request"),
        Field("fileBatchEnvelope", \.fileBatchEnvelope, .flag, "false: the status of a file batch comes bare"),
        Field("sessionIdle", \.sessionIdle, .duration, "how long a session lives without being used"),
        Field("recoveryMessage", \.recoveryMessage, .text, "answers about forgotten names and passwords"),
        Field("resetCodeLife", \.resetCodeLife, .duration, "how long a code for a new password is good"),
        Field("resetCode", \.resetCode, .name("a code"), "every code for a new password, in place of random ones"),
        Field("keysPerUser", \.keysPerUser, .integer(1...1000), "how many keys a user may have"),
        Field("searchMonths", \.searchMonths, .integer(1...120), "how far back a search looks that names no dates"),
    ]

    private static let payments: [Field<GatewayPolicy>] = [
        Field(
            "amountMismatch", \.amountMismatch, .choice("answer"),
            "an amount that is not the calculated total: refuse, or take the calculated or the given one"),
        Field(
            "temporaryTokenLife", \.temporaryTokenLife, .duration, "how long a token of the Tokenizer is good"),
        Field(
            "duplicateWindow", \.duplicateWindow, .duration,
            "how long the same payment again is refused with duplicateCode; 0s: never"),
        Field("expirationYears", \.expirationYears, .integer(1...99), "how far ahead a card's end may lie"),
        Field(
            "idempotencySeconds", .integer(0...31_536_000), "how long a key means the first payment"
        ) { seconds, _, policy, _ in policy.idempotencySeconds = Int64(seconds) },
        Field(
            "partialPayments", \.partialPayments, .choice("answer"),
            "always, or onRequest: a part is approved only with allow_partial_payment"),
        Field("returnDelay", \.returnDelay, .duration, "from settlement to the return of a bank payment"),
        Field("lateReturnDelay", \.lateReturnDelay, .duration, "the same for a late return"),
    ]

    private static let recurring: [Field<GatewayPolicy>] = [
        Field("billingAt", \.billingSecondOfDay, .timeOfDay, "time of day, UTC, at which subscriptions are billed"),
        Field("billingRetry", \.billingRetry, .duration, "from a declined renewal to the next attempt"),
        Field(
            "chargeOnDay", \.chargeOnDay, .choice("meaning"),
            "what charge_on_day means without next_bill_date: atOnce, or on the next billingDay"),
        Field(
            "stoppingCodes", .oneOrMany(of: .name("a code")),
            "answers after which a subscription is not billed any more"
        ) { codes, _, policy, _ in policy.stoppingCodes = Set(codes) },
    ]

    private static let batches: [Field<GatewayPolicy>] = [
        Field("fileBatchDelay", \.fileBatchDelay, .duration, "from the upload of a file to its first rows"),
        Field(
            "fileBatchRowsPerStep", \.fileBatchRowsPerStep, .integer(1...100_000),
            "rows that are processed at a time"),
        Field("fileBatchRows", \.fileBatchRows, .integer(1...1_000_000), "rows that a file may have"),
        Field(
            "failingFiles", .oneOrMany(of: .name("a file name")), "names of uploaded files whose processing fails"
        ) { names, _, policy, _ in policy.failingFiles = Set(names) },
        Field("fileBatchKeeps", \.fileBatchKeeps, .duration, "how long results can be had"),
    ]

    private static let webhooks: [Field<GatewayPolicy>] = [
        Field(
            "webhookRetries", \.webhookRetries, .list(of: .duration),
            "waits between attempts; after the last one the hook is switched off"),
        Field("webhookTimeout", \.webhookTimeout, .duration, "how long an endpoint may take"),
        Field(
            "webhookHosts", \.webhookHosts, .oneOrMany(of: .name("a host name without port, or *")),
            "hosts that may be sent to, beside the loopback addresses; * is any"),
        Field("webhookTestSecret", \.webhookTestSecret, .name("a secret"), "what signs test messages"),
    ]

    private static let codes: [Field<GatewayPolicy>] = [
        code("silentProcessorCode", \.silentProcessorCode, "of a processor that does not answer"),
        code("refusalCode", \.refusalCode, "of a refusal by the gateway itself"),
        code("rejectedBatchCode", \.rejectedBatchCode, "of a batch that the processor rejected"),
        Field("duplicateCode", \.duplicateCode, .name("a code"), "of a payment that was made before"),
        Field("stopRecurringCode", \.stopRecurringCode, .name("a code"), "of a card that takes no renewals"),
        Field("closedContactCode", \.closedContactCode, .name("a code"), "of a card whose account is closed"),
        Field("lockedCode", \.lockedCode, .name("a code"), "of a card that is locked for security"),
        Field("pendingRedirectCode", \.pendingRedirectCode, .name("a code"), "of a payment on another page"),
        Field("ruleEngineCode", \.ruleEngineCode, .name("a code"), "of the rule engine, which a request may bypass"),
        Field(
            "partialRefusedCode", \.partialRefusedCode, .name("a code"),
            "in place of a partial approval that the request does not allow"),
    ]

    private static func code(
        _ key: String, _ path: any WritableKeyPath<GatewayPolicy, String> & Sendable, _ summary: String
    ) -> Field<GatewayPolicy> {
        Field(key, path, .name("a code"), "the code " + summary)
    }
}

/// A row of a table of processors' own answers.
struct ProcessorAnswerRow: PlacedRow, Sendable {
    var processor = ""
    var code = ""
    var answer = ""
    var text = ""
    var place: Place

    static let table = Table<ProcessorAnswerRow>(
        "a table of processors' answers",
        [
            Column(text: "processor", required: true, "short name of the processor") { $1.processor = $0 },
            Column(text: "code", required: true, "the gateway's code") { $1.code = $0 },
            Column(text: "answer", "the processor's code behind it") { $1.answer = $0 },
            Column(text: "text", "the processor's words; <authcode> stands for that code") { $1.text = $0 },
        ],
        make: { ProcessorAnswerRow(place: $0) })

    static func read(_ files: [SourceFile], _ reading: Reading) -> [ProcessorAnswerKey: ProcessorAnswer] {
        var answers: [ProcessorAnswerKey: ProcessorAnswer] = [:]
        for row in reading.rows(of: files, table, key: \.key, "this processor and code") {
            if reading.responseCodes.response(row.key.processor, row.code) == nil {
                reading.unknown(
                    "response code", row.code, at: row.place, among: reading.responseCodes.codes(of: row.key.processor),
                    suffix: " of \(row.processor)")
            }
            answers[row.key] = ProcessorAnswer(code: row.answer, text: row.text)
        }
        return answers
    }

    private var key: ProcessorAnswerKey { ProcessorAnswerKey(processor: ProcessorName(processor), code: code) }
}

/// A row of a table of routing numbers.
struct RoutingRow: PlacedRow, Sendable {
    enum Effect: String, CaseIterable, Sendable { case decline, comesBack, comesBackLate }

    var number = ""
    var effect = Effect.decline
    var code: String?
    var place: Place

    static let table = Table<RoutingRow>(
        "a table of routing numbers",
        [
            Column("number", .digits(9...9, "nine digits"), required: true, "the routing number") { $1.number = $0 },
            Column("effect", .choice("effect"), required: true, "what becomes of the payment") { $1.effect = $0 },
            Column(text: "code", "the response code of a decline, or the bank's reason to send a payment back") {
                $1.code = $0
            },
        ],
        make: { RoutingRow(place: $0) })

    static func read(_ files: [SourceFile], _ reading: Reading) -> [String: RoutingTrigger] {
        var triggers: [String: RoutingTrigger] = [:]
        for row in reading.rows(of: files, table, key: \.number, "this routing number") {
            guard let code = row.code else {
                reading.report(.error, at: row.place, "the effect '\(row.effect.rawValue)' needs the column 'code'")
                continue
            }
            switch row.effect {
            case .comesBack: triggers[row.number] = .comesBack(ReturnCode(code))
            case .comesBackLate: triggers[row.number] = .comesBackLate(ReturnCode(code))
            case .decline: triggers[row.number] = .decline(code: code)
            }
        }
        return triggers
    }
}
