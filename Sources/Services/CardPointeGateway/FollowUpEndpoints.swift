import JSON
import Payments
import Processor
import ServiceKit

/// `capture` (reference §5).
enum CaptureEndpoint {
    static func answer(_ call: GatewayCall) -> ServiceAnswer {
        guard let reference = call.fields.text("retref") else {
            return FollowUpCall.refuse(.missingField, call) { object in
                object.add("retref", "")
                object.add("batchid", "-1")
                object.add("account", "")
            }
        }
        let excluded = call.fields.amount("fee_excluded_amount", decimals: call.profile?.value.currency.decimals ?? 2)
        let survey = MemberSurvey(call)
        if let malformed = survey.refused { return refuse(malformed, reference, call) }
        var command = Capture(
            call.followUp(reference), amount: FollowUpCall.amount(call),
            batchSource: call.fields.text("batchsource").map { BatchSource($0) },
            feeExcluded: excluded?.minorUnits)
        command.supplement = survey.supplement(decimals: call.profile?.value.currency.decimals ?? 2)
        command.signature = SignatureEndpoint.entry(call.fields)
        if command.signature == .unreadable {
            return refuse(MalformedMember(name: "signature", fault: .mistyped(wanted: .text)), reference, call)
        }
        return FollowUpCall.perform(command, call) { outcome in object(outcome, call) }
    }

    private static func refuse(
        _ malformed: MalformedMember, _ reference: String, _ call: GatewayCall
    ) -> ServiceAnswer {
        FollowUpCall.refuse(malformed, call) { object in
            object.add("retref", reference)
            object.add("batchid", "-1")
            object.add("account", "")
        }
    }

    private static func object(_ outcome: FollowUpOutcome, _ call: GatewayCall) -> AnswerObject {
        var object = AnswerObject()
        guard let view = outcome.view, outcome.refusal == nil else {
            FollowUpCall.addCodes(outcome.told, to: &object)
            object.add("retref", outcome.reference.text)
            object.add("batchid", outcome.view?.batch.map { String($0.number) } ?? "-1")
            object.add("account", outcome.view?.transaction.account.token?.text ?? "")
            return object
        }
        let transaction = view.transaction
        object.add("respproc", outcome.told.processor.text)
        object.add("amount", transaction.approved.decimalText)
        object.add("resptext", outcome.told.text)
        object.add("setlstat", SettlementText.text(view.status))
        object.add("commcard", ifPresent: FollowUpCall.profile(transaction, call)?.commercialCardText)
        object.add("retref", transaction.reference.text)
        object.add("respstat", outcome.told.status.letter)
        object.add("respcode", outcome.told.code)
        object.add("batchid", view.batch.map { String($0.number) } ?? "-1")
        object.add("account", transaction.account.token?.text ?? "")
        object.add("merchid", transaction.bookedMerchant.text)
        object.add("token", ifPresent: transaction.account.token?.text)
        object.add("authcode", ifPresent: transaction.authorizationCode)
        FeeFields.add(transaction, authorizationCode: transaction.authorizationCode, to: &object)
        FollowUpCall.addOrderID(transaction, call, to: &object)
        ReceiptFields.add(transaction, call, to: &object)
        return object
    }
}

/// `void` (reference §6).
enum VoidEndpoint {
    static func answer(_ call: GatewayCall) -> ServiceAnswer {
        guard let reference = call.fields.text("retref") else {
            return VoidEndpoint.unnamed(call)
        }
        let command = VoidTransaction(call.followUp(reference), amount: FollowUpCall.amount(call))
        return FollowUpCall.perform(command, call) { outcome in TakenBackAnswer.object(.void, outcome, call) }
    }

    /// A void that does not say of what.
    static func unnamed(_ call: GatewayCall) -> ServiceAnswer {
        FollowUpCall.refuse(.missingField, call) { object in
            object.add("amount", "0.00")
            object.add("currency", "")
            object.add("retref", "")
        }
    }
}

/// `voidByOrderId`: harmless when repeated, passes over declined transactions (reference §6).
enum VoidByOrderIDEndpoint {
    static func answer(_ call: GatewayCall) -> ServiceAnswer {
        guard let order = call.fields.text("orderid") else {
            return VoidEndpoint.unnamed(call)
        }
        let command = VoidByOrder(
            service: "cardpointe", merchant: call.merchant, order: OrderID(order), amount: FollowUpCall.amount(call),
            wire: call.fields)
        return FollowUpCall.perform(command, call) { outcome in TakenBackAnswer.object(.void, outcome, call) }
    }
}

/// `refund` (reference §7). The answer names the refund, not the original.
enum RefundEndpoint {
    static func answer(_ call: GatewayCall) -> ServiceAnswer {
        guard let reference = call.fields.text("retref") else {
            return FollowUpCall.refuse(.transactionNotFound, call) { object in
                object.add("retref", "")
            }
        }
        let survey = MemberSurvey(call)
        if let malformed = survey.refused {
            return FollowUpCall.refuse(malformed, call) { $0.add("retref", reference) }
        }
        let order = survey.fields.text("orderid").map { OrderID($0) }
        var command = Refund(call.followUp(reference), amount: FollowUpCall.amount(call), orderID: order)
        command.memos = survey.memos
        command.forgottenMemos = [ReceiptFields.member]
        return FollowUpCall.perform(command, call) { outcome in TakenBackAnswer.object(.refund, outcome, call) }
    }
}

/// The answer to a void or a refund: the transaction as it is now, or codes and the reference that was sent.
enum TakenBackAnswer {
    /// In what the two differ.
    enum Kind {
        /// The amount is what is left; one that finds nothing names no merchant.
        case void
        /// The transaction is the refund.
        case refund
    }

    static func object(_ kind: Kind, _ outcome: FollowUpOutcome, _ call: GatewayCall) -> AnswerObject {
        var object = AnswerObject()
        guard let view = outcome.view, outcome.refusal == nil else {
            FollowUpCall.addCodes(outcome.told, to: &object)
            object.add("retref", outcome.reference.text)
            return object
        }
        let transaction = view.transaction
        object.add("authcode", ifPresent: outcome.authorizationCode)
        object.add("respproc", outcome.told.processor.text)
        object.add("amount", transaction.approved.decimalText)
        object.add("resptext", outcome.told.text)
        if kind == .void { object.add("currency", transaction.approved.currency.code) }
        object.add("retref", transaction.reference.text)
        object.add("respstat", outcome.told.status.letter)
        object.add("respcode", outcome.told.code)
        object.add("merchid", transaction.bookedMerchant.text)
        switch kind {
        case .void:
            object.add("orderId", ifPresent: transaction.details.orderID?.text)
            FeeFields.add(transaction, authorizationCode: transaction.authorizationCode, to: &object)
        case .refund:
            if outcome.told.status != .approved { DeclineFields.addCategory(transaction.extras, to: &object) }
            FollowUpCall.addOrderID(transaction, call, to: &object)
            FeeFields.add(transaction, authorizationCode: outcome.authorizationCode, to: &object)
        }
        ReceiptFields.add(transaction, call, to: &object)
        return object
    }
}

/// What a card network says beside a decline (reference §13.10).
enum DeclineFields {
    static func addCategory(_ extras: DeclineExtras, to object: inout AnswerObject) {
        guard let category = extras.category else { return }
        object.add("declineCategory", category.code)
        object.add("declineCategoryText", category.text)
    }

    static func addAdvice(_ extras: DeclineExtras, to object: inout AnswerObject) {
        guard let advice = extras.advice else { return }
        object.add("merchAdviceCode", advice.code)
        object.add("merchAdviceText", advice.text)
    }
}

/// What capture, void and refund have in common.
enum FollowUpCall {
    static func amount(_ call: GatewayCall) -> Authorize.AmountEntry? {
        call.fields.amount("amount", decimals: call.profile?.value.currency.decimals ?? 2)
    }

    static func profile(_ transaction: Transaction, _ call: GatewayCall) -> ProcessorProfile? {
        call.request.behavior.processors[transaction.processor]
    }

    static func perform<C: Command>(
        _ command: C, _ call: GatewayCall, _ object: (C.Outcome) -> AnswerObject
    ) -> ServiceAnswer {
        do throws(JournalFault) {
            let performed = try call.request.world.perform(command)
            var answer = call.answer(object(performed.outcome))
            answer.follow(performed.recorded)
            return answer
        } catch {
            return call.failed(error)
        }
    }

    /// Refuses a request that names no transaction, before any command is made.
    static func refuse(
        _ refusal: Refusal, _ call: GatewayCall, _ rest: (inout AnswerObject) -> Void
    ) -> ServiceAnswer {
        let row = call.request.behavior.refusals.answer(to: refusal)
        var object = AnswerObject()
        addCodes(row.response, to: &object)
        rest(&object)
        var answer = call.answer(object)
        answer.reasons = [.refusal(refusal, row.source)]
        return answer
    }

    /// Refuses a request for a member that it has.
    static func refuse(
        _ malformed: MalformedMember, _ call: GatewayCall, _ rest: (inout AnswerObject) -> Void
    ) -> ServiceAnswer {
        var answer = refuse(.invalidField, call, rest)
        answer.reasons.append(.note(malformed.text))
        return answer
    }

    /// With `receipt` always there, if only empty; without it only when the transaction has one (reference §8.3).
    static func addOrderID(_ transaction: Transaction, _ call: GatewayCall, to object: inout AnswerObject) {
        if let order = transaction.details.orderID {
            object.add("orderId", order.text)
        } else if call.fields.isYes("receipt") {
            object.add("orderId", "")
        }
    }

    static func addCodes(_ response: ResponseCode, to object: inout AnswerObject) {
        object.add("respproc", response.processor.text)
        object.add("resptext", response.text)
        object.add("respstat", response.status.letter)
        object.add("respcode", response.code)
    }
}
