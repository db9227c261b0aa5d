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
            case .found(let record, let bin): BINDocument.object(record, bin)
            case .nothingKnown: problem("No bin information found.", isSuccess: true)
            case .tokenUnknown: problem("Token not found", isSuccess: false)
            case .notEnabled: problem("Bin feature not enabled for merchant", isSuccess: false)
            case .refused(let response): problem(response.text, isSuccess: false)
            }
        }
    }

    private static func problem(_ text: String, isSuccess: Bool) -> AnswerObject {
        var object = AnswerObject()
        object.add("success", value: .bool(isSuccess))
        object.add("errormsg", text)
        return object
    }
}
