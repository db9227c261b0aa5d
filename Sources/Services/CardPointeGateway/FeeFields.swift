import Payments
import Processor
import ServiceKit

/// The members of a surcharge in answers (reference §19).
enum FeeFields {
    /// - Parameter authorizationCode: repeated as that of the fee.
    static func add(_ transaction: Transaction, authorizationCode: String?, to object: inout AnswerObject) {
        guard let fee = transaction.fee else { return }
        object.add("fee_type", fee.isWaived ? "SURCHRG_WAIVED" : "SURCHRG")
        object.add("fee_format", fee.isWaived ? "" : "percent")
        object.add("fee_value", String(fee.basisPoints))
        object.add("fee_amount", transaction.approved.with(minorUnits: fee.minorUnits).decimalText)
        object.add("fee_authcode", authorizationCode ?? "")
        object.add("fee_merchid", "")
        object.add("fee_retref", "")
    }
}
