import JSON
import Payments
import ServiceKit

/// Makes of a request's body what may be kept of it: no card data, no bank account, no password, no key.
enum Redaction {
    private static let secret = NameSet([
        "number", "cvc", "track_1", "track_2", "encrypted_track_1", "encrypted_track_2", "ksn", "cavv", "cryptogram",
        "xid", "tlv_data", "account_number", "dl_number", "pkpaymenttoken", "temporary_token", "google_pay_token",
        "apple_pay_token", "password", "current_password", "new_password", "reset_code", "api_key", "iban",
        "national_id", "consumer_id", "token", "temp_token", "full_cc_number", "pan",
    ])

    /// As a tree, for what becomes part of another document.
    static func redacted(_ value: JSONValue) -> JSONValue {
        switch value {
        case .null, .bool, .number, .string: CardNumberGuard.masked(value)
        case .array(let values): .array(values.map(redacted))
        case .object(let object):
            .object(
                JSONObject(
                    object.members.map { member in
                        JSONObject.Member(CardNumberGuard.masked(member.name), veil(member) ?? redacted(member.value))
                    }))
        }
    }

    /// The same, written at once.
    static func write(_ value: JSONValue, to writer: inout JSONWriter) {
        switch value {
        case .null, .bool, .number: writer.value(CardNumberGuard.masked(value))
        case .string(let text): writer.string(CardNumberGuard.masked(text))
        case .array(let values):
            writer.beginArray()
            for value in values { write(value, to: &writer) }
            writer.endArray()
        case .object(let object):
            writer.beginObject()
            for member in object.members {
                writer.name(CardNumberGuard.masked(member.name))
                if let veil = veil(member) { writer.value(veil) } else { write(member.value, to: &writer) }
            }
            writer.endObject()
        }
    }

    static func isSecret(_ name: String) -> Bool { secret.contains(name) }

    /// Says what kind of value a secret member has, and how long it is; nil for members that are none.
    private static func veil(_ member: JSONObject.Member) -> JSONValue? {
        guard secret.contains(member) else { return nil }
        if member.value.isNull { return .null }
        return .string(member.value.text.map { "(" + String($0.utf8.count) + " characters)" } ?? "(not kept)")
    }
}
