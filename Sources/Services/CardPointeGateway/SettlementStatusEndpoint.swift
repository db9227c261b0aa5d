import JSON
import Payments
import Processor
import ServiceKit

/// `settlestat` by date, by batch, or what is new (reference §9.1).
enum SettlementStatusEndpoint {
    static func answer(_ call: GatewayCall) -> ServiceAnswer {
        let filter: InquireSettlement.Filter
        if let text = call.query("batchid") {
            guard let number = Int(text), number >= 0 else { return SettlementQuery.refuse(call) }
            filter = .batch(number)
        } else if let text = call.query("date") {
            guard let day = SettlementQuery.monthAndDay(text) else { return SettlementQuery.refuse(call) }
            filter = .closed(on: day)
        } else {
            filter = .new
        }
        return SettlementQuery.batches(filter, call) { BatchObject.make($0, call, withTotals: false) }
    }
}

/// `settlestatByBatchSource` (reference §9.2).
enum SettlementStatusBySourceEndpoint {
    static func answer(_ call: GatewayCall) -> ServiceAnswer {
        guard let source = call.fields.text("batchsource") else { return SettlementQuery.refuse(call) }
        return SettlementQuery.batches(.source(BatchSource(source)), call) {
            BatchObject.make($0, call, withTotals: true)
        }
    }
}

/// What the queries about settlement have in common.
enum SettlementQuery {
    /// The literal text for nothing at all; still called JSON. Source: reference §9.1.
    static let nothing = Array("Null batches".utf8)

    static func batches(
        _ filter: InquireSettlement.Filter, _ call: GatewayCall, _ object: (BatchView) -> AnswerObject
    ) -> ServiceAnswer {
        let command = InquireSettlement(
            service: "cardpointe", merchant: call.merchant, filter: filter, wire: call.fields)
        return perform(command, call) { found in
            found.isEmpty ? call.answer(body: nothing) : call.answer(found.map(object))
        }
    }

    static func perform<C: Command>(
        _ command: C, _ call: GatewayCall, _ make: (C.Outcome) -> ServiceAnswer
    ) -> ServiceAnswer {
        do throws(JournalFault) {
            let performed = try call.request.world.perform(command)
            var answer = make(performed.outcome)
            answer.follow(performed.recorded)
            return answer
        } catch {
            return call.failed(error)
        }
    }

    /// A query that cannot be read. The documents do not tell the answer; this is the gateway's own for a bad field.
    static func refuse(_ call: GatewayCall) -> ServiceAnswer {
        FollowUpCall.refuse(.invalidField, call) { _ in }
    }

    /// `MMDD`.
    static func monthAndDay(_ text: String) -> RecentDay? {
        guard text.utf8.count == 4 else { return nil }
        return RecentDay(year: nil, digits: text)
    }

    /// `MMDD` or `YYYYMMDD`.
    static func day(_ text: String) -> RecentDay? {
        if text.utf8.count == 4 { return monthAndDay(text) }
        guard text.utf8.count == 8, let year = Int(text.prefix(4)), Digits.areAll(text.prefix(4)) else { return nil }
        return RecentDay(year: year, digits: String(text.suffix(4)))
    }
}

extension RecentDay {
    /// Month and day in four digits; nil for what no calendar has.
    fileprivate init?(year: Int?, digits: String) {
        var scanner = DigitScanner(digits)
        guard let month = scanner.number(2), let day = scanner.number(2), (1...12).contains(month),
            (1...31).contains(day)
        else { return nil }
        self.init(year: year, month: month, day: day)
    }
}

/// A batch as `settlestat` tells it, in the order of the published samples.
enum BatchObject {
    static func make(_ view: BatchView, _ call: GatewayCall, withTotals: Bool) -> AnswerObject {
        let batch = view.batch
        var object = AnswerObject()
        object.add("txns", value: .array(view.members.map { .object(transaction($0, batch, call)) }))
        object.add("batchid", String(batch.id.number))
        object.add("hoststat", SettlementText.host(batch.stage))
        object.add("merchid", batch.id.merchant.id.text)
        object.add("hostbatch", hostBatch(batch, view.processor, call))
        object.add("respproc", view.processor.text)
        guard let currency = view.members.first?.approved.currency ?? call.profile?.value.currency, withTotals else {
            return object
        }
        let totals = view.totals
        object.add("batchsource", ifPresent: batch.source?.text)
        object.add("chargecnt", value: .number(String(totals.captureCount)))
        object.add("chargetotal", Money(minorUnits: totals.captured, currency: currency).decimalText)
        object.add("refundcnt", value: .number(String(totals.refundCount)))
        object.add("refundtotal", Money(minorUnits: totals.refunded, currency: currency).decimalText)
        return object
    }

    /// The processor's number, with the zeros that it writes; empty while it has none.
    static func hostBatch(_ batch: SettlementBatch, _ processor: ProcessorName, _ call: GatewayCall) -> String {
        guard let number = batch.hostNumber else { return "" }
        let digits = String(number)
        let width = call.request.behavior.processors[processor]?.hostBatchDigits ?? 1
        return String(repeating: "0", count: max(0, width - digits.utf8.count)) + digits
    }

    private static func transaction(
        _ transaction: Transaction, _ batch: SettlementBatch, _ call: GatewayCall
    ) -> JSONObject {
        var members: [JSONObject.Member] = []
        if let code = transaction.authorizationCode { members.append(.init("authcode", .string(code))) }
        let amount = transaction.approved.with(minorUnits: transaction.signedMinorUnits)
        members.append(.init("setlamount", .string(amount.decimalText)))
        members.append(.init("setlstat", .string(SettlementText.letter(batch.result(of: transaction.id)))))
        members.append(.init("salesdoc", .string(transaction.details.orderID?.text ?? "")))
        members.append(.init("cardtype", .string(CardType.text(transaction.account, call))))
        members.append(.init("retref", .string(transaction.reference.text)))
        return JSONObject(members)
    }
}

/// `cardtype`, `cardbrand` and `accttype` of an account.
enum CardType {
    /// As the scenario names the brand: `VISA`, `MC`.
    static func text(_ account: TransactionAccount, _ call: GatewayCall) -> String {
        if account.tender == .ach { return ProfileFields.text(.checking, call) ?? "" }
        return account.brand.map { call.request.behavior.brands.settlementName(of: $0) } ?? ""
    }

    static func brand(_ account: TransactionAccount, _ call: GatewayCall) -> String {
        account.tender == .ach ? text(account, call) : account.brand?.text.uppercased() ?? ""
    }

    /// One letter, as deposits have it; `E` for bank accounts.
    static func letter(_ brand: CardBrand?) -> String { brand.map { String($0.text.prefix(1)) } ?? "E" }
}
