import HTTP
import JSON
import Payments
import Processor
import ServiceKit

/// The members of a request body. `null` counts as absent.
struct BoltFields: WireFacts {
    let object: JSONObject
    private let headers: HTTPFields

    init(_ object: JSONObject, _ headers: HTTPFields) {
        self.object = object
        self.headers = headers
    }

    /// The text of a string or the literal of a number; the empty text counts.
    func text(_ name: String) -> String? { object.present(name)?.text }

    func required(_ name: String) throws(BoltFault) -> String {
        guard let value = object.present(name) else { throw BoltFault(.missingParameter, name) }
        guard let text = value.text else { throw BoltFault(.invalidParameter, name) }
        return text
    }

    /// A text of at most so many characters.
    func optional(_ name: String, upTo longest: Int) throws(BoltFault) -> String? {
        guard let value = object.present(name) else { return nil }
        guard let text = value.text, text.count <= longest else { throw BoltFault(.invalidParameter, name) }
        return text
    }

    func required(_ name: String, upTo longest: Int) throws(BoltFault) -> String {
        _ = try required(name)
        return try optional(name, upTo: longest) ?? ""
    }

    /// `true` and `"true"`; clients send both.
    func flag(_ name: String) throws(BoltFault) -> Bool? {
        guard let value = object.present(name) else { return nil }
        if let flag = value.boolValue { return flag }
        switch value.text?.lowercased() {
        case "true": return true
        case "false": return false
        default: throw BoltFault(.invalidParameter, name)
        }
    }

    func flag(_ name: String, default standard: Bool) throws(BoltFault) -> Bool { try flag(name) ?? standard }

    /// Minor units, as number or as digits in a text; with a point, major units.
    func amount(_ name: String) throws(BoltFault) -> Int64? {
        guard let value = object.present(name) else { return nil }
        guard let text = value.text else { throw BoltFault(.invalidParameter, name) }
        let minorUnits: Int64
        do throws(DecimalText.Fault) {
            minorUnits = try DecimalText.impliedMinorUnits(text, decimals: 2)
        } catch {
            throw BoltFault(.invalidParameter, name)
        }
        guard (-Self.largestAmount...Self.largestAmount).contains(minorUnits) else {
            throw BoltFault(.invalidParameter, name)
        }
        return minorUnits
    }

    func requiredAmount(_ name: String) throws(BoltFault) -> Int64 {
        guard let amount = try amount(name) else { throw BoltFault(.missingParameter, name) }
        return amount
    }

    /// A whole number, as number or as digits in a text.
    func integer(_ name: String) throws(BoltFault) -> Int? {
        guard let value = object.present(name) else { return nil }
        guard let text = value.text, let number = Int(text) else { throw BoltFault(.invalidParameter, name) }
        return number
    }

    private static let largestAmount: Int64 = 2_147_483_647

    // MARK: - What rules may look at

    func field(_ name: String) -> String? { Self.recording.secret.contains(name) ? nil : text(name) }

    func header(_ name: String) -> String? {
        ["authorization", "x-cardconnect-sessionkey"].contains(name.lowercased()) ? nil : headers[name]
    }

    /// Kept with a request that waits, so that rules can look at it later.
    var remembered: RememberedFacts {
        var kept: [String: String] = [:]
        for member in object.members where Self.documented.contains(member.name) {
            if let text = member.value.text { kept[member.name] = CardNumberGuard.masked(text) }
        }
        return RememberedFacts(fields: kept, headers: [:])
    }

    private static let documented: Set<String> = [
        "merchantId", "hsn", "force", "dateTime", "text", "prompt", "beep", "format", "amount", "includeAmountDisplay",
        "confirmAmount", "includeSignature", "signatureFormat", "gzipSignature", "signatureDimensions",
        "signatureImageType", "aid", "includePIN", "includeExpirationDate", "includeCVV", "includeAVS", "authCode",
        "authMerchantId", "bin", "capture", "clearDisplayDelay", "createProfile", "invoiceId", "orderId", "printDelay",
        "printExtraReceipt", "printReceipt", "termId", "userFields", "includeCustomTipAmount", "tipPercentPresets",
    ]

    /// What of a request the journal keeps.
    static let recording = RecordingPolicy(known: documented, secret: ["token"])
}
