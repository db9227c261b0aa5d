import Cryptography
import HTTP
import JSON
import Payments
import Processor
import ServiceKit

extension FluidCall {
    /// What the header `Authorization` shows: a key alone, or `Bearer` and a token.
    var credential: PresentedCredential {
        guard let header = request.http.headers["Authorization"], !header.isEmpty else { return .none }
        guard header.withBytes({ $0.contains(UInt8(ascii: " ")) }) else { return .key(SecretDigest(of: header)) }
        let parts = header.utf8.split(separator: UInt8(ascii: " ")).map { String(Substring($0)) }
        if parts.count == 1 { return .key(SecretDigest(of: parts[0])) }
        guard parts.count == 2, parts[0].isSameWord("bearer"),
            let session = WebToken.session(parts[1], seed: request.world.seed)
        else { return .unreadable }
        return .session(session)
    }
}

/// The tokens of signed-in users: JSON web tokens (RFC 7519) with HMAC SHA-256, signed with a key of the world.
enum WebToken {
    static func make(_ session: ObjectID, user: ObjectID, at now: Instant, seed: UInt64) -> String {
        let header: JSONValue = ["alg": "HS256", "typ": "JWT"]
        let claims: JSONValue = [
            "sid": .string(session.text), "user_id": .string(user.text), "iat": JSONValue(now.seconds),
        ]
        let text = Base64.encode(header.serialized(), .urlSafe) + "." + Base64.encode(claims.serialized(), .urlSafe)
        return text + "." + signature(of: text, seed)
    }

    /// The session of a token with a good signature.
    static func session(_ token: String, seed: UInt64) -> ObjectID? {
        let parts = token.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 3,
            constantTimeEqual(String(parts[2]), signature(of: parts[0] + "." + parts[1], seed)),
            let claims = Base64.decode(String(parts[1]), .urlSafe)
        else { return nil }
        do throws(JSONError) {
            return try JSONValue(parsing: claims)["sid"]?.stringValue.map { ObjectID($0) }
        } catch {
            return nil
        }
    }

    private static func signature(of text: String, _ seed: UInt64) -> String {
        let key = HMACSHA256(key: Array("understudy fluidpay sessions \(seed)".utf8))
        return Base64.encode(key.code(for: text).bytes, .urlSafe)
    }
}
