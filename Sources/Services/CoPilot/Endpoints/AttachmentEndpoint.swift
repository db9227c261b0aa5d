import Cryptography
import JSON
import Payments
import Processor
import ServiceKit

/// `/merchant/{id}/attachment` (reference §4.3).
enum AttachmentEndpoint {
    static func attach(_ call: CoPilotCall, _ id: String) throws(CoPilotFault) -> ServiceAnswer {
        let application = try call.application(id)
        guard let attachment = try call.body().present("attachment")?.object else {
            throw CoPilotFault(400, "9001", "attachment is required.", field: "attachment")
        }
        return try call.perform(
            .attach(application.number, try content(attachment, call)),
            { reply in
                var object = AnswerObject()
                if case .attachment(let id) = reply { object.add("attachmentId", value: JSONValue(id)) }
                object.add("errors", value: .null)
                return object
            })
    }

    private static func content(
        _ attachment: JSONObject, _ call: CoPilotCall
    ) throws(CoPilotFault) -> Attachment.Content {
        let kind = try text("attachmentTypeCd", upTo: 100, attachment)
        guard call.settings.lookups.contains(where: { $0.list == "attachmentTypeCodes" && $0.code == kind }) else {
            throw invalid("attachmentTypeCd")
        }
        let media = try text("mimeType", upTo: 30, attachment)
        guard !media.hasPrefix("audio/"), !media.hasPrefix("video/") else { throw invalid("mimeType") }
        let note = attachment.present("description")?.text
        guard note.map({ $0.count <= 1000 }) ?? true else { throw tooLong("description") }
        // Line breaks within the document are no part of it.
        let encoded = try text("document", upTo: Int.max, attachment).utf8.filter { $0 > UInt8(ascii: " ") }
        guard let bytes = Base64.decode(encoded) else { throw invalid("document") }
        return Attachment.Content(
            fileName: try text("fileName", upTo: 60, attachment), mediaType: media, kind: kind, note: note,
            bytes: Array(bytes))
    }

    private static func text(
        _ name: String, upTo longest: Int, _ attachment: JSONObject
    ) throws(CoPilotFault) -> String {
        guard let text = attachment.present(name)?.text, !text.isEmpty else {
            throw CoPilotFault(400, "9001", "\(name) is required.", field: "attachment.\(name)")
        }
        guard text.count <= longest else { throw tooLong(name) }
        return text
    }

    private static func invalid(_ name: String) -> CoPilotFault {
        CoPilotFault(400, "9003", "\(name) is invalid.", field: "attachment.\(name)")
    }

    private static func tooLong(_ name: String) -> CoPilotFault {
        CoPilotFault(400, "9002", "\(name) has invalid length.", field: "attachment.\(name)")
    }
}
