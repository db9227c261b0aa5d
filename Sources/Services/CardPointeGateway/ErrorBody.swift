import HTTP
import JSON
import Payments
import Processor
import ServiceKit

/// What goes wrong before a business answer can be given.
enum GatewayFault: Error {
    case unauthorized
    case noSuchPath
    case methodNotAllowed([HTTPMethod])
    /// The reason never shows what the body holds.
    case unreadableBody(String)
    case tooManyRequests

    var operation: String {
        switch self {
        case .unauthorized: "unauthorized"
        case .noSuchPath: "noSuchPath"
        case .methodNotAllowed: "methodNotAllowed"
        case .unreadableBody: "unreadableBody"
        case .tooManyRequests: "rateLimit"
        }
    }
}

/// The gateway's HTTP errors. Source: reference §2.2, §2.3; only the body of 404 is documented, 400 and 405 follow
/// it.
enum ErrorBody {
    static func answer(_ fault: GatewayFault, to request: ServiceRequest, operation: String) -> ServiceAnswer {
        let response: HTTPResponse
        switch fault {
        case .unauthorized: response = unauthorized(request)
        case .noSuchPath: response = described(404, "Not Found", nil, request)
        case .methodNotAllowed(let methods):
            var answer = described(405, "Method Not Allowed", nil, request)
            answer.headers.append(HTTPField("Allow", methods.map(\.token).joined(separator: ", ")))
            response = answer
        case .unreadableBody(let reason): response = described(400, "Bad Request", reason, request)
        case .tooManyRequests: response = described(429, "Too Many Requests", nil, request)
        }
        return ServiceAnswer(
            response, operation: operation, recordedTarget: request.http.target)
    }

    /// The one status with a reason phrase: a client looks for `401 Unauthorized`.
    private static func unauthorized(_ request: ServiceRequest) -> HTTPResponse {
        let body = request.behavior.gateway.unauthorizedBody
        var response = HTTPResponse(status: 401, reason: .text("Unauthorized"), headers: GatewayHeaders.common(request))
        response.headers.append(HTTPField("WWW-Authenticate", "Basic realm=\"CardConnect\""))
        if !body.isEmpty {
            response.headers.append(HTTPField("Content-Type", "text/html"))
            response.body = Array(body.utf8)
        }
        return response
    }

    private static func described(
        _ status: Int, _ error: String, _ message: String?, _ request: ServiceRequest
    ) -> HTTPResponse {
        var body = AnswerObject()
        body.add("timestamp", CivilTime(request.world.now).iso8601 + "+00:00")
        body.add("status", value: .number(String(status)))
        body.add("error", error)
        body.add("message", ifPresent: message)
        body.add("path", String(request.path))
        return HTTPResponse(
            status: status, reason: .none,
            headers: GatewayHeaders.common(request, contentType: "application/json"),
            body: body.serialized())
    }
}

/// Header fields of every answer.
enum GatewayHeaders {
    static func common(_ request: ServiceRequest, contentType: String? = nil) -> [HTTPField] {
        let server = request.behavior.gateway.serverHeader
        // Made once for most answers.
        if contentType == "application/json", server == nil { return json }
        var headers = [HTTPField("X-Frame-Options", "DENY")]
        if let server { headers.append(HTTPField("Server", server)) }
        if let contentType { headers.append(HTTPField("Content-Type", contentType)) }
        return headers
    }

    private static let json = [HTTPField("X-Frame-Options", "DENY"), HTTPField("Content-Type", "application/json")]
}
