import JSON
import Payments
import Processor
import ServiceKit

/// An application in the service's own form: `{templateId, merchant, ownerSiteUser}`.
struct ApplicationDocument {
    var object: JSONObject

    init(_ object: JSONObject) { self.object = object }

    init(_ application: MerchantApplication) { object = Self.object(application.document) }

    /// A text that this service has written.
    static func object(_ text: String) -> JSONObject {
        do throws(JSONError) {
            return try JSONValue(parsing: text, limits: .widest).object ?? JSONObject()
        } catch {
            // It was written by us; an empty one shows nothing wrong.
            return JSONObject()
        }
    }

    var text: String { JSONValue.object(object).serializedText() }

    /// Members of a read merchant that the service tells; who sends a merchant back as it was read cannot change them.
    private static let told: Set<String> = ["merchantId", "merchantStatus", "signatureStatus"]

    /// Objects that are sent take the place of what was there; others stay (reference §4.1).
    mutating func replace(with sent: JSONObject) {
        if let merchant = sent.present("merchant") {
            var own = object["merchant"]?.object ?? JSONObject()
            for member in merchant.object?.members ?? [] where !Self.told.contains(member.name) {
                own[member.name] = member.value
            }
            object["merchant"] = merchant.object == nil ? merchant : .object(own)
        }
        for name in ["templateId", "ownerSiteUser"] {
            if let value = sent.present(name) { object[name] = value }
        }
    }

    // MARK: - The template

    func template(_ settings: BoardingSettings) -> BoardingSettings.Template? {
        object.present("templateId")?.text.flatMap { Int($0) }.flatMap { settings.template($0) }
    }

    /// Members that were not sent get what the template has for them.
    mutating func fill(from settings: BoardingSettings) {
        for fill in template(settings)?.fills ?? [] where DocumentPath.value(fill.path, in: object) == nil {
            let kind = settings.members.first { $0.path == fill.path }?.kind ?? .string
            let names = fill.path.split(separator: ".").map(String.init)
            object = Self.set(Self.value(fill.value, kind), at: names[...], in: object)
        }
    }

    private static func value(_ text: String, _ kind: ApplicationMember.Kind) -> JSONValue {
        switch kind {
        case .boolean: .bool(text == "true")
        case .number, .integer: JSONValue(numberLiteral: text) ?? .string(text)
        case .string, .object, .array: .string(text)
        }
    }

    private static func set(_ value: JSONValue, at path: ArraySlice<String>, in object: JSONObject) -> JSONObject {
        guard let name = path.first else { return object }
        var object = object
        object[name] =
            path.count == 1
            ? value : .object(set(value, at: path.dropFirst(), in: object[name]?.object ?? JSONObject()))
        return object
    }

    // MARK: - What decides how it goes on

    /// False: the gateway alone, without merchant services.
    func isAcquiring(_ settings: BoardingSettings) -> Bool {
        let flag = DocumentPath.value("merchant.processing.platformDetails.acquiringFlg", in: object)
        return flag.flatMap { $0.boolValue ?? $0.text.map { $0 != "false" } } ?? template(settings)?.isAcquiring ?? true
    }

    func facts(_ settings: BoardingSettings) throws(CoPilotFault) -> MerchantApplication.Facts {
        guard let template = template(settings) else {
            throw CoPilotFault(400, "9009", "Template is unknown.", field: "templateId")
        }
        let merchant = object["merchant"]
        var facts = MerchantApplication.Facts(
            template: template.id,
            name: merchant?.present("dbaName")?.text ?? merchant?.present("legalBusinessName")?.text ?? "",
            isAcquiring: isAcquiring(settings))
        facts.merchant = merchant?.present("processing")?.present("platformDetails")?.present("frontEndMid")?.text
            .map { MerchantID($0) }
        return facts
    }

    /// Of whose sales it is.
    var salesCode: String? {
        DocumentPath.places("merchant.salesCode", alias: "salesCodes", in: object).first?.value?.text
    }
}
