import JSON
import Payments
import Processor
import ServiceKit

/// `readCard`, `readManual`, `authCard`, `authManual` (reference §3.4 to §3.6).
enum CardEndpoints {
    static func readCard(_ call: BoltCall) throws(BoltFault) -> ServiceAnswer {
        _ = try call.fields.requiredAmount("amount")
        return try read(call, isManual: false)
    }

    static func readManual(_ call: BoltCall) throws(BoltFault) -> ServiceAnswer {
        if call.version >= 4 { _ = try call.fields.requiredAmount("amount") }
        return try read(call, isManual: true)
    }

    private static func read(_ call: BoltCall, isManual: Bool) throws(BoltFault) -> ServiceAnswer {
        let question = try question(call, isManual: isManual)
        let form = try SignatureForm(call.fields)
        return call.perform(.ask(.read(question))) { call, reply in Answering.answer(call, reply, form) }
    }

    static func authCard(_ call: BoltCall) throws(BoltFault) -> ServiceAnswer { try authorize(call, isManual: false) }

    static func authManual(_ call: BoltCall) throws(BoltFault) -> ServiceAnswer { try authorize(call, isManual: true) }

    private static func authorize(_ call: BoltCall, isManual: Bool) throws(BoltFault) -> ServiceAnswer {
        let amount = try call.fields.requiredAmount("amount")
        let question = try question(call, isManual: isManual)
        let terms = try terms(call, amount: amount)
        let form = try SignatureForm(call.fields)
        return call.perform(.ask(.authorize(question, terms))) { call, reply in Answering.answer(call, reply, form) }
    }

    private static func question(_ call: BoltCall, isManual: Bool) throws(BoltFault) -> CardQuestion {
        let fields = call.fields
        let isBeta = call.version >= 4
        var question = CardQuestion()
        question.isManual = isManual
        question.amount = try fields.amount("amount")
        if !isManual { question.confirmsAmount = try fields.flag("confirmAmount", default: !isBeta) }
        question.confirmsBehindCard = isBeta
        question.appliesSurcharge = isBeta
        let wantsSignature = try fields.flag("includeSignature")
        question.asksSignature = wantsSignature ?? true
        question.requiresSignature = wantsSignature == true
        question.asksPIN = try fields.flag("includePIN", default: false)
        question.asksExpiry = try fields.flag("includeExpirationDate", default: true)
        question.asksCardCode = try fields.flag("includeCVV", default: false)
        question.asksAddress = try fields.flag("includeAVS", default: false)
        switch fields.text("aid")?.lowercased() {
        case nil, "", "credit": break
        case "debit": question.isDebit = true
        default: throw BoltFault(.invalidParameter, "aid")
        }
        _ = try fields.flag("beep")
        _ = try fields.flag("includeAmountDisplay")
        return question
    }

    private static func terms(_ call: BoltCall, amount: Int64) throws(BoltFault) -> AuthorizationTerms {
        let fields = call.fields
        var payee = call.merchant
        if let other = try fields.optional("authMerchantId", upTo: 16), !other.isEmpty {
            payee = MerchantKey(scope: call.request.scope, id: MerchantID(other))
            let key = try Admission.key(of: call.request)
            guard key.covers(payee.id, at: payee.scope.site), call.request.merchant(payee.id) != nil else {
                throw BoltFault(.unauthorized)
            }
        }
        var terms = AuthorizationTerms(merchant: payee, amount: amount, orderID: try orderID(call))
        terms.capturesAtOnce = try fields.flag("capture", default: true)
        terms.voiceAuthorizationCode = try fields.optional("authCode", upTo: 6)
        if let termID = fields.text("termId"), termID.utf8.count != 8 { throw BoltFault(.invalidParameter, "termId") }
        _ = try fields.optional("invoiceId", upTo: 12)
        _ = try fields.flag("bin")
        terms.createsProfile = try fields.flag("createProfile", default: false)
        terms.memos = try memos(fields)
        try PrintTerms.check(fields, outOfRange: .printDelayOutOfRange)
        terms.prints = try fields.flag("printReceipt", default: false)
        if let milliseconds = try fields.integer("clearDisplayDelay") {
            guard (0...60_000).contains(milliseconds) else { throw BoltFault(.invalidParameter, "clearDisplayDelay") }
            terms.answerDelay = .milliseconds(milliseconds)
        } else {
            terms.answerDelay = call.settings.clearDisplayDelay
        }
        terms.wire = fields.remembered
        return terms
    }

    /// `C032UQ82820315-20180422141315` unless the client names the order.
    private static func orderID(_ call: BoltCall) throws(BoltFault) -> OrderID {
        if let sent = try call.fields.optional("orderId", upTo: 50), !sent.isEmpty { return OrderID(sent) }
        let now = call.request.behavior.clock.zone.civilTime(call.request.world.now)
        return OrderID("\(call.serial)-\(now.compactDateTime)")
    }

    private static func memos(_ fields: BoltFields) throws(BoltFault) -> [TransactionDetails.Memo] {
        guard let value = fields.object.present("userFields") else { return [] }
        let text = CardNumberGuard.masked(value).serializedText()
        guard value.object != nil, text.utf8.count <= 4000 else { throw BoltFault(.invalidParameter, "userFields") }
        return [TransactionDetails.Memo(name: "userfields", text: text)]
    }
}

/// `printExtraReceipt` and `printDelay`.
enum PrintTerms {
    static func check(_ fields: BoltFields, outOfRange: TerminalFault) throws(BoltFault) {
        let printsTwice = try fields.flag("printExtraReceipt", default: false)
        let delay = try fields.integer("printDelay")
        if printsTwice, delay == nil { throw BoltFault(.printDelayRequired) }
        if let delay, !(0...60_000).contains(delay) { throw BoltFault(outOfRange) }
    }
}
