import JSON
import Payments
import Processor
import ServiceKit

/// `inquire` by retrieval reference number (reference §8).
enum InquireEndpoint {
    static func answer(_ call: GatewayCall) -> ServiceAnswer {
        let command = Inquire(call.followUp(call.parameters["retref"] ?? ""))
        return FollowUpCall.perform(command, call) { outcome in
            guard let view = outcome.view, outcome.refusal == nil else { return missing(outcome) }
            return InquireResponse(view, told: outcome.told, call).object
        }
    }

    private static func missing(_ outcome: FollowUpOutcome) -> AnswerObject {
        var object = AnswerObject()
        object.add("resptext", outcome.told.text)
        object.add("respcode", outcome.told.code)
        object.add("retref", outcome.reference.text)
        object.add("respstat", outcome.told.status.letter)
        object.add("respproc", outcome.told.processor.text)
        return object
    }
}

/// `inquireByOrderid`: one object for one match, an array for several (reference §8.2).
enum InquireByOrderIDEndpoint {
    static func answer(_ call: GatewayCall) -> ServiceAnswer {
        let order = OrderID(call.parameters["orderid"] ?? "")
        let command = InquireByOrder(
            service: "cardpointe", merchant: call.merchant, order: order,
            onlyThisMerchant: call.parameters["set"] == "1", wire: call.fields)
        do throws(JournalFault) {
            let performed = try call.request.world.perform(command)
            var answer = body(performed.outcome, call)
            answer.follow(performed.recorded)
            return answer
        } catch {
            return call.failed(error)
        }
    }

    private static func body(_ outcome: InquireByOrder.Outcome, _ call: GatewayCall) -> ServiceAnswer {
        let found = outcome.found.map { InquireResponse($0, told: $0.transaction.response, call).object }
        if found.count > 1 { return call.answer(found) }
        if let only = found.first { return call.answer(only) }
        var object = AnswerObject()
        FollowUpCall.addCodes(outcome.notFound, to: &object)
        return call.answer(object)
    }
}

/// A transaction as inquiries show it (reference §8.1).
struct InquireResponse {
    private(set) var object = AnswerObject()
    private let view: TransactionView

    /// Lent, not copied.
    private var transaction: Transaction { _read { yield view.boxed.value } }

    init(_ view: TransactionView, told: ResponseCode, _ call: GatewayCall) {
        self.view = view
        build(told, call)
    }

    private mutating func build(_ told: ResponseCode, _ call: GatewayCall) {
        let zone = call.request.behavior.clock.zone
        object.add("amount", transaction.approved.decimalText)
        object.add("resptext", told.text)
        object.add("setlstat", SettlementText.text(view.status))
        object.add("capturedate", ifPresent: transaction.capturedAt.map { zone.civilTime($0).compactDateTime })
        object.add("settledate", ifPresent: view.settledAt.map { zone.civilTime($0).compactDateTime })
        object.add("respcode", told.code)
        if let batch = view.batch { object.add("batchid", String(batch.number)) }
        object.add("merchid", transaction.bookedMerchant.text)
        object.add("token", ifPresent: transaction.account.token?.text)
        object.add("respproc", told.processor.text)
        object.add("authdate", zone.civilTime(transaction.createdAt).compactDate)
        object.add("lastfour", transaction.account.lastFour)
        object.add("name", transaction.details.name ?? "")
        object.add("expiry", ifPresent: transaction.details.expiry?.monthYear)
        object.add("currency", transaction.approved.currency.code)
        object.add("retref", transaction.reference.text)
        object.add("respstat", told.status.letter)
        object.add("account", transaction.account.token?.text ?? "")
        object.add("authcode", ifPresent: transaction.authorizationCode)
        object.add("voidable", view.isVoidable ? "Y" : "N")
        object.add("refundable", view.isRefundable ? "Y" : "N")
        object.add("orderId", ifPresent: transaction.details.orderID?.text)
        if let stored = transaction.details.storedAccount { ProfileFields.addIDs(stored, to: &object) }
        let boxed = view.boxed
        FeeFields.add(boxed.value, authorizationCode: boxed.value.authorizationCode, to: &object)
        if let image = view.signature {
            object.add("signature", secret: image.text, recordedAs: "(\(image.text.utf8.count) characters)")
        }
        addDialect(call)
        addExtras()
        addMemos(call)
    }

    private mutating func addDialect(_ call: GatewayCall) {
        let boxed = view.boxed
        guard let profile = FollowUpCall.profile(boxed.value, call), profile.ach == nil else { return }
        object.add("bintype", ifPresent: profile.binTypeText)
        if profile.reportsEntryMode, let mode = transaction.entryMode { object.add("entrymode", mode.cardPointeText) }
        if let chip = ChipFields.document(transaction, profile, call) { object.add("emvTagData", chip) }
    }

    private mutating func addExtras() {
        DeclineFields.addCategory(transaction.extras, to: &object)
        DeclineFields.addAdvice(transaction.extras, to: &object)
    }

    /// Members that the service kept from the request, in their own JSON, and a receipt where one was asked for.
    private mutating func addMemos(_ call: GatewayCall) {
        let boxed = view.boxed
        for memo in transaction.details.memos {
            switch memo.name {
            case ReceiptFields.member: ReceiptFields.add(boxed.value, memo.text, call, to: &object)
            case UserFields.member: UserFields.add(boxed.value, call, to: &object)
            case _ where MemberSurvey.texts.contains(memo.name): break
            default: add(memo)
            }
        }
    }

    private mutating func add(_ memo: TransactionDetails.Memo) {
        guard let value = memo.json else { return }
        if AuthenticationFields.isSecret(memo.name), let text = value.text {
            object.add(memo.name, secret: text, recordedAs: "(\(text.utf8.count) characters)")
        } else {
            object.add(memo.name, value: value)
        }
    }
}

extension TransactionDetails.Memo {
    /// Its text as JSON; nil where it is none.
    var json: JSONValue? {
        do throws(JSONError) {
            return try JSONValue(parsing: text, limits: .widest)
        } catch {
            // Only services that keep JSON are asked here; a memo of another has nothing to show.
            return nil
        }
    }
}
