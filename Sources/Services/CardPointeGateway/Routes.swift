import HTTP
import ServiceKit

/// Method and path → endpoint: the table of contents of the service. Paths are matched as spelled.
enum Routes {
    /// A class, so that to find one copies nothing.
    final class Route: PathRoute {
        let pattern: PathPattern
        let methods: [HTTPMethod]
        let operation: String
        let answer: @Sendable (GatewayCall) -> ServiceAnswer

        init(
            pattern: PathPattern, methods: [HTTPMethod], operation: String,
            answer: @escaping @Sendable (GatewayCall) -> ServiceAnswer
        ) {
            self.pattern = pattern
            self.methods = methods
            self.operation = operation
            self.answer = answer
        }
    }

    static let writing: [HTTPMethod] = [.put, .post]

    private static let payments: [Route] = [
        Route(pattern: [], methods: [.get, .put, .post], operation: "credentialCheck", answer: CredentialPage.answer),
        Route(pattern: ["auth"], methods: writing, operation: "authorization", answer: AuthEndpoint.answer),
        Route(pattern: ["capture"], methods: writing, operation: "capture", answer: CaptureEndpoint.answer),
        Route(pattern: ["void"], methods: writing, operation: "void", answer: VoidEndpoint.answer),
        Route(pattern: ["voidByOrderId"], methods: writing, operation: "void", answer: VoidByOrderIDEndpoint.answer),
        Route(pattern: ["refund"], methods: writing, operation: "refund", answer: RefundEndpoint.answer),
        Route(
            pattern: ["inquire", ":retref", ":merchid"], methods: [.get], operation: "inquiry",
            answer: InquireEndpoint.answer),
        Route(
            pattern: ["inquireByOrderid", ":orderid", ":merchid"], methods: [.get], operation: "inquiryByOrder",
            answer: InquireByOrderIDEndpoint.answer),
        Route(
            pattern: ["inquireByOrderid", ":orderid", ":merchid", ":set"], methods: [.get],
            operation: "inquiryByOrder", answer: InquireByOrderIDEndpoint.answer),
    ]

    private static let all = payments + customers + settlements + lookUps + updater
    private static let table = RouteTable(all)

    /// Credentials first, then path, then method, then body, then merchant: what fails first, answers.
    static func answer(_ request: ServiceRequest) -> ServiceAnswer {
        let operation: String
        do throws(GatewayFault) {
            let coverage = try GatewayCredentials.check(request)
            let (route, parameters) = try route(request)
            let call = try GatewayCall(request, coverage, parameters, operation: route.operation)
            return RateLimit.apply(call) { route.answer(call) }
        } catch {
            operation = error.operation
            return ErrorBody.answer(error, to: request, operation: operation)
        }
    }

    private static func route(_ request: ServiceRequest) throws(GatewayFault) -> (Route, PathParameters) {
        let base = CardPointeGateway.basePath
        if let place = table.place(request.http.method, request.path, behind: base) {
            return (all[place], PathParameters())
        }
        var segments = request.segments(behind: base) ?? []
        if segments == [""] { segments = [] }
        switch table.match(request.http.method, segments) {
        case .route(let place, let parameters): return (all[place], parameters)
        case .otherMethods(let methods): throw .methodNotAllowed(methods)
        case .nothing: throw .noSuchPath
        }
    }
}
