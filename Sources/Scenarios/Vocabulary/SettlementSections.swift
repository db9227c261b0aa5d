import Payments
import Processor

/// How batches are closed, answered and paid out, key by key.
enum SettlementSections {
    static let settlement = Section<SettlementSettings>(
        "the settlement of batches",
        [
            Field("confirmAfter", \.confirmAfter, .duration, "how long the processor takes to answer a batch"),
            Field(
                "closedBatches", \.closedBatches, .choice("moment"),
                "when a batch that was closed by hand goes to the processor"),
            Field(
                "manualBatches", \.manualBatches, .choice("moment"),
                "when a batch that was opened by hand is closed without being asked for"),
            Field(
                "unknownBatchSource", \.unknownBatchSource, .choice("batch"),
                "where a payment goes whose batch source nobody has opened"),
            Field(
                "manualBatchLimit", \.manualBatchLimit, .integer(0...10_000),
                "batches that one merchant may have open besides its usual one"),
            Field(
                "checksPurchases", \.checksPurchases, .flag,
                "level 2 and level 3 data that cannot be read are a format error"),
            Field("itemSums", \.itemSums, .choice("treatment"), "what becomes of items that do not make the amount"),
            Field("funding", \.funds, .flag, "false: nothing is ever paid out"),
            Field("fundingAfterDays", \.fundsAfterDays, .integer(0...60), "days from settlement to payout"),
            Field("fundingForm", \.fundingForm, .choice("form"), "how payouts write amounts and dates"),
            Field("returnAfter", \.returnsAfter, .duration, "how long after settlement a bank sends a payment back"),
            Field("chargebackAfter", \.disputesAfter, .duration, "how long after settlement a cardholder disputes"),
            Field(
                "interchangeUnitFee", \.interchangeUnitFee, .amount, "what card networks keep of each sale"),
            Field(
                "interchangePercent", .basisPoints, "which share of it they keep, in percent"
            ) { share, _, settings, _ in settings.interchangeBasisPoints = share },
            Field("serviceCharge", \.serviceCharge, .amount, "what the processor keeps of each payout"),
            Field("bank", bank, "the bank account of payouts, as they tell it; left out: they do not") {
                bank, _, settings, _ in settings.bank = bank
            },
            Field(
                "interchangePlans", .list(of: plan), "by what card networks reckon their share; the first that fits"
            ) { plans, _, settings, _ in settings.interchangePlans = plans },
            Field(
                "returnAmounts", .range(of: .amount, within: 0...Int64.max),
                "bank account payments of these amounts come back; the last two digits before the point name the code"
            ) { range, _, settings, _ in settings.returnAmounts = range },
        ])

    private static let bank = Section<PayoutBank>(
        "a bank account of payouts",
        [
            Field("account", \.account, .text, required: true, "its number, masked"),
            Field("routing", \.routing, .text, required: true, "the routing number of its bank, masked"),
            Field("creditCode", \.creditCode, .text, "the transaction code of a payout"),
            Field("debitCode", \.debitCode, .text, "that of one that is less than nothing"),
            Field("tracePrefix", \.tracePrefix, .text, "what trace numbers begin with"),
        ]
    ).reader { _ in PayoutBank() }

    private static let plan = Section<InterchangePlan>(
        "an interchange plan",
        [
            Field("brand", .oneOrMany(of: .brand), "the card brands; left out: any") { brands, _, plan, _ in
                plan.brands = Set(brands)
            },
            Field("entryMode", .oneOrMany(of: .choice("entry mode")), "how the card data came; left out: in any way") {
                modes, _, plan, _ in plan.entryModes = Set(modes)
            },
            Field("plan", \.plan, .text, required: true, "its code"),
            Field("downgrade", \.downgrade, .text, "the reasons why it is not a better one"),
        ]
    ).reader { _ in InterchangePlan() }

    /// The batch numbers of a processor.
    static let hostBatchNumbers = Section<HostBatchDraft>(
        "the processor's own batch numbers",
        [
            Field("first", \.numbers.first, .integer(0...999_999_999_999), "the number of the first batch"),
            Field("step", \.numbers.step, .integer(1...1_000_000), "how much the next one is more"),
            Field("digits", \.digits, .integer(1...16), "how many digits are written at least, zeros in front"),
        ])
}

/// The processor's own batch numbers while they are read.
struct HostBatchDraft: Sendable {
    var numbers = BatchNumbering(first: 1, step: 1)
    var digits = 1
}

/// A row of a table of codes with which banks send payments back.
struct ReturnCodeRow: PlacedRow, Sendable {
    var code = ""
    var meaning = ""
    var place: Place

    static let table = Table<ReturnCodeRow>(
        "a table of return codes",
        [
            Column(text: "code", required: true, "the code, such as R01") { $1.code = $0 },
            Column(text: "meaning", required: true, "what it means") { $1.meaning = $0 },
        ],
        make: { ReturnCodeRow(place: $0) })

    static func read(_ files: [SourceFile], _ reading: Reading) -> ReturnCodeTable {
        let rows = reading.rows(of: files, table, key: \.code, "this return code")
        let table = ReturnCodeTable(
            rows.map {
                ReturnCodeTable.Row(code: ReturnCode($0.code), meaning: $0.meaning, source: $0.place.sourceLine)
            })
        reading.returnCodes = table.rows.map(\.code.text)
        return table
    }
}

/// `R01` or `{ code: R01, after: 3d }` while it is read.
private struct ReturnDraft: Sendable {
    var code = ""
    var after: Duration?
}

extension Reader where Value == SettlementWish.Return {
    /// A code of the scenario's table, perhaps with another time.
    static var bankReturn: Reader {
        let code = Reader<String>.name("a return code").then { text, node, reading -> String? in
            if reading.returnCodes.contains(text) || reading.library.missesTable { return text }
            reading.unknown("return code", text, at: node.place, among: reading.returnCodes)
            return nil
        }
        let long = Section<ReturnDraft>(
            "a return",
            [
                Field("code", \.code, code, required: true, "a code of the table of return codes"),
                Field("after", \.after, .duration, "how long after settlement; left out: the scenario's time"),
            ]
        ).reader({ _ in ReturnDraft() }) { draft, _, _ in
            SettlementWish.Return(code: ReturnCode(draft.code), after: draft.after)
        }
        return Reader(.either([code.shape, long.shape])) { node, reading in
            guard case .scalar = node.content else { return long.read(node, reading) }
            return code.read(node, reading).map { SettlementWish.Return(code: ReturnCode($0), after: nil) }
        }
    }
}

extension ActionDraft {
    /// What a rule says about settlement.
    static let settlements: [Field<ActionDraft>] = [
        Field("settle", .choice("settlement result"), "what the processor makes of it at settlement") {
            result, member, draft, _ in
            draft.settlement.result = result
            draft.settlementPlace = member.keyPlace
        },
        Field("return", .bankReturn, "a bank account payment comes back after settlement: R01, or with a time") {
            returned, member, draft, _ in
            draft.settlement.returns = returned
            draft.settlementPlace = member.keyPlace
        },
        Field("chargeback", .bankReturn, "a cardholder disputes a payment after settlement: a code, or with a time") {
            disputed, member, draft, _ in
            draft.settlement.disputes = disputed
            draft.settlementPlace = member.keyPlace
        },
    ]

    /// Nil for a rule about requests.
    var settlementWish: SettlementWish? { settlementPlace == nil ? nil : settlement }
}

/// Rules about settlement are kept apart from those about requests.
enum SettlementRuleChecks {
    /// Adds the operation that a rule about settlement means when it names none; reports one that can never be.
    static func completed(_ draft: RuleDraft, _ reading: Reading) -> RuleDraft {
        guard let place = draft.then.settlementPlace else {
            return draft.when.conditions.operations.isSubset(of: operations)
                && !draft.when.conditions.operations.isEmpty
                ? reported(
                    draft, draft.when.places["operation"], reading,
                    "settlement asks only for 'settle', 'return' or 'chargeback'")
                : draft
        }
        var draft = draft
        if draft.when.conditions.operations.isEmpty {
            draft.when.conditions.operations = [SettlementOperation.transaction]
        }
        if !draft.when.conditions.operations.isSubset(of: operations) {
            return reported(
                draft, draft.when.places["operation"] ?? place, reading,
                "'settle' and 'return' belong to the operations 'settlement' and 'batch'")
        }
        let isBatch = draft.when.conditions.operations.contains(SettlementOperation.batch)
        if isBatch, draft.then.settlement.returns != nil || draft.then.settlement.disputes != nil {
            return reported(draft, place, reading, "banks return transactions, not batches")
        }
        if let result = draft.then.settlement.result {
            let fits = isBatch ? [.accepted, .rejected, .unconfirmed].contains(result) : result != .unconfirmed
            if !fits {
                return reported(
                    draft, place, reading, "a \(isBatch ? "batch" : "transaction") cannot be '\(result.rawValue)'")
            }
        }
        if draft.then.answerKey != nil || draft.then.delivery != nil {
            return reported(draft, place, reading, "nobody waits for an answer at settlement")
        }
        return draft
    }

    private static let operations: Set<String> = [SettlementOperation.transaction, SettlementOperation.batch]

    private static func reported(
        _ draft: RuleDraft, _ place: Place?, _ reading: Reading, _ message: String
    ) -> RuleDraft {
        reading.report(.error, at: place ?? draft.place, message)
        return draft
    }
}
