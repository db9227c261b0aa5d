import HTTP
import Payments
import Processor
import ServiceKit

/// The limit on inquiries in UAT: so many a minute for each client and endpoint (reference §2.4).
enum RateLimit {
    /// The endpoint that a call counts for; nil when it is not limited.
    private static func endpoint(_ call: GatewayCall) -> String? {
        switch call.operation {
        case "inquiry": "inquire"
        case "funding": "funding"
        case "settlementStatus": call.request.http.method == .get ? "settlestat" : nil
        case "profile", "profileInquiry", "profileDeletion": "profile"
        default: nil
        }
    }

    /// Counts a call where the scenario limits it, and answers it or refuses it with 429.
    static func apply(_ call: GatewayCall, _ answer: () -> ServiceAnswer) -> ServiceAnswer {
        guard let perMinute = call.request.behavior.gateway.inquiriesPerMinute, call.request.scope.environment == .uat,
            let endpoint = endpoint(call)
        else { return answer() }
        let key = RateWindows.Key(endpoint: endpoint, client: call.request.http.peer)
        do throws(JournalFault) {
            let counted = try call.request.world.perform(CountRequest(key, perMinute: perMinute))
            switch counted.outcome {
            case .allowed(let remaining):
                var reply = answer()
                reply.response.headers.append(HTTPField("X-Rate-Limit-Remaining", String(remaining)))
                return reply
            case .refused(let seconds):
                var reply = refusal(call, seconds)
                reply.follow(counted.recorded)
                return reply
            }
        } catch {
            return call.failed(error)
        }
    }

    /// The body is not documented; it is that of the gateway's other HTTP errors.
    private static func refusal(_ call: GatewayCall, _ seconds: Int) -> ServiceAnswer {
        var answer = ErrorBody.answer(.tooManyRequests, to: call.request, operation: "rateLimit")
        answer.response.headers.append(HTTPField("X-Rate-Limit-Retry-After-Seconds", String(seconds)))
        return answer
    }
}
