import HTTP
import JSON
import Processor
import ServiceKit

/// Who signs an application: `{email, firstName, lastName, ipAddress, personalGuaranteeFlg}`.
enum Signer {
    private static let texts = ["email", "firstName", "lastName", "ipAddress"]

    /// Of a body that may be empty; nil when it names nobody.
    static func read(_ call: CoPilotCall) throws(CoPilotFault) -> String? {
        guard !call.request.http.body.isEmpty, let sent = try call.body().present("signer") else { return nil }
        guard let signer = sent.object else { throw CoPilotFault(400, "9003", "signer is invalid.", field: "signer") }
        for name in texts where signer.present(name).map({ $0.text == nil }) ?? false {
            throw CoPilotFault(400, "9003", "\(name) is invalid.", field: "signer.\(name)")
        }
        return text(signer)
    }

    /// Its five members, those that are missing as null.
    static func text(_ signer: JSONObject) -> String {
        let members = texts.map { ($0, signer.present($0) ?? .null) }
        let flag = ("personalGuaranteeFlg", signer.present("personalGuaranteeFlg") ?? .null)
        return JSONValue(pairs: members + [flag]).serializedText()
    }

    /// The owner's user of the web application; without one, the owner (reference §4.1).
    static func owner(of document: ApplicationDocument) -> String {
        if let user = document.object.present("ownerSiteUser")?.object { return text(user) }
        let owner = DocumentPath.value("merchant.ownership.owner", in: document.object)
        let names = (owner?.present("ownerName")?.text ?? "").split(separator: " ", maxSplits: 1)
        return text(
            JSONObject(pairs: [
                ("email", owner?.present("ownerEmail") ?? .null), ("firstName", .string(String(names.first ?? ""))),
                ("lastName", .string(String(names.dropFirst().first ?? ""))),
            ]))
    }
}
