import JSON
import Payments
import Processor
import ServiceKit

/// A card that was read and not charged (reference §3.4).
enum CardAnswer {
    static func add(_ card: CardReading, _ call: BoltCall, to object: inout AnswerObject) {
        let isManual = call.operation.hasSuffix("Manual")
        object.add("token", card.token.text)
        let tellsExpiry = call.fields.object.present("includeExpirationDate").map { value in
            value.boolValue ?? (value.text?.lowercased() != "false")
        }
        if !isManual || tellsExpiry ?? true { object.add("expiry", card.expiry.monthYear) }
        guard !isManual else { return }
        if card.entry != .contactless { object.add("name", card.name ?? "") }
        object.add("singleUseToken", value: .bool(card.isSingleUse))
    }
}

/// The members of the surcharge version (reference §3.6).
enum SurchargeAnswer {
    static func add(
        _ surcharge: Surcharge?, _ payment: TerminalPayment?, _ call: BoltCall, to object: inout AnswerObject
    ) {
        guard let surcharge, call.version >= 4 else { return }
        let currency = call.request.merchant(call.merchant.id)?.currency ?? .usd
        object.add("fee_format", surcharge.isWaived ? "" : "percent")
        object.add("fee_value", String(surcharge.rate))
        object.add("fee_type", surcharge.isWaived ? "SURCHRG_WAIVED" : "SURCHRG")
        object.add("fee_amount", Money(minorUnits: surcharge.fee, currency: currency).decimalText)
        object.add("fee_authcode", payment?.transaction.authorizationCode ?? "")
        object.add("fee_retref", "")
        object.add("fee_merchid", "")
    }
}
