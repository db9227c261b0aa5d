import JSON
import Payments
import Processor
import ServiceKit

/// How requests to the cardholder end, on the wire.
enum Answering {
    static func answer(_ call: BoltCall, _ reply: TerminalReply) -> ServiceAnswer { answer(call, reply, nil) }

    static func answer(_ call: BoltCall, _ reply: TerminalReply, _ form: SignatureForm?) -> ServiceAnswer {
        guard case .ended(let result) = reply else { return call.emptyAnswer() }
        var object = AnswerObject()
        switch result.ending {
        case .confirmed(let isRight): object.add("confirmed", value: .bool(isRight))
        case .entered(let text):
            object.add("input", secret: text, recordedAs: "(\(text.utf8.count) characters)")
        case .signed: addSignature(form, call, to: &object)
        case .tipped(let amount, let tip):
            object.add("amount", value: JSONValue(amount))
            object.add("tip", value: JSONValue(tip))
            object.add("total", value: JSONValue(amount + tip))
        case .read(let card, let isSigned):
            CardAnswer.add(card, call, to: &object)
            if isSigned { addSignature(form, call, to: &object) }
            SurchargeAnswer.add(card.surcharge, nil, call, to: &object)
        case .paid(let payment, let card, let isSigned):
            object = PaymentAnswer.object(payment, card, call, isSigned: isSigned)
            if isSigned { addSignature(form, call, to: &object) }
            if payment.told.status == .approved, cannotPrint(call) { return withoutPrinting(payment, card, call) }
        case .failed(let fault, let payment, let card):
            let made = payment.flatMap { payment in card.map { PaymentAnswer.object(payment, $0, call) } }
            return ErrorBody.answer(
                BoltFault(fault), to: call.request, operation: call.operation, call, payment: made)
        }
        return call.answer(object)
    }

    private static func addSignature(_ form: SignatureForm?, _ call: BoltCall, to object: inout AnswerObject) {
        guard let form, let terminal = terminal(call) else { return }
        let text = form.text(for: terminal.model)
        object.add("signature", secret: text, recordedAs: "(\(text.utf8.count) characters)")
    }

    private static func terminal(_ call: BoltCall) -> Terminal? {
        call.settings.terminal(call.terminal, call.request.world.snapshot.books)
    }

    /// A receipt was asked for, and the device has not the power for it.
    private static func cannotPrint(_ call: BoltCall) -> Bool {
        let isAsked =
            call.fields.object.present("printReceipt").map { $0.boolValue == true || $0.text == "true" } ?? false
        return isAsked && terminal(call)?.printsNow == false
    }

    private static func withoutPrinting(
        _ payment: TerminalPayment, _ card: CardReading, _ call: BoltCall
    ) -> ServiceAnswer {
        ErrorBody.answer(
            BoltFault(.noPrinting), to: call.request, operation: call.operation, call,
            payment: PaymentAnswer.object(payment, card, call), receipt: ReceiptData.object(payment.transaction, call))
    }
}
