import Payments
import Processor
import ServiceKit

/// `sigcap`: keeps a signature, which inquiries then show (reference §12).
enum SignatureEndpoint {
    static func answer(_ call: GatewayCall) -> ServiceAnswer {
        let reference = call.fields.text("retref") ?? ""
        guard !reference.isEmpty, case .image(let image) = entry(call.fields) else {
            return FollowUpCall.refuse(reference.isEmpty ? .missingField : .invalidField, call) { object in
                object.add("retref", reference)
            }
        }
        return FollowUpCall.perform(StoreSignature(call.followUp(reference), signature: image), call) { outcome in
            var object = AnswerObject()
            guard let view = outcome.view, outcome.refusal == nil else {
                FollowUpCall.addCodes(outcome.told, to: &object)
                object.add("retref", outcome.reference.text)
                return object
            }
            object.add("resptext", outcome.told.text)
            object.add("respcode", outcome.told.code)
            object.add("retref", view.transaction.reference.text)
            object.add("merchid", view.transaction.bookedMerchant.text)
            return object
        }
    }

    static func entry(_ fields: WireFields) -> SignatureEntry {
        guard let text = fields.text("signature") else { return .absent }
        return SignatureImage(text).map { .image($0) } ?? .unreadable
    }
}
