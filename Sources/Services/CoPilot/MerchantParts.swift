import Cryptography
import JSON
import Payments
import Processor
import ServiceKit

/// Attachments, custom fields and the owner's user (reference §4.3, §4.4).
enum MerchantParts {
    static func attach(_ call: CoPilotCall, _ id: String) throws(CoPilotFault) -> ServiceAnswer {
        let application = try call.application(id)
        guard let attachment = try call.body().present("attachment")?.object else {
            throw CoPilotFault(400, "9001", "attachment is required.", field: "attachment")
        }
        for (name, longest) in [("fileName", 60), ("mimeType", 30), ("attachmentTypeCd", 100), ("document", Int.max)] {
            guard let text = attachment.present(name)?.text, !text.isEmpty else {
                throw CoPilotFault(400, "9001", "\(name) is required.", field: "attachment.\(name)")
            }
            guard text.count <= longest else {
                throw CoPilotFault(400, "9002", "\(name) has invalid length.", field: "attachment.\(name)")
            }
        }
        let type = attachment.present("attachmentTypeCd")?.text ?? ""
        guard call.settings.lookups.contains(where: { $0.list == "attachmentTypeCodes" && $0.code == type }) else {
            throw CoPilotFault(400, "9003", "attachmentTypeCd is invalid.", field: "attachment.attachmentTypeCd")
        }
        let media = attachment.present("mimeType")?.text ?? ""
        guard !media.hasPrefix("audio/"), !media.hasPrefix("video/") else {
            throw CoPilotFault(400, "9003", "mimeType is invalid.", field: "attachment.mimeType")
        }
        let document = (attachment.present("document")?.text ?? "").utf8.filter { $0 > UInt8(ascii: " ") }
        guard Base64.decode(document) != nil else {
            throw CoPilotFault(400, "9003", "document is invalid.", field: "attachment.document")
        }
        return try call.perform(
            .attach(application.number),
            { reply in
                var object = AnswerObject()
                if case .attachment(let id) = reply { object.add("attachmentId", JSONValue(id)) }
                object.add("errors", .null)
                return object
            })
    }

    static func customFields(_ call: CoPilotCall, _ id: String) throws(CoPilotFault) -> ServiceAnswer {
        let document = ApplicationDocument(try call.application(id))
        var object = AnswerObject()
        object.add("customFields", document.object.present("customFields") ?? .array([]))
        object.add("errors", .null)
        return call.answer(object)
    }

    /// Items are known by their number, 1 to 10.
    static func changeCustomFields(_ call: CoPilotCall, _ id: String) throws(CoPilotFault) -> ServiceAnswer {
        let application = try call.application(id)
        var document = ApplicationDocument(application)
        guard let sent = try call.body().present("customFields")?.array else {
            throw CoPilotFault(400, "9001", "customFields is required.", field: "customFields")
        }
        var fields = document.object.present("customFields")?.array ?? []
        for item in sent {
            guard let number = item.present("userFieldNumber")?.text.flatMap({ Int($0) }), (1...10).contains(number)
            else {
                throw CoPilotFault(400, "9003", "userFieldNumber is invalid.", field: "customFields.userFieldNumber")
            }
            let field: JSONValue = [
                "customFieldLabel": .string("Custom Field \(number)"), "isRequired": 0, "isActive": 1,
                "userFieldNumber": JSONValue(number), "customFieldValue": item.present("customFieldValue") ?? .null,
            ]
            fields.removeAll { $0.present("userFieldNumber")?.integer == number }
            fields.append(field)
        }
        document.object["customFields"] = .array(fields)
        return try MerchantEndpoints.store(document, of: application, call)
    }

    static func owner(_ call: CoPilotCall, _ id: String) throws(CoPilotFault) -> ServiceAnswer {
        let document = ApplicationDocument(try call.application(id))
        var object = AnswerObject()
        object.add("ownerSiteUser", document.object["ownerSiteUser"] ?? .null)
        object.add("errors", .null)
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
