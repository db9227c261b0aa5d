import JSON
import Payments
import Processor
import ServiceKit

/// The answer of `authCard` and `authManual`: what the gateway said, and what the terminal knows (reference §3.5).
enum PaymentAnswer {
    static func object(
        _ payment: TerminalPayment, _ card: CardReading, _ call: BoltCall, isSigned: Bool = false
    ) -> AnswerObject {
        let transaction = payment.transaction
        let isApproved = payment.told.status == .approved
        var object = AnswerObject()
        object.add("token", card.token.text)
        object.add("expiry", card.expiry.monthYear)
        object.add("name", card.name ?? "")
        if isApproved, let batch = payment.batch { object.add("batchid", String(batch.number)) }
        object.add("retref", transaction.reference.text)
        object.add("avsresp", transaction.avs?.text ?? "")
        object.add("respproc", payment.told.processor.text)
        let told = isApproved ? transaction.approved : Money.zero(transaction.approved.currency)
        object.add("amount", told.decimalText)
        object.add("resptext", payment.told.text)
        object.add("authcode", ifPresent: transaction.authorizationCode)
        object.add("respcode", payment.told.code)
        object.add("merchid", transaction.bookedMerchant.text)
        object.add("cvvresp", transaction.cvv?.text ?? "")
        object.add("respstat", letter(payment.told.status))
        if isApproved, let stored = transaction.details.storedAccount {
            object.add("profileid", stored.profile.id.text)
            object.add("acctid", String(stored.number))
        }
        if let chip = ChipData.text(card, call, isSigned: isSigned) { object.add("emvTagData", chip) }
        if !call.operation.hasSuffix("Manual") { object.add("tokenExpired", value: .bool(card.isSingleUse)) }
        addOrder(transaction, call, to: &object)
        addDialect(payment, card, call, to: &object)
        addCard(transaction, call, to: &object)
        object.add("receiptData", ReceiptData.object(transaction, call))
        SurchargeAnswer.add(card.surcharge, payment, call, to: &object)
        return object
    }

    private static func addOrder(_ transaction: Transaction, _ call: BoltCall, to object: inout AnswerObject) {
        let order = transaction.details.orderID?.text ?? ""
        switch call.settings.orderIDSpelling {
        case .lower: object.add("orderid", order)
        case .camel: object.add("orderId", order)
        case .both:
            object.add("orderid", order)
            object.add("orderId", order)
        }
    }

    /// With `bin`, what is known of the card, where the merchant that is paid may look that up.
    private static func addCard(_ transaction: Transaction, _ call: BoltCall, to object: inout AnswerObject) {
        let flag = call.fields.object.present("bin")
        guard flag?.boolValue == true || flag?.text?.lowercased() == "true",
            call.request.merchant(transaction.merchant.id)?.looksUpBINs == true, let bin = transaction.account.bin,
            let record = call.request.behavior.bins.record(bin)
        else { return }
        object.add("binInfo", BINDocument.object(record, bin))
    }

    /// Only some processors tell how the card came, and of what kind it is.
    private static func addDialect(
        _ payment: TerminalPayment, _ card: CardReading, _ call: BoltCall, to object: inout AnswerObject
    ) {
        guard let profile = call.request.behavior.processors[payment.transaction.processor],
            profile.reportsEntryMode, payment.told.status == .approved || profile.reportsEntryModeOnDeclines
        else { return }
        object.add("entrymode", card.entry.terminalText)
        object.add("bintype", profile.binTypeText ?? "")
    }

    private static func letter(_ status: ResponseStatus) -> String {
        switch status {
        case .approved: "A"
        case .retry: "B"
        case .declined: "C"
        }
    }
}

extension EntryMode {
    /// `entrymode`.
    var terminalText: String {
        switch self {
        case .keyed: "Keyed"
        case .telephone: "Moto"
        case .eCommerce: "ECommerce"
        case .recurring: "Recurring"
        case .swiped: "Swipe(Non EMV)"
        case .wallet: "DigitalWallet"
        case .chip: "EMVContact"
        case .contactless, .contactlessStripe: "Contactless"
        case .fallbackSwipe: "Fallback to Swipe"
        case .fallbackKeyed: "Fallback to Keyed"
        }
    }
}
