import HTTP
import ServiceKit

/// Method and path → endpoint.
enum Routes {
    static func answer(_ request: ServiceRequest) -> ServiceAnswer {
        let segments = request.segments(behind: "/cardsecure") ?? []
        switch segments {
        case ["api", "v1", "ccn", "tokenize"]:
            switch request.http.method {
            case .post: return TokenizeEndpoint.answer(request)
            case .options: return CrossOrigin.preflight(request)
            case .get, .head, .put, .delete, .patch, .trace, .connect, .other:
                return ErrorBody.status(405, request, extra: [HTTPField("Allow", "POST, OPTIONS")])
            }
        default:
            return ErrorBody.status(404, request)
        }
    }
}

/// Browsers may tokenize directly (reference §2.4).
enum CrossOrigin {
    static let headers = [
        HTTPField("Access-Control-Allow-Origin", "*"), HTTPField("Access-Control-Allow-Headers", "Content-Type"),
        HTTPField("Access-Control-Allow-Methods", "POST"),
    ]

    static func preflight(_ request: ServiceRequest) -> ServiceAnswer {
        ServiceAnswer(
            HTTPResponse(status: 200, headers: headers), operation: "preflight",
            recordedTarget: CardNumberGuard.masked(request.http.target))
    }
}
