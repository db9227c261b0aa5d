import JSON
import Payments
import Processor
import ServiceKit

/// `/merchant`: create, read, change, status, submit (reference §4.1).
enum MerchantEndpoints {
    static func create(_ call: CoPilotCall) throws(CoPilotFault) -> ServiceAnswer {
        var document = ApplicationDocument(JSONObject())
        document.replace(with: try call.body())
        document.fill(from: call.settings)
        let faults = ApplicationCheck.faults(document, call.settings)
        guard faults.isEmpty else { throw CoPilotFault(400, faults) }
        guard call.mayUse(document) else { throw CoPilotFault.accessDenied }
        let facts = try document.facts(call.settings)
        return try call.perform(
            .apply(document: document.text, facts),
            { reply in
                var object = AnswerObject()
                if case .application(let application) = reply {
                    object.add("merchantId", value: JSONValue(application.number.number))
                }
                object.add("errors", value: .null)
                return object
            }, status: call.settings.createdStatus)
    }

    static func change(_ call: CoPilotCall, _ id: String) throws(CoPilotFault) -> ServiceAnswer {
        let application = try call.application(id)
        guard application.status == .inProgress else { throw CoPilotFault.notInProgress }
        var document = ApplicationDocument(application)
        document.replace(with: try call.body())
        return try store(document, of: application, call)
    }

    static func store(
        _ document: ApplicationDocument, of application: MerchantApplication, _ call: CoPilotCall
    ) throws(CoPilotFault) -> ServiceAnswer {
        let faults = ApplicationCheck.faults(document, call.settings)
        guard faults.isEmpty else { throw CoPilotFault(400, faults) }
        let facts = try document.facts(call.settings)
        return try call.perform(.change(application.number, document: document.text, facts), { _ in CoPilotCall.done })
    }

    static func read(_ call: CoPilotCall, _ id: String) throws(CoPilotFault) -> ServiceAnswer {
        let application = try call.application(id)
        let document = ApplicationDocument(application)
        var merchant = JSONObject()
        merchant.append("merchantId", JSONValue(application.number.number))
        merchant.append("merchantStatus", StatusText.merchant(application, call))
        merchant.append("signatureStatus", StatusText.signature(application, call, timeName: "signedDateTime"))
        for member in document.object["merchant"]?.object?.members ?? [] { merchant[member.name] = member.value }
        if let id = application.merchant { fill(&merchant, id) }
        merchant = NullEcho.complete(merchant, "merchant", call.settings)
        let owner = document.object["ownerSiteUser"]?.object.map {
            NullEcho.complete($0, "ownerSiteUser", call.settings)
        }
        var object = AnswerObject()
        object.add("merchant", value: .object(merchant))
        object.add("ownerSiteUser", value: owner.map { .object($0) } ?? .null)
        object.add("customerId", value: JSONValue(application.number.number))
        object.add("errors", value: .null)
        return call.answer(object)
    }

    /// The gateway's merchant id, as soon as there is one.
    private static func fill(_ merchant: inout JSONObject, _ id: MerchantID) {
        var processing = merchant["processing"]?.object ?? JSONObject()
        var platform = processing["platformDetails"]?.object ?? JSONObject()
        platform["frontEndMid"] = .string(id.text)
        if platform.present("backEndMid") == nil { platform["backEndMid"] = .string(id.text) }
        processing["platformDetails"] = .object(platform)
        merchant["processing"] = .object(processing)
    }

    static func status(_ call: CoPilotCall, _ id: String) throws(CoPilotFault) -> ServiceAnswer {
        var object = AnswerObject()
        object.add("merchantStatus", value: StatusText.merchant(try call.application(id), call))
        object.add("errors", value: .null)
        return call.answer(object)
    }

    /// - Note: the body may be empty, or name who signs: `{"signer":{…}}`.
    static func submit(_ call: CoPilotCall, _ id: String) throws(CoPilotFault) -> ServiceAnswer {
        let application = try call.application(id)
        let signer = try Signer.read(call)
        try Readiness.check(application, call)
        return try call.perform(
            .submit(application.number, signer: signer),
            { _ in
                var object = CoPilotCall.done
                object.add("validationErrors", value: .null)
                return object
            })
    }
}
