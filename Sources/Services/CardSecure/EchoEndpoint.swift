import HTTP
import JSON
import Payments
import Processor
import ServiceKit

/// `POST /cardsecure/api/v1/echo` (reference §3).
enum EchoEndpoint {
    static func answer(_ call: TokenizerCall) -> ServiceAnswer {
        guard let object = JSONAnswer.object(call) else {
            return JSONAnswer.failure(.unreadableJSON, call, operation: "echo", recorded: [])
        }
        let recorded = recording.record(object, of: call.request.http.body)
        let command = Echo(
            service: "cardsecure", scope: call.request.scope, message: object.present("message")?.text,
            wire: JSONFacts(object: object, headers: call.request.http.headers))
        let (outcome, performed) = call.perform(command)
        var answer =
            switch outcome {
            case .success(let message):
                JSONAnswer.success(call, message: message, operation: "echo", recorded: recorded)
            case .failure(let error):
                JSONAnswer.failure(
                    call.behavior.tokenizerErrors.row(for: error), call, operation: "echo", recorded: recorded)
            }
        if let performed { answer.follow(performed.recorded) }
        return answer
    }

    private static let recording = RecordingPolicy(known: ["message", "source"], secret: [])
}
