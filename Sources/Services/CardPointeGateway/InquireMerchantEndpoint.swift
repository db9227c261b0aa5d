import JSON
import Payments
import Processor
import ServiceKit

/// `inquireMerchant/{merchid}`: how a merchant is set up (reference §12).
enum InquireMerchantEndpoint {
    static func answer(_ call: GatewayCall) -> ServiceAnswer {
        let command = InquireMerchant(service: "cardpointe", merchant: call.merchant, wire: call.fields)
        return FollowUpCall.perform(command, call) { outcome in
            switch outcome {
            case .found(let merchant): return object(merchant, call)
            case .refused(let response):
                var object = AnswerObject()
                FollowUpCall.addCodes(response, to: &object)
                return object
            }
        }
    }

    private static func object(_ merchant: Merchant, _ call: GatewayCall) -> AnswerObject {
        var object = AnswerObject()
        object.add("merchid", merchant.id.text)
        object.add("site", call.merchant.scope.site.text)
        object.add("enabled", value: .bool(merchant.isEnabled))
        object.add("cardproc", merchant.processor.text)
        object.add("acctupdater", merchant.updatesAccounts ? "Y" : "N")
        object.add("avs", merchant.verifiesAddress ? "Y" : "N")
        object.add("cvv", merchant.verifiesCardCode ? "Y" : "N")
        object.add("echeck", merchant.achMerchant == nil ? "N" : "Y")
        object.add("fee_type", FeeFields.letter(merchant.fee?.kind))
        if let fee = merchant.fee {
            FeeFields.addRate(fee.rate, to: &object)
        } else {
            object.add("fee_format", "")
            object.add("fee_value", "")
        }
        object.add("fee_merchid", merchant.fee?.merchant?.text ?? "")
        return object
    }
}
