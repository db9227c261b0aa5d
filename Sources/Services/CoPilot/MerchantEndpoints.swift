import JSON
import Payments
import Processor
import ServiceKit

/// `/merchant`: create, read, change, status, submit (reference §4.1).
enum MerchantEndpoints {
    static func create(_ call: CoPilotCall) throws(CoPilotFault) -> ServiceAnswer {
        var document = ApplicationDocument(JSONObject())
        document.replace(with: try call.body())
        let faults = ApplicationCheck.faults(document, call.settings)
        guard faults.isEmpty else { throw CoPilotFault(400, faults) }
        let facts = try document.facts(call.settings)
        return try call.perform(
            .apply(document: document.text, facts),
            { reply in
                var object = AnswerObject()
                if case .application(let application) = reply {
                    object.add("merchantId", JSONValue(application.number.number))
                }
                object.add("errors", .null)
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
        return try call.perform(.change(application.number, document: document.text, facts), { _ in call.done })
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
        var object = AnswerObject()
        object.add("merchant", .object(merchant))
        object.add("ownerSiteUser", document.object["ownerSiteUser"] ?? .null)
        object.add("customerId", JSONValue(application.number.number))
        object.add("errors", .null)
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
        object.add("merchantStatus", StatusText.merchant(try call.application(id), call))
        object.add("errors", .null)
        return call.answer(object)
    }

    static func submit(_ call: CoPilotCall, _ id: String) throws(CoPilotFault) -> ServiceAnswer {
        let application = try call.application(id)
        return try call.perform(
            .submit(application.number),
            { _ in
                var object = call.done
                object.add("validationErrors", .null)
                return object
            })
    }
}

/// States and moments of an application, on the wire.
enum StatusText {
    static func merchant(_ application: MerchantApplication, _ call: CoPilotCall) -> JSONValue {
        func moment(_ status: MerchantApplication.Status) -> JSONValue {
            application.changedAt[status].map { .string(time($0, call)) } ?? .null
        }
        return [
            "approvedDatetime": moment(.boarding), "boardedDatetime": moment(.boarded),
            "cancelledDatetime": moment(.cancelled), "declinedDatetime": moment(.declined),
            "liveDatetime": moment(.live), "boardingProcessPendingFlg": .bool(application.status == .boarding),
            "boardingProcessStatusCd": .string(application.status.rawValue),
            "gatewayBoardingStatusCd": application.isAtGateway ? "BOARDED" : "NOT_BOARDED",
        ]
    }

    static func signature(_ application: MerchantApplication, _ call: CoPilotCall, timeName: String) -> JSONValue {
        .object(JSONObject(pairs: signaturePairs(application, call, timeName: timeName)))
    }

    static func signaturePairs(
        _ application: MerchantApplication, _ call: CoPilotCall, timeName: String
    ) -> [(String, JSONValue)] {
        let isSigned = application.signature == .signed
        return [
            ("signedSiteUserId", isSigned ? JSONValue(application.number.number) : .null),
            (timeName, application.signedAt.map { .string(time($0, call)) } ?? .null),
            ("signer", .null), ("signatureUrl", url(application).map { .string($0) } ?? .null),
            ("signatureStatusCd", .string(application.signature.rawValue)),
        ]
    }

    static func url(_ application: MerchantApplication) -> String? {
        application.signatureKey.map { "https://cardpointe-uat.cardconnect.com/account/login#/password/\($0)?newuser" }
    }

    /// `MM/DD/YYYY hh:mm:ss AM`.
    static func time(_ instant: Instant, _ call: CoPilotCall) -> String {
        let civil = call.request.behavior.clock.zone.civilTime(instant)
        func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
        let hour = civil.hour % 12 == 0 ? 12 : civil.hour % 12
        let date = "\(two(civil.month))/\(two(civil.day))/\(civil.year)"
        let time = "\(two(hour)):\(two(civil.minute)):\(two(civil.second))"
        return "\(date) \(time) \(civil.hour < 12 ? "AM" : "PM")"
    }
}
