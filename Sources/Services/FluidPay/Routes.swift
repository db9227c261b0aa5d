import HTTP
import ServiceKit

/// Method and path → endpoint: the table of contents of the service. Paths are matched as spelled.
enum Routes {
    struct Route: Sendable {
        let method: HTTPMethod
        /// A segment that starts with `:` takes any text.
        let pattern: [String]
        let operation: String
        let answer: @Sendable (FluidCall) -> ServiceAnswer

        init(
            _ method: HTTPMethod, _ pattern: String, _ operation: String,
            _ answer: @escaping @Sendable (FluidCall) -> ServiceAnswer
        ) {
            self.method = method
            self.pattern = pattern.split(separator: "/").map(String.init)
            self.operation = operation
            self.answer = answer
        }
    }

    private static let table: [Route] = access + users + transactions + amounts + fileBatches + tokenizer

    private static let access = [
        Route(.post, "/api/token-auth", "signIn", SessionEndpoints.signIn),
        Route(.get, "/api/logout", "signOut", SessionEndpoints.signOut),
        Route(.get, "/api/fphc", "healthCheck", SessionEndpoints.health),
    ]

    private static let users = [
        Route(.post, "/api/user", "createUser", UserEndpoints.create),
        Route(.get, "/api/user", "currentUser", UserEndpoints.current),
        Route(.get, "/api/users", "listUsers", UserEndpoints.list),
        Route(.post, "/api/user/change-password", "changePassword", UserEndpoints.changePassword),
        Route(.post, "/api/user/apikey", "makeKey", UserEndpoints.makeKey),
        Route(.get, "/api/user/apikeys", "listKeys", UserEndpoints.keys),
        Route(.get, "/api/user/apikey", "listKeys", UserEndpoints.keys),
        Route(.delete, "/api/user/apikey/:id", "deleteKey", UserEndpoints.deleteKey),
        Route(.get, "/api/user/:id", "findUser", UserEndpoints.find),
        Route(.post, "/api/user/:id", "updateUser", UserEndpoints.update),
        Route(.delete, "/api/user/:id", "deleteUser", UserEndpoints.delete),
    ]

    private static let amounts = [
        Route(.post, "/api/lookup/fees", "lookUpFees", AmountEndpoints.fees),
        // The path that the documentation's example prints.
        Route(.post, "/api/api/lookup/fees", "lookUpFees", AmountEndpoints.fees),
        Route(.post, "/api/lookup/bin/protected", "lookUpBIN", AmountEndpoints.bin),
        Route(.post, "/api/calculate/amounts", "calculateAmounts", AmountEndpoints.calculate),
        Route(.post, "/api/settlement/batch/search", "searchBatches", BatchEndpoint.answer),
    ]

    private static let tokenizer = [
        Route(.get, "/tokenizer/tokenizer.js", "tokenizerScript", TokenizerEndpoints.script),
        Route(.get, "/tokenizer/frame.js", "tokenizerFrameScript", TokenizerEndpoints.frameScript),
        Route(.get, "/api/tokenizer/:key", "tokenizerPage", TokenizerEndpoints.page),
        Route(.post, "/api/tokenizer/:key", "makeTemporaryToken", TokenizerEndpoints.makeToken),
    ]

    private static let fileBatches = [
        Route(.post, "/api/filebatch", "uploadFileBatch", FileBatchEndpoints.upload),
        Route(.get, "/api/filebatch/:id", "findFileBatch", FileBatchEndpoints.find),
        Route(.get, "/api/filebatch/:id/download", "downloadFileBatch", FileBatchEndpoints.download),
    ]

    private static let transactions = [
        Route(.post, "/api/transaction/search", "searchTransactions", SearchEndpoint.answer),
        Route(.post, "/api/transaction", "charge", TransactionEndpoint.answer),
        Route(.get, "/api/transaction/:id", "findTransaction", FollowUpEndpoints.find),
        Route(.post, "/api/transaction/:id/capture", "capture", FollowUpEndpoints.capture),
        Route(.post, "/api/transaction/:id/void", "void", FollowUpEndpoints.void),
        Route(.post, "/api/transaction/:id/refund", "refund", FollowUpEndpoints.refund),
    ]

    private static let byFirstSegments: [String: [Route]] = Dictionary(grouping: table) { key(of: $0.pattern) }

    private static func key(of segments: [String]) -> String { segments.prefix(2).joined(separator: "/") }

    static func answer(_ request: ServiceRequest) -> ServiceAnswer {
        let segments = request.path.split(separator: "/").map { PercentCoding.decode($0) }
        var allowed: [HTTPMethod] = []
        // The more words a pattern has in common with the path, the earlier it is tried.
        for route in byFirstSegments[key(of: segments)] ?? [] {
            guard let parameters = match(route.pattern, segments) else { continue }
            guard route.method == request.http.method else {
                allowed.append(route.method)
                continue
            }
            let call = FluidCall(request, parameters, operation: route.operation)
            return route.answer(call)
        }
        let call = FluidCall(request, [:], operation: allowed.isEmpty ? "noSuchPath" : "methodNotAllowed")
        return call.failed(allowed.isEmpty ? .notFound : .methodNotAllowed(allowed))
    }

    private static func match(_ pattern: [String], _ segments: [String]) -> [String: String]? {
        guard pattern.count == segments.count else { return nil }
        var parameters: [String: String] = [:]
        for (expected, segment) in zip(pattern, segments) {
            if expected.hasPrefix(":") {
                parameters[String(expected.dropFirst())] = segment
            } else if expected != segment {
                return nil
            }
        }
        return parameters
    }
}
