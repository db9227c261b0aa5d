import JSON
import Payments
import Processor
import ServiceKit

/// An application in the service's own form: `{templateId, merchant, ownerSiteUser, customFields}`.
struct ApplicationDocument {
    var object: JSONObject

    init(_ object: JSONObject) { self.object = object }

    init(_ application: MerchantApplication) {
        do throws(JSONError) {
            object = try JSONValue(parsing: application.document).object ?? JSONObject()
        } catch {
            // It was written by us; an empty one shows nothing wrong.
            object = JSONObject()
        }
    }

    var text: String { JSONValue.object(object).serializedText() }

    /// Objects that are sent take the place of what was there; others stay (reference §4.1).
    mutating func replace(with sent: JSONObject) {
        if let merchant = sent.present("merchant")?.object {
            var own = object["merchant"]?.object ?? JSONObject()
            for member in merchant.members { own[member.name] = member.value }
            object["merchant"] = .object(own)
        }
        for name in ["templateId", "ownerSiteUser", "customFields"] {
            if let value = sent.present(name) { object[name] = value }
        }
    }

    func facts(_ settings: BoardingSettings) throws(CoPilotFault) -> MerchantApplication.Facts {
        guard let id = object.present("templateId")?.text.flatMap({ Int($0) }), let template = settings.template(id)
        else {
            throw CoPilotFault(400, "9009", "Template is unknown.", field: "templateId")
        }
        let merchant = object["merchant"]
        let platform = merchant?.present("processing")?.present("platformDetails")
        var facts = MerchantApplication.Facts(
            template: id,
            name: merchant?.present("dbaName")?.text ?? merchant?.present("legalBusinessName")?.text ?? "",
            isAcquiring: platform?.present("acquiringFlg")?.boolValue ?? template.isAcquiring)
        facts.merchant = platform?.present("frontEndMid")?.text.map { MerchantID($0) }
        return facts
    }
}

/// Checks an application against the table of members (reference §5).
enum ApplicationCheck {
    static func faults(_ document: ApplicationDocument, _ settings: BoardingSettings) -> [CoPilotFault.Element] {
        let atGateway = value("merchant.processing.platformDetails.acquiringFlg", document.object)?.boolValue == false
        var faults: [CoPilotFault.Element] = []
        for member in settings.members {
            let found = value(member.path, document.object)
            guard let found else {
                guard member.isRequired || (atGateway && member.isRequiredAtGateway) else { continue }
                faults.append(element(member, "9001", "\(title(member)) is required."))
                continue
            }
            guard let text = found.text else { continue }
            if let longest = member.longest, text.count > longest {
                faults.append(element(member, "9002", "\(title(member)) has invalid length."))
            } else if !text.isEmpty, let complaint = complaint(member, text) {
                faults.append(element(member, "9003", "\(title(member)) is invalid.\(complaint)"))
            }
        }
        return faults
    }

    private static func element(
        _ member: BoardingSettings.Member, _ code: String, _ message: String
    ) -> CoPilotFault.Element {
        let own = code == "9001" || member.code.isEmpty ? code : member.code
        return CoPilotFault.Element(code: own, message: message, field: member.path)
    }

    private static func title(_ member: BoardingSettings.Member) -> String {
        member.title.isEmpty ? String(member.path.split(separator: ".").last ?? "") : member.title
    }

    /// What follows "… is invalid."; nil when the text has its form. The two blanks are the service's.
    private static func complaint(_ member: BoardingSettings.Member, _ text: String) -> String? {
        switch member.form {
        case .any: nil
        case .phone: fits(text, "###-###-####") ? nil : "  Please use XXX-XXX-XXXX format."
        case .date: fits(text, "##/##/####") ? nil : "  Please use MM/DD/YYYY format."
        case .ssn: fits(text, "###-##-####") ? nil : "  Please use XXX-XX-XXXX format."
        case .percent: Int(text).map { (0...100).contains($0) } ?? false ? nil : ""
        case .state, .country:
            text.utf8.count == 2 && text.utf8.allSatisfy { (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains($0) }
                ? nil : ""
        }
    }

    private static func fits(_ text: String, _ pattern: String) -> Bool {
        text.utf8.count == pattern.utf8.count
            && zip(text.utf8, pattern.utf8).allSatisfy { byte, wanted in
                wanted == UInt8(ascii: "#") ? Digits.isDigit(byte) : byte == wanted
            }
    }

    private static func value(_ path: String, _ object: JSONObject) -> JSONValue? {
        var value: JSONValue? = .object(object)
        for name in path.split(separator: ".") { value = value?.present(String(name)) }
        return value
    }
}
