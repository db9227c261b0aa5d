import Cryptography
import HTTP
import JSON
import Payments
import Processor
import ServiceKit

/// The token service: `/auth/realms/cardconnect/protocol/openid-connect/token` and `/certs` (reference §2).
enum TokenEndpoint {
    private struct Fault: Error {
        let status: Int
        let error: JSONValue
        let description: JSONValue?
    }

    static func answer(_ request: ServiceRequest, _ segments: [String]) -> ServiceAnswer {
        guard segments.count == 6, segments[1] == "realms", ["cardconnect", "cardpointe"].contains(segments[2]),
            segments[3] == "protocol", segments[4] == "openid-connect"
        else { return json(404, ["error": "Realm does not exist"], request) }
        switch (request.http.method, segments[5]) {
        case (.get, "certs"): return json(200, WebToken.keySet, request)
        case (.post, "token"):
            do throws(Fault) {
                return json(200, try token(request, realm: segments[2]), request)
            } catch {
                var body: JSONObject = ["error": error.error]
                if let description = error.description { body.append("error_description", description) }
                return json(error.status, .object(body), request)
            }
        default: return json(405, ["error": "HTTP 405 Method Not Allowed"], request)
        }
    }

    private static func token(_ request: ServiceRequest, realm: String) throws(Fault) -> JSONValue {
        let form = Dictionary(
            FormCoding.pairs(String(decoding: request.http.body, as: UTF8.self)).map { ($0.name, $0.value) },
            uniquingKeysWith: { first, _ in first })
        let client = try client(form, request)
        switch form["grant_type"] {
        case "password":
            let user = try user(form, request)
            return try pair(user, client, request, realm)
        case "refresh_token":
            guard let claims = WebToken.claims(of: form["refresh_token"] ?? "", kind: .refresh, at: request.world.now),
                let user = claims["preferred_username"]?.text
            else { throw Fault(status: 400, error: "invalid_grant", description: "Invalid refresh token") }
            return try pair(user, client, request, realm)
        case nil: throw Fault(status: 400, error: "invalid_request", description: "Missing form parameter: grant_type")
        default:
            throw Fault(status: 400, error: "unsupported_grant_type", description: "Unsupported grant_type")
        }
    }

    /// In the form, or by HTTP Basic.
    private static func client(_ form: [String: String], _ request: ServiceRequest) throws(Fault) -> String {
        let id = form["client_id"] ?? request.basicCredentials?.user
        let secret = form["client_secret"] ?? request.basicCredentials?.password
        guard let client = request.behavior.boarding.clients.first(where: { $0.id == id }) else {
            throw Fault(status: 400, error: "invalid_client", description: "Invalid client credentials")
        }
        guard constantTimeEqual(client.secret, secret ?? "") else {
            throw Fault(status: 400, error: "unauthorized_client", description: "Invalid client secret")
        }
        return client.id
    }

    private static func user(_ form: [String: String], _ request: ServiceRequest) throws(Fault) -> String {
        guard let user = request.behavior.boarding.users.first(where: { $0.name == form["username"] }),
            constantTimeEqual(user.password, form["password"] ?? "")
        else { throw Fault(status: 401, error: "invalid_grant", description: "Invalid user credentials") }
        guard user.isSetUp else {
            throw Fault(status: 400, error: "invalid_grant", description: "Account is not fully set up")
        }
        return user.name
    }

    private static func pair(
        _ user: String, _ client: String, _ request: ServiceRequest, _ realm: String
    ) throws(Fault) -> JSONValue {
        let settings = request.behavior.boarding
        let now = request.world.now
        let session = uuid(SHA256.hash(Array("\(user) \(client) \(now.nanoseconds)".utf8)).hex)
        let host = request.http.headers["Host"] ?? "localhost"
        let issuer = "https://\(host)/auth/realms/\(realm)"
        guard
            let access = WebToken.make(
                .access, user: user, client: client, session: session, issuer: issuer, at: now,
                lifetime: settings.accessTokenLifetime),
            let refresh = WebToken.make(
                .refresh, user: user, client: client, session: session, issuer: issuer, at: now,
                lifetime: settings.refreshTokenLifetime)
        else { throw Fault(status: 500, error: "server_error", description: nil) }
        return [
            "access_token": .string(access),
            "expires_in": JSONValue(settings.accessTokenLifetime.wholeNanoseconds / 1_000_000_000),
            "refresh_expires_in": JSONValue(settings.refreshTokenLifetime.wholeNanoseconds / 1_000_000_000),
            "refresh_token": .string(refresh), "token_type": "bearer", "not-before-policy": 0,
            "session_state": .string(session), "scope": "isv",
        ]
    }

    /// The form of a UUID (RFC 9562 §4), from the first 32 of the digits.
    private static func uuid(_ digits: String) -> String {
        var rest = Substring(digits)
        return [8, 4, 4, 4, 12].map { count in
            defer { rest = rest.dropFirst(count) }
            return String(rest.prefix(count))
        }.joined(separator: "-")
    }

    /// Neither credentials nor tokens are kept.
    private static func json(_ status: Int, _ body: JSONValue, _ request: ServiceRequest) -> ServiceAnswer {
        var answer = ServiceAnswer(
            HTTPResponse(
                status: status, headers: [HTTPField("Content-Type", "application/json")], body: body.serialized()),
            operation: "token", recordedTarget: request.http.target,
            recordedRequest: Array("(\(request.http.body.count) bytes)".utf8))
        if status == 200 { answer.recordedBody = Array("(\(answer.response.body.count) bytes)".utf8) }
        return answer
    }
}
