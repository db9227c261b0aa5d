import HTTP
import JSON
import Payments
import Processor
import ServiceKit

/// Why a request is refused: a status and an element for each thing that is wrong.
struct CoPilotFault: Error {
    struct Element: Sendable {
        let code: String
        let message: String
        let field: String?
    }

    let status: Int
    let elements: [Element]

    init(_ status: Int, _ elements: [Element]) {
        self.status = status
        self.elements = elements
    }

    init(_ status: Int, _ code: String, _ message: String, field: String? = nil) {
        self.init(status, [Element(code: code, message: message, field: field)])
    }

    static let accessDenied = CoPilotFault(401, "1005", "Access denied.")
    static let notFound = CoPilotFault(404, "9004", "Not found.")
    static let unreadable = CoPilotFault(400, "9005", "The body is not valid JSON.")
    static let notInProgress = CoPilotFault(400, "9006", "The application can no longer be changed.")
    static let notPending = CoPilotFault(400, "9007", "There is no pending signature.")
    static let full = CoPilotFault(400, "9012", "The limit of the world is reached.")
    static let notNew = CoPilotFault(400, "9008", "The order can no longer be changed.")

    init(_ fault: BoardingCommand.Fault) {
        switch fault {
        case .unknown: self = .notFound
        case .notInProgress: self = .notInProgress
        case .notPending: self = .notPending
        case .notNew: self = .notNew
        case .accessDenied: self = .accessDenied
        case .full: self = .full
        }
    }
}

/// `{"errors":[{code,message,errorField,status}]}` (reference §3). Codes from 9001 on are Understudy's own.
enum ErrorBody {
    static func answer(_ fault: CoPilotFault, _ request: ServiceRequest, recorded: [UInt8] = []) -> ServiceAnswer {
        let name: JSONValue =
            switch fault.status {
            case 401: "UNAUTHORIZED"
            case 404: "NOT_FOUND"
            case 500: "INTERNAL_SERVER_ERROR"
            default: "BAD_REQUEST"
            }
        let elements = fault.elements.map { element -> JSONValue in
            [
                "code": .string(element.code), "message": .string(element.message),
                "errorField": element.field.map { .string($0) } ?? .null, "status": name,
            ]
        }
        var headers = [HTTPField("Content-Type", "application/json")]
        if fault.status == 401 { headers.append(HTTPField("WWW-Authenticate", "Bearer")) }
        let body: JSONValue = ["errors": .array(elements)]
        return ServiceAnswer(
            HTTPResponse(status: fault.status, headers: headers, body: body.serialized()), operation: "refused",
            recordedTarget: request.http.target, recordedRequest: recorded)
    }
}
