import Cryptography
import JSON
import Payments
import Platform

/// JSON web tokens (RFC 7519) of the token service, signed with a key of this process.
enum WebToken {
    enum Kind: String { case access = "Bearer", refresh = "Refresh" }

    /// Another one in every process, so no token outlives it. A server makes it beside its event loops.
    private static let key = RSAPrivateKey.generate()
    private static let made = Lock(false)

    /// Makes the key: some tens of milliseconds.
    static func prepare() {
        _ = key
        made.withLock { $0 = true }
    }

    static var isPrepared: Bool { made.withLock { $0 } }

    private static let keyID = key.map { String(SHA256.hash($0.publicKey.modulus).hex.prefix(32)) } ?? ""

    /// Nil when the machine cannot make a key.
    static func make(
        _ kind: Kind, user: String, client: String, session: String, issuer: String, at now: Instant,
        lifetime: Duration
    ) -> String? {
        guard let key else { return nil }
        let header: JSONValue = ["alg": "RS256", "typ": "JWT", "kid": .string(keyID)]
        let claims: JSONValue = [
            "jti": .string(identifier(kind, session)), "exp": JSONValue((now + lifetime).seconds), "nbf": 0,
            "iat": JSONValue(now.seconds), "iss": .string(issuer), "aud": .string(client), "sub": .string(user),
            "typ": .string(kind.rawValue), "azp": .string(client), "auth_time": JSONValue(now.seconds),
            "session_state": .string(session), "acr": "1", "client_session": .string(session), "allowed-origins": [],
            "realm_access": ["roles": []], "resource_access": JSONValue(pairs: []), "name": .string(user),
            "preferred_username": .string(user), "ccUName": .string(user),
        ]
        let signed = encoded(header.serialized()) + "." + encoded(claims.serialized())
        return key.sign(Array(signed.utf8)).map { signed + "." + encoded($0) }
    }

    /// Names the token within its session.
    private static func identifier(_ kind: Kind, _ session: String) -> String {
        String(SHA256.hash(Array("\(kind.rawValue) \(session)".utf8)).hex.prefix(32))
    }

    /// The claims of a token that is ours, of the right kind, and not too old.
    static func claims(of token: String, kind: Kind, at now: Instant) -> JSONValue? {
        let parts = token.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 3, let key, let signature = Base64.decode(String(parts[2]), .urlSafe),
            key.publicKey.verifies(signature, of: Array("\(parts[0]).\(parts[1])".utf8)),
            let bytes = Base64.decode(String(parts[1]), .urlSafe)
        else { return nil }
        let claims: JSONValue
        do throws(JSONError) { claims = try JSONValue(parsing: bytes) } catch {
            // We have signed it, so it is JSON; and if it were not, it would be no token.
            return nil
        }
        guard claims["typ"]?.text == kind.rawValue, let end = claims["exp"]?.integer, now.seconds < end else {
            return nil
        }
        return claims
    }

    /// The public half, as a JSON web key set (RFC 7517).
    static var keySet: JSONValue {
        guard let key else { return ["keys": []] }
        return [
            "keys": [
                [
                    "kid": .string(keyID), "kty": "RSA", "alg": "RS256", "use": "sig",
                    "n": .string(encoded(key.publicKey.modulus)), "e": .string(encoded(key.publicKey.exponent)),
                ]
            ]
        ]
    }

    private static func encoded(_ bytes: [UInt8]) -> String { Base64.encode(bytes, .urlSafe) }
}
