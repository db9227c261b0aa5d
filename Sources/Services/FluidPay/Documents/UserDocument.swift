import JSON
import Payments
import Processor
import ServiceKit

/// A user as answers show it. Reference §3.2.
enum UserDocument {
    static func json(
        _ user: AccessUser, _ kind: GatewayAccount.Kind, key: ShownSecret? = nil, published: ShownSecret? = nil
    ) -> JSONValue {
        var object = JSONObject(pairs: [
            ("id", .string(user.id.text)), ("username", .string(user.username)), ("name", .string(user.name)),
            ("phone", .string(user.phone)), ("email", .string(user.email)), ("timezone", .string(user.timezone)),
            ("status", user.isActive ? "active" : "disabled"), ("role", .string(user.role.rawValue)),
            ("account_type", .string(kind.rawValue)), ("account_type_id", .string(user.account.text)),
            ("flags", user.isPasswordExpired ? ["password_expired": "true"] : .object(JSONObject())),
            ("permissions", permissions(user)),
            ("notifications", .object(JSONObject())), ("defaults", ["processor_id": ""]),
            ("access_restrictions", ["ip": .null]), ("two_factor_enabled", false),
        ])
        if let key { object.append("api_key", key.withClearText { .string($0) }) }
        if let published { object.append("pub_api_key", published.withClearText { .string($0) }) }
        object.append("created_at", WireTime.json(user.createdAt))
        object.append("updated_at", WireTime.json(user.updatedAt))
        return .object(object)
    }

    private static func permissions(_ user: AccessUser) -> JSONValue {
        JSONValue(
            pairs: Permission.allCases.map { (WireName.snake($0.rawValue), JSONValue(user.may($0))) })
    }
}

/// A key as answers show it; its secret only when it was just made. Reference §3.3.
enum KeyDocument {
    static func json(_ key: AccessKey, secret: ShownSecret?, _ call: FluidCall) -> JSONValue {
        let kind = call.request.behavior.accounts.account(key.account)?.kind ?? .merchant
        var object = JSONObject(pairs: [
            ("id", .string(key.id.text)), ("user_id", .string(key.user.text)),
            ("type", key.kind == .secret ? "api" : "pub"), ("name", .string(key.name)),
        ])
        if let secret { object.append("api_key", secret.withClearText { .string($0) }) }
        object.append("account_type", .string(kind.rawValue))
        object.append("account_type_id", .string(key.account.text))
        object.append("created_at", WireTime.json(key.createdAt))
        object.append("updated_at", WireTime.json(key.createdAt))
        return .object(object)
    }
}
