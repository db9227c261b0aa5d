import HTTP
import JSON
import Payments
import Processor
import ServiceKit

/// `GET /cardsecure/api/v1/ccn/publickey` (reference §7.1): how the real service hands out its key is not known, so the
/// path is made up. `?format=pem` gives PEM text, otherwise JSON.
enum PublicKeyEndpoint {
    private static let operation = "publicKey"

    static func answer(_ call: TokenizerCall) -> ServiceAnswer {
        guard let key = call.key else {
            return JSONAnswer.failure(.noKey, call, operation: operation, recorded: [])
        }
        guard call.request.queryValue("format") != "pem" else {
            let headers = [HTTPField("Content-Type", "application/x-pem-file")] + CrossOrigin.headers
            return ServiceAnswer(
                HTTPResponse(status: 200, headers: headers, body: Array(key.publicKeyPEM.utf8)), operation: operation,
                recordedTarget: call.request.http.target)
        }
        return JSONAnswer.success(
            call, result: JSONAnswer.Result("publickey", .string(key.publicKey)),
            operation: operation, recorded: [])
    }
}
