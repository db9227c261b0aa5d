import JSON
import Payments
import Processor
import ServiceKit

/// `/merchant/{id}/signature` (reference §4.2).
enum SignatureEndpoints {
    static func create(_ call: CoPilotCall, _ id: String) throws(CoPilotFault) -> ServiceAnswer {
        let application = try call.application(id)
        try Readiness.check(application, call)
        return try call.perform(
            .askForSignature(application.number),
            { reply in
                var object = AnswerObject()
                if case .application(let application) = reply {
                    object.add("signatureUrl", StatusText.url(application) ?? "")
                }
                object.add("errors", value: .null)
                return object
            })
    }

    /// At the top, as the description has it, and below `signatureStatus`, where a client reads it.
    static func read(_ call: CoPilotCall, _ id: String) throws(CoPilotFault) -> ServiceAnswer {
        let pairs = StatusText.signaturePairs(try call.application(id), call, timeName: "signedDatetime")
        var object = AnswerObject()
        for (name, value) in pairs { object.add(name, value: value) }
        object.add("signatureStatus", value: .object(JSONObject(pairs: pairs)))
        object.add("errors", value: .null)
        return call.answer(object)
    }

    static func delete(_ call: CoPilotCall, _ id: String) throws(CoPilotFault) -> ServiceAnswer {
        try call.perform(.withdrawSignature(try call.application(id).number), { _ in CoPilotCall.done })
    }
}
