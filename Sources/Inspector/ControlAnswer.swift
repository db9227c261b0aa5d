import HTTP
import JSON
import ServiceKit

/// What a route answers.
struct ControlAnswer: Sendable {
    var status: Int
    /// Nil: no content.
    var body: JSONValue?
    var headers: [HTTPField] = []
    /// See ``HTTP/HTTPResponse/isOpen``.
    var isOpen = false

    init(_ status: Int = 200, _ body: JSONValue?) {
        self.status = status
        self.body = body
    }

    static let noContent = ControlAnswer(204, nil)

    /// A new resource at a path.
    static func created(_ path: String, _ body: JSONValue) -> ControlAnswer {
        var answer = ControlAnswer(201, body)
        answer.headers.append(HTTPField("Location", path))
        return answer
    }

    var response: HTTPResponse {
        var response = HTTPResponse(status: status, headers: headers + Self.always)
        if let body {
            response.headers.append(HTTPField("Content-Type", "application/json"))
            response.body = body.serialized()
            response.isOpen = isOpen
        }
        return response
    }

    /// What is told here changes, and is for programs: nothing keeps it, guesses its type, or shows it in a frame.
    private static let always = [
        HTTPField("Cache-Control", "no-store"), HTTPField("X-Content-Type-Options", "nosniff"),
        HTTPField("Cross-Origin-Resource-Policy", "same-origin"),
    ]
}

extension ControlAnswer {
    /// `{"error":{"code":…,"message":…,…}}`.
    init(_ fault: ControlFault) {
        var error: JSONObject = ["code": .string(fault.code), "message": .string(Shown.text(fault.message))]
        for (name, value) in fault.details { error.append(name, Shown.value(value)) }
        self.init(fault.status, ["error": .object(error)])
        switch fault {
        case .methodNotAllowed(_, let allowed):
            headers.append(HTTPField("Allow", allowed.joined(separator: ", ")))
        case .unauthorized: headers.append(HTTPField("WWW-Authenticate", "Bearer realm=\"understudy\""))
        case .hostNotAllowed, .originNotAllowed, .unknownPath, .bodyTooLarge, .mediaType, .bodyMissing, .unreadable,
            .field, .parameter, .world, .scenario, .rewind, .noEntry, .journal, .notReady, .noAuthority,
            .unknownTerminal, .nothingAsked, .doesNotSuit, .unknownApplication, .unknownOrder, .webhook:
            break
        }
    }
}

/// What clients sent, on its way into an error message: short, and without card numbers.
enum Shown {
    private static let longest = 4_096

    static func text(_ text: String) -> String {
        let masked = CardNumberGuard.masked(text)
        guard masked.utf8.count > longest else { return masked }
        return String(decoding: masked.utf8.prefix(longest), as: UTF8.self) + "…"
    }

    static func value(_ value: JSONValue) -> JSONValue {
        switch value {
        case .string(let text): .string(self.text(text))
        case .array(let elements): .array(elements.map(self.value))
        case .null, .bool, .number, .object: value
        }
    }
}
