import JSON
import Payments
import Processor
import ServiceKit

/// `funding`: what a merchant was paid on a day, with the return codes of bank account payments (reference §9.3).
enum FundingEndpoint {
    static func answer(_ call: GatewayCall) -> ServiceAnswer {
        guard let text = call.query("date"), let day = SettlementQuery.day(text), let page = FundingPage(call) else {
            return SettlementQuery.refuse(call)
        }
        let command = InquireFunding(service: "cardpointe", merchant: call.merchant, day: day, wire: call.fields)
        return SettlementQuery.perform(command, call) { report in
            guard let report else {
                var object = AnswerObject()
                object.add("errormsg", "No deposits match your request")
                return call.answer(object)
            }
            return call.answer(FundingObject(report, page, call).object)
        }
    }
}

/// Which lines of a payout are asked for.
struct FundingPage {
    let range: Range<Int>

    /// Nil when `page` or `limit` is no number above zero.
    init?(_ call: GatewayCall) {
        guard let limit = Self.number(call.query("limit"), or: Self.longest),
            let page = Self.number(call.query("page"), or: 1)
        else { return nil }
        let length = min(limit, Self.longest)
        let (start, overflowed) = (page - 1).multipliedReportingOverflow(by: length)
        let lower = overflowed ? Int.max - Self.longest : min(start, Int.max - Self.longest)
        range = lower..<(lower + length)
    }

    /// Lines in one answer.
    static let longest = 1000

    private static func number(_ text: String?, or absent: Int) -> Int? {
        guard let text else { return absent }
        guard let number = Int(text), number > 0 else { return nil }
        return number
    }
}

/// The body of a `funding` answer.
struct FundingObject {
    private(set) var object = AnswerObject()
    private let report: FundingReport
    private let call: GatewayCall
    private let form: SettlementSettings.FundingForm
    private let currency: Currency

    init(_ report: FundingReport, _ page: FundingPage, _ call: GatewayCall) {
        self.report = report
        self.call = call
        form = call.request.behavior.settlement.fundingForm
        currency = report.lines.first?.transaction.approved.currency ?? call.profile?.value.currency ?? .usd
        let shown = page.range.clamped(to: report.lines.indices)
        let payments = shown.filter { !report.lines[$0].isChargeback }
        let disputed = shown.filter { report.lines[$0].isChargeback }
        if !payments.isEmpty { object.add("txns", value: .array(payments.map { .object(line($0)) })) }
        if !disputed.isEmpty {
            object.add("adjustments", value: .array(disputed.map { .object(adjustment($0)) }))
            object.add("chargebacks", value: .array(disputed.map { .object(chargeback($0)) }))
        }
        object.add("fundingdate", date)
        object.add("merchid", call.merchant.id.text)
        object.add("datechanged", date)
        object.add("fundings", value: .array([record]))
        object.add("fundingmasterid", value: identifier(report.master))
    }

    private var date: String { FundingText.date(CivilTime(daysSince1970: report.funding.day)) }

    private var record: JSONValue {
        let totals = FundingTotals(report.lines, call.request.behavior.settlement)
        var object: JSONObject = [
            "totalfunding": amount(totals.total), "netsales": amount(totals.sales),
            "adjustment": amount(totals.returns), "interchangefee": amount(totals.interchange),
            "servicecharge": amount(totals.serviceCharge), "fee": amount(totals.fees), "thirdparty": amount(0),
            "reversal": amount(0), "otheradjustment": amount(0), "currency": .string(currency.code),
            "fundingid": identifier(report.record), "fundingmasterid": identifier(report.master),
            "merchid": .string(call.merchant.id.text), "fundingdate": .string(date), "dateadded": .string(date),
            "datechanged": .string(date),
        ]
        object.members += transfer(totals)
        return .object(object)
    }

    /// To which account the money went, as banks name transfers; recordings have none of it.
    private func transfer(_ totals: FundingTotals) -> [JSONObject.Member] {
        guard form == .documented, let bank = call.request.behavior.settlement.bank else { return [] }
        return [
            .init("ddanumber", .string(bank.account)), .init("abanumber", .string(bank.routing)),
            .init("deposittrancode", .string(totals.total < 0 ? bank.debitCode : bank.creditCode)),
            .init("depositachtracenumber", .string(bank.tracePrefix + report.trace)),
        ]
    }

    /// The money of a disputed payment that is taken back.
    private func adjustment(_ position: Int) -> JSONObject {
        var object = line(position)
        object["type"] = "CHARGEBACK"
        object["status"] = "Processed"
        object["achreturncode"] = nil
        object.append("casenumber", caseNumber(position))
        return object
    }

    private func chargeback(_ position: Int) -> JSONObject {
        let line = report.lines[position]
        let transaction = line.transaction
        let zone = call.request.behavior.clock.zone
        let code = line.returned ?? ReturnCode("")
        var object: JSONObject = [
            "fundingchargebackid": identifier(report.lineNames[position]),
            "fundingmasterid": identifier(report.master), "casenumber": caseNumber(position),
            "sequencenumber": .string("1"), "acquirereferencenumber": .string(transaction.reference.text),
            "retref": .string(transaction.reference.text), "merchid": .string(call.merchant.id.text),
            "amount": amount(line.minorUnits), "transactionamount": amount(transaction.approved.minorUnits),
            "transactiondate": .string(FundingText.date(zone.civilTime(transaction.createdAt))),
            "chargebackdate": .string(date), "depositdate": .string(date), "dateadded": .string(date),
            "datechanged": .string(date), "reasoncode": .string(code.text),
            "reasondescription": .string(call.request.behavior.returnCodes[code]?.meaning ?? ""),
            "cardnumber": .string(masked(transaction)), "sourcetransactionid": .string(transaction.reference.text),
        ]
        if let code = transaction.authorizationCode { object.append("authcode", .string(code)) }
        object.members += FundingMemos.members(transaction).filter { $0.name == "invoicenumber" }
        return object
    }

    /// What an adjustment and its chargeback have in common.
    private func caseNumber(_ position: Int) -> JSONValue { .string(report.lineNames[position]) }

    private func line(_ position: Int) -> JSONObject {
        let line = report.lines[position]
        let transaction = line.transaction
        let zone = call.request.behavior.clock.zone
        let isCredit = transaction.signedMinorUnits < 0
        let fees = FundingFees(line, call.request.behavior.settlement)
        var members: [JSONObject.Member] = [
            .init("fundingid", identifier(report.lineNames[position])),
            .init("fundingtxnid", identifier(report.master)),
            .init("retref", .string(transaction.reference.text)),
            .init("type", .string(isCredit ? "REFUND" : "SALE")),
            .init("status", .string(line.returned == nil ? "Processed" : "Rejected")),
            .init("amount", amount(line.minorUnits)), .init("currency", .string(transaction.approved.currency.code)),
            .init("date", .string(FundingText.date(zone.civilTime(transaction.createdAt)))),
            .init("cardnumber", .string(masked(transaction))),
            .init("cardtype", .string("Credit")),
            .init("cardbrand", .string(CardType.brand(transaction.account, call))),
            .init("cardproc", .string(transaction.processor.text)),
            .init("respcode", .string(transaction.response.code)),
            .init("authdate", .string(zone.civilTime(transaction.createdAt).compactDateTime)),
            .init("interchangeunitfee", fees.unit == 0 ? zero : amount(fees.unit)),
            .init("interchangepercentfee", fees.share == 0 ? zero : amount(fees.share)),
        ]
        if let code = transaction.authorizationCode { members.append(.init("authcode", .string(code))) }
        if let batch = line.batch { members.append(.init("batchid", .string(String(batch.number)))) }
        if let code = line.returned { members.append(.init("achreturncode", .string(code.text))) }
        if let parent = line.parent { members.append(.init("parentretref", .string(parent.text))) }
        if form == .documented {
            members.append(.init("sourcetransactionid", .string(transaction.reference.text)))
        }
        members += interchange(transaction)
        members += FundingMemos.members(transaction)
        return JSONObject(members)
    }

    private func interchange(_ transaction: Transaction) -> [JSONObject.Member] {
        guard form == .documented,
            let plan = call.request.behavior.settlement.interchangePlans.first(where: { $0.fits(transaction) })
        else { return [] }
        let downgrade = plan.downgrade.isEmpty ? [] : [plan.downgrade]
        return [.init("plancode", .string(plan.plan))]
            + downgrade.map { .init("downgradereasoncodes", .string($0)) }
    }

    /// `44XXXXXXXXXX1111`: the two digits that the token carries, and the last four.
    private func masked(_ transaction: Transaction) -> String {
        guard let token = transaction.account.token else { return "" }
        return token.text.dropFirst().prefix(2) + String(repeating: "X", count: 10) + token.lastFour
    }

    private var zero: JSONValue { form == .documented ? .string("0") : .number("0") }

    /// Major units in a text, as documented; minor units in a number, as recorded in 2014.
    private func amount(_ minorUnits: Int64) -> JSONValue {
        switch form {
        case .documented: .string(Money(minorUnits: minorUnits, currency: currency).decimalText)
        case .recorded: .number(String(minorUnits))
        }
    }

    private func identifier(_ digits: String) -> JSONValue {
        switch form {
        case .documented: .string(digits)
        case .recorded: .number(String(digits.drop { $0 == "0" }))
        }
    }
}

/// What the client said of a payment, as payouts repeat it (reference §9.3).
enum FundingMemos {
    static func members(_ transaction: Transaction) -> [JSONObject.Member] {
        guard !transaction.details.memos.isEmpty else { return [] }
        return texts(transaction) + userFields(transaction)
    }

    private static func texts(_ transaction: Transaction) -> [JSONObject.Member] {
        [("invoicenumber", "invoiceid"), ("terminalnumber", "termid")].compactMap { name, memo in
            transaction.details.memos.first { $0.name == memo }?.json.map { JSONObject.Member(name, $0) }
        }
    }

    /// `userfield0` to `userfield9`, in production only.
    private static func userFields(_ transaction: Transaction) -> [JSONObject.Member] {
        guard transaction.merchant.scope.environment == .production,
            let value = transaction.details.memos.first(where: { $0.name == UserFields.member })?.json,
            let pairs = UserFields.pairs(value)
        else { return [] }
        return pairs.prefix(10).enumerated().map { position, pair in
            JSONObject.Member("userfield\(position)", ["name": .string(pair.name), "value": pair.value])
        }
    }
}

enum FundingText {
    /// `2030-01-04`.
    static func date(_ civil: CivilTime) -> String { String(civil.iso8601.prefix(10)) }
}

/// `deposit`: the older sibling of `funding`, as recorded in 2014 (reference §9.4).
enum DepositEndpoint {
    static func answer(_ call: GatewayCall) -> ServiceAnswer {
        guard let text = call.query("date"), let day = SettlementQuery.day(text) else {
            return SettlementQuery.refuse(call)
        }
        let command = InquireDeposits(service: "cardpointe", merchant: call.merchant, day: day, wire: call.fields)
        return SettlementQuery.perform(command, call) { deposits in call.answer(deposits.map { object($0, call) }) }
    }

    private static func object(_ deposit: InquireDeposits.Deposit, _ call: GatewayCall) -> AnswerObject {
        let currency = deposit.lines.first?.transaction.approved.currency ?? .usd
        let total = deposit.lines.reduce(Int64(0)) { $0 + $1.minorUnits }
        let zero = Money.zero(currency).decimalText
        var object = AnswerObject()
        object.add("postdate", CivilTime(daysSince1970: deposit.postedOn).compactDate)
        object.add("cbakamnt", zero)
        object.add("accttype", CardType.letter(deposit.brand))
        object.add("feeamnt", zero)
        object.add("respproc", deposit.processor.text)
        object.add("currency", currency.code)
        object.add("txns", value: .array(deposit.lines.map { .object(transaction($0, zero)) }))
        object.add("amount", Money(minorUnits: total, currency: currency).decimalText)
        object.add("resptext", "")
        object.add("depositid", value: .number(String(deposit.number)))
        object.add("merchid", call.merchant.id.text)
        object.add("action", "")
        object.add("actdate", CivilTime(daysSince1970: deposit.settledOn).compactDate)
        return object
    }

    private static func transaction(_ line: FundingLine, _ zero: String) -> JSONObject {
        let amount = line.transaction.approved.with(minorUnits: Int64(line.minorUnits.magnitude))
        return [
            "merchbatch": .number(String(line.batch?.number ?? -1)),
            "retref": .string(line.transaction.reference.text),
            "hostbatch": .string(String(String(line.hostBatch ?? 0).suffix(4))), "feeamnt": .string(zero),
            "action": .string(line.minorUnits < 0 ? "REF" : "DEB"), "depamnt": .string(amount.decimalText),
        ]
    }
}
