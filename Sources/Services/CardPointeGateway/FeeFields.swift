import Payments
import Processor
import ServiceKit

/// The members of a fee in answers (reference §19).
enum FeeFields {
    /// - Parameter authorizationCode: that of the fee, unless the fee is a transaction of its own.
    static func add(_ transaction: Transaction, authorizationCode: String?, to object: inout AnswerObject) {
        guard let fee = transaction.fee else { return }
        object.add("fee_type", type(fee))
        addRate(fee.rate, to: &object)
        object.add("fee_amount", transaction.approved.with(minorUnits: fee.minorUnits).decimalText)
        let separate = fee.separate?.value
        object.add("fee_authcode", (separate == nil ? authorizationCode : separate?.authorizationCode) ?? "")
        object.add("fee_merchid", separate?.merchant.id.text ?? "")
        object.add("fee_retref", separate?.reference.text ?? "")
    }

    /// `fee_format` and `fee_value`: hundredths of a percent, or minor units.
    static func addRate(_ rate: MerchantFee.Rate?, to object: inout AnswerObject) {
        switch rate {
        case .percent(let basisPoints)?:
            object.add("fee_format", "percent")
            object.add("fee_value", String(basisPoints))
        case .flat(let minorUnits)?:
            object.add("fee_format", "flat")
            object.add("fee_value", String(minorUnits))
        case nil:
            object.add("fee_format", "")
            object.add("fee_value", "0")
        }
    }

    private static func type(_ fee: TransactionFee) -> String {
        switch fee.kind {
        case .surcharge: fee.isWaived ? "SURCHRG_WAIVED" : "SURCHRG"
        case .convenience, .service: letter(fee.kind)
        }
    }

    /// As the description of the API lists them.
    static func letter(_ kind: MerchantFee.Kind?) -> String {
        switch kind {
        case .surcharge: "S"
        case .convenience: "C"
        case .service: "F"
        case nil: "N"
        }
    }
}
