import Cryptography
import JSON
package import Payments
package import Processor

/// `devicedata` of Google Pay (reference §7.4): the payment token, a JSON document as text.
package enum GooglePayPayload {
    package static func read(_ text: String, now: Instant) throws(TokenizerInputFault) -> DevicePayload {
        guard !text.isEmpty else { throw TokenizerInputFault(.empty) }
        let token = try object(text)
        let version = try member("protocolVersion", of: token)
        guard version == "ECv2" || version == "ECv1" else { throw TokenizerInputFault(.unsupportedVersion) }
        guard Base64.decode(try member("signature", of: token)) != nil else { throw TokenizerInputFault(.badBase64) }
        if version == "ECv2" { try checkSigningKey(token, now: now) }
        let message = try object(try member("signedMessage", of: token))
        for name in ["encryptedMessage", "ephemeralPublicKey", "tag"] {
            guard Base64.decode(try member(name, of: message)) != nil else { throw TokenizerInputFault(.badBase64) }
        }
        return DevicePayload(handler: .googlePay, text: AccountText(text))
    }

    /// The intermediate key says itself how long it is good, in milliseconds since 1970.
    private static func checkSigningKey(_ token: JSONObject, now: Instant) throws(TokenizerInputFault) {
        guard let intermediate = token.present("intermediateSigningKey")?.object else {
            throw TokenizerInputFault(.missingParameter)
        }
        let key = try object(try member("signedKey", of: intermediate))
        if let expiration = key.present("keyExpiration")?.text, let end = Int64(expiration), end < now.milliseconds {
            throw TokenizerInputFault(.expiredSignature)
        }
    }

    private static func object(_ text: String) throws(TokenizerInputFault) -> JSONObject {
        let document: JSONValue
        do throws(JSONError) {
            document = try JSONValue(parsing: Array(text.utf8))
        } catch {
            throw TokenizerInputFault(.unreadableJSON)
        }
        guard let object = document.object else { throw TokenizerInputFault(.unreadableJSON) }
        return object
    }

    private static func member(_ name: String, of object: JSONObject) throws(TokenizerInputFault) -> String {
        guard let text = object.present(name)?.text, !text.isEmpty else { throw TokenizerInputFault(.missingParameter) }
        return text
    }
}
