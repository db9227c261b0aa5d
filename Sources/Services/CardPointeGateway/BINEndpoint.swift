import JSON
import Payments
import Processor
import ServiceKit

/// `bin/{merchid}/{token}`: what is known of a card (reference §12).
enum BINEndpoint {
    static func answer(_ call: GatewayCall) -> ServiceAnswer {
        let command = LookUpBIN(
            service: "cardpointe", merchant: call.merchant, token: AccountText(call.parameters["token"] ?? ""),
            wire: call.fields)
        return FollowUpCall.perform(command, call) { outcome in
            switch outcome {
            case .found(let record, let bin): object(record, bin)
            case .nothingKnown: problem("No bin information found.", isSuccess: true)
            case .tokenUnknown: problem("Token not found", isSuccess: false)
            case .notEnabled: problem("Bin feature not enabled for merchant", isSuccess: false)
            case .refused(let response): problem(response.text, isSuccess: false)
            }
        }
    }

    private static func problem(_ text: String, isSuccess: Bool) -> AnswerObject {
        var object = AnswerObject()
        object.add("success", .bool(isSuccess))
        object.add("errormsg", text)
        return object
    }

    /// Also `binInfo` of an authorization, and of an update, whose ranges are six digits.
    static func object(
        _ record: BINRecord, _ bin: BIN, endings: String = String(repeating: "X", count: 3)
    ) -> AnswerObject {
        var object = AnswerObject()
        object.add("country", record.country)
        object.add("product", record.product)
        object.add("bin", bin.digits)
        object.add("cardusestring", ifPresent: record.cardUse)
        object.add("gsa", .bool(record.isGovernment))
        object.add("corporate", .bool(record.isCorporate))
        object.add("fsa", .bool(record.isHealthcare))
        object.add("subtype", ifPresent: record.subtype)
        object.add("purchase", .bool(record.isPurchasing))
        object.add("prepaid", .bool(record.funding == .prepaid))
        object.add("issuer", ifPresent: record.issuer)
        object.add("binlo", record.digits.lowerBound + endings)
        object.add("binhi", record.digits.upperBound + endings)
        return object
    }
}
