import Cryptography
import HTTP
import JSON
import Payments
import Processor
import ServiceKit

/// `POST /cardsecure/api/v1/ccn/detokenize` (reference §4): for users with the right, from addresses with the right.
enum DetokenizeEndpoint {
    private static let operation = "detokenization"

    static func answer(_ call: TokenizerCall) -> ServiceAnswer {
        guard let object = JSONAnswer.object(call) else {
            return JSONAnswer.failure(.unreadableJSON, call, operation: operation, recorded: [])
        }
        let recorded = recording.record(object, of: call.request.http.body)
        guard let token = object.present("token")?.text, let site = object.present("site")?.text else {
            return JSONAnswer.failure(.missingParameter, call, operation: operation, recorded: recorded)
        }
        let command = Detokenize(
            service: "cardsecure", scope: call.request.scope, site: site, token: AccountText(token).compacted,
            user: user(call), peer: call.request.http.peer,
            wire: JSONFacts(object: object, headers: call.request.http.headers))
        let (outcome, performed) = call.perform(command)
        var answer =
            switch outcome {
            case .success(let account): success(account, call, recorded)
            case .failure(let error):
                JSONAnswer.failure(
                    call.behavior.tokenizerErrors.row(for: error), call, operation: operation, recorded: recorded)
            }
        if let performed { answer.follow(performed.recorded) }
        return answer
    }

    private static func success(
        _ account: ClearAccount, _ call: TokenizerCall, _ recorded: [UInt8]
    ) -> ServiceAnswer {
        let clear =
            switch account {
            case .card(let number): number.withClearDigits { $0 }
            case .bank(let bank): bank.withClearDigits { $0 + "/" + $1 }
            }
        let kept = JSONValue.string("(ends in \(account.lastFour))")
        return JSONAnswer.success(
            call, result: JSONAnswer.Result("account", .string(clear), recorded: kept),
            operation: operation, recorded: recorded)
    }

    /// The user of the request when the password is right. Credentials belong to the site of the host.
    private static func user(_ call: TokenizerCall) -> String? {
        guard let sent = call.request.basicCredentials,
            let site = call.behavior.directory.site(call.request.scope),
            site.credentials.contains(where: { $0.user == sent.user && constantTimeEqual($0.password, sent.password) })
        else { return nil }
        return sent.user
    }

    private static let recording = RecordingPolicy(known: ["site", "token", "source"], secret: [])
}
