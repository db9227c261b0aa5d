import JSON
import Payments
import Processor
import ServiceKit

/// Custom fields and the owner's user (reference §4.4).
enum MerchantParts {
    /// What the template knows of each field, and what the application says in it.
    static func customFields(_ call: CoPilotCall, _ id: String) throws(CoPilotFault) -> ServiceAnswer {
        let document = ApplicationDocument(try call.application(id))
        let sent = Self.fields(document)
        var known = document.template(call.settings)?.customFields ?? []
        for item in sent {
            guard let number = item.present("userFieldNumber")?.text.flatMap({ Int($0) }),
                !known.contains(where: { $0.number == number })
            else { continue }
            var field = BoardingSettings.Template.CustomField()
            field.number = number
            field.label = "Custom Field \(number)"
            known.append(field)
        }
        let rows = known.map { field -> JSONValue in
            let item = sent.first { $0.present("userFieldNumber")?.text == String(field.number) }
            return [
                "customFieldLabel": .string(field.label), "isRequired": field.isRequired ? 1 : 0,
                "isActive": field.isActive ? 1 : 0, "userFieldNumber": JSONValue(field.number),
                "customFieldValue": item?.present("customFieldValue") ?? .null,
            ]
        }
        var object = AnswerObject()
        object.add("customFields", value: .array(rows))
        object.add("errors", value: .null)
        return call.answer(object)
    }

    private static func fields(_ document: ApplicationDocument) -> [JSONValue] {
        DocumentPath.value("merchant.customFields", in: document.object)?.array ?? []
    }

    /// Items are known by their number, 1 to 10.
    static func changeCustomFields(_ call: CoPilotCall, _ id: String) throws(CoPilotFault) -> ServiceAnswer {
        let application = try call.application(id)
        var document = ApplicationDocument(application)
        guard let sent = try call.body().present("customFields")?.array else {
            throw CoPilotFault(400, "9001", "customFields is required.", field: "customFields")
        }
        var fields = Self.fields(document)
        for item in sent {
            guard let number = item.present("userFieldNumber")?.text.flatMap({ Int($0) }), (1...10).contains(number)
            else {
                throw CoPilotFault(400, "9003", "userFieldNumber is invalid.", field: "customFields.userFieldNumber")
            }
            fields.removeAll { $0.present("userFieldNumber")?.text == String(number) }
            fields.append([
                "userFieldNumber": JSONValue(number), "customFieldValue": item.present("customFieldValue") ?? .null,
            ])
        }
        var merchant = document.object["merchant"]?.object ?? JSONObject()
        merchant["customFields"] = .array(fields)
        document.object["merchant"] = .object(merchant)
        return try MerchantEndpoints.store(document, of: application, call)
    }

    static func owner(_ call: CoPilotCall, _ id: String) throws(CoPilotFault) -> ServiceAnswer {
        let document = ApplicationDocument(try call.application(id))
        var object = AnswerObject()
        object.add("ownerSiteUser", value: document.object["ownerSiteUser"] ?? .null)
        object.add("errors", value: .null)
        return call.answer(object)
    }

    static func changeOwner(_ call: CoPilotCall, _ id: String) throws(CoPilotFault) -> ServiceAnswer {
        let application = try call.application(id)
        var document = ApplicationDocument(application)
        guard let sent = try call.body().present("ownerSiteUser") else {
            throw CoPilotFault(400, "9001", "ownerSiteUser is required.", field: "ownerSiteUser")
        }
        document.object["ownerSiteUser"] = sent
        return try MerchantEndpoints.store(document, of: application, call)
    }
}
