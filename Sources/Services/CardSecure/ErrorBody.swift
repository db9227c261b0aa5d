import HTTP
import JSON
import Payments
import Processor
import ServiceKit

extension Tokenize.Fault {
    /// What this stand-in says when the documents have no text that would help.
    var explanation: String? {
        guard self == .unpublishedNumber else { return nil }
        return "Only published test card numbers are accepted here (gateway.acceptsRealCardNumbers allows others)"
    }
}

/// The errors of CardSecure that a request can provoke; number and text are part of its wire (reference §5).
enum ErrorCode: Int {
    case notDecimal = 8
    case tooLong = 13
    case empty = 14
    case tooShort = 21
    case serverFailed = 43
    case notFound = 49
    case checkDigit = 54
    case badToken = 56
    case missingParameter = 74
    case unreadableJSON = 77

    init(_ fault: Tokenize.Fault) {
        switch fault {
        case .empty: self = .empty
        case .notDecimal: self = .notDecimal
        case .tooLong: self = .tooLong
        case .tooShort: self = .tooShort
        case .checkDigit: self = .checkDigit
        case .unknownToken: self = .notFound
        case .unpublishedNumber: self = .notDecimal
        }
    }

    var text: String {
        switch self {
        case .notDecimal: "Data is not decimal digits"
        case .tooLong: "Data is too long"
        case .empty: "Data is empty"
        case .tooShort: "Data is too short"
        case .serverFailed: "Server failed"
        case .notFound: "Data not found"
        case .checkDigit: "Card number check (Luhn formula) failed"
        case .badToken: "Token format is bad"
        case .missingParameter: "Missing required parameter"
        case .unreadableJSON: "JSON deserialization error"
        }
    }

    /// Documents disagree; "not found" is 404, everything else 400 (reference §2.3).
    var status: Int { self == .notFound ? 404 : 400 }
}

enum ErrorBody {
    /// - Parameter message: in place of the text that belongs to the code.
    static func answer(
        _ code: ErrorCode, _ request: ServiceRequest, recorded: [UInt8], message: String? = nil
    ) -> ServiceAnswer {
        let body: JSONValue = ["message": .string(message ?? code.text), "errorcode": .number(String(code.rawValue))]
        let response = HTTPResponse(
            status: code.status, headers: [HTTPField("Content-Type", "application/json")] + CrossOrigin.headers,
            body: body.serialized())
        return ServiceAnswer(
            response, operation: "tokenization", recordedTarget: CardNumberGuard.masked(request.http.target),
            recordedRequest: recorded)
    }

    static func status(_ status: Int, _ request: ServiceRequest, extra: [HTTPField] = []) -> ServiceAnswer {
        ServiceAnswer(
            HTTPResponse(status: status, headers: CrossOrigin.headers + extra), operation: "refused",
            recordedTarget: CardNumberGuard.masked(request.http.target))
    }
}
