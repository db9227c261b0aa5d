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

    static func redacted(_ value: JSONValue) -> JSONValue {
        switch value {
        case .null, .bool: value
        case .number, .string: CardNumberGuard.masked(value)
        case .array(let values): .array(values.map(redacted))
        case .object(let object):
            .object(
                JSONObject(
                    object.members.map { member in
                        JSONObject.Member(
                            CardNumberGuard.masked(member.name),
                            secret.contains(member) ? veil(member.value) : redacted(member.value))
                    }))
        }
    }

    static func isSecret(_ name: String) -> Bool { secret.contains(name) }

    /// Says what kind of value there was, and how long.
    private static func veil(_ value: JSONValue) -> JSONValue {
        if value.isNull { return .null }
        return .string(value.text.map { "(\($0.utf8.count) characters)" } ?? "(not kept)")
    }
}
