import HTTP
import ServiceKit

/// Method and path → endpoint.
enum Routes {
    static func answer(_ call: TokenizerCall) -> ServiceAnswer {
        let request = call.request
        switch request.segments(behind: "/cardsecure") ?? [] {
        case ["api", "v1", "ccn", "tokenize"]: return post(call, TokenizeEndpoint.answer)
        case ["api", "v1", "echo"]: return post(call, EchoEndpoint.answer)
        case ["api", "v1", "ccn", "detokenize"], ["api", "v1", "ssn", "detokenize"]:
            return post(call, DetokenizeEndpoint.answer)
        case ["api", "v1", "ccn", "publickey"]: return get(call, PublicKeyEndpoint.answer)
        case ["cs"]: return LegacyEndpoint.answer(call)
        default: return PlainAnswer.status(404, request)
        }
    }

    private static func post(_ call: TokenizerCall, _ endpoint: (TokenizerCall) -> ServiceAnswer) -> ServiceAnswer {
        switch call.request.http.method {
        case .post: endpoint(call)
        case .options: PlainAnswer.preflight(call.request)
        case .get, .head, .put, .delete, .patch, .trace, .connect, .other:
            PlainAnswer.status(405, call.request, extra: [HTTPField("Allow", "POST, OPTIONS")])
        }
    }

    private static func get(_ call: TokenizerCall, _ endpoint: (TokenizerCall) -> ServiceAnswer) -> ServiceAnswer {
        switch call.request.http.method {
        case .get, .head: endpoint(call)
        case .options: PlainAnswer.preflight(call.request)
        case .post, .put, .delete, .patch, .trace, .connect, .other:
            PlainAnswer.status(405, call.request, extra: [HTTPField("Allow", "GET, HEAD, OPTIONS")])
        }
    }
}

/// Browsers may tokenize directly (reference §2.4).
enum CrossOrigin {
    static let headers = [
        HTTPField("Access-Control-Allow-Origin", "*"), HTTPField("Access-Control-Allow-Headers", "Content-Type"),
        HTTPField("Access-Control-Allow-Methods", "POST"),
    ]
}

/// Answers without a body.
enum PlainAnswer {
    static func status(_ status: Int, _ request: ServiceRequest, extra: [HTTPField] = []) -> ServiceAnswer {
        ServiceAnswer(
            HTTPResponse(status: status, headers: CrossOrigin.headers + extra), operation: "refused",
            recordedTarget: request.http.target)
    }

    static func preflight(_ request: ServiceRequest) -> ServiceAnswer {
        ServiceAnswer(
            HTTPResponse(status: 200, headers: CrossOrigin.headers), operation: "preflight",
            recordedTarget: request.http.target)
    }
}
