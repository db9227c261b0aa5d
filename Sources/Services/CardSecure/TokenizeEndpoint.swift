import HTTP
import JSON
import Payments
import Processor
import ServiceKit

/// `POST /cardsecure/api/v1/ccn/tokenize` (reference §2). No credentials; `null` members count as absent.
enum TokenizeEndpoint {
    static func answer(_ request: ServiceRequest) -> ServiceAnswer {
        let document: JSONValue
        do throws(JSONError) { document = try request.document() } catch {
            return ErrorBody.answer(.unreadableJSON, request, recorded: [])
        }
        guard let object = document.object else { return ErrorBody.answer(.unreadableJSON, request, recorded: []) }
        return tokenize(object, request)
    }

    private static func tokenize(_ object: JSONObject, _ request: ServiceRequest) -> ServiceAnswer {
        let recorded = recording.record(object)
        guard let account = object.present("account")?.text else {
            let isThere = object.present("account") != nil || object.present("devicedata") != nil
            return ErrorBody.answer(isThere ? .notDecimal : .missingParameter, request, recorded: recorded)
        }
        var command = Tokenize(service: "cardsecure", scope: request.scope, account: AccountText(account))
        command.isUnique = object.present("unique")?.boolValue == true
        command.expiry = object.present("expiry")?.text.flatMap { CardExpiry($0) }
        command.cvv = object.present("cvv")?.text.flatMap { cvv in
            let value = CardVerificationValue(cvv)
            return value.isThreeOrFourDigits ? value : nil
        }
        command.wire = TokenizeFacts(object: object, headers: request.http.headers)
        do throws(JournalFault) {
            let performed = try request.world.perform(command)
            var answer = answer(performed.outcome, request, object, recorded)
            answer.follow(performed)
            return answer
        } catch {
            return ErrorBody.answer(.serverFailed, request, recorded: recorded)
        }
    }

    private static func answer(
        _ outcome: Tokenize.Outcome, _ request: ServiceRequest, _ object: JSONObject, _ recorded: [UInt8]
    ) -> ServiceAnswer {
        switch outcome {
        case .failure(let fault):
            return ErrorBody.answer(ErrorCode(fault), request, recorded: recorded, message: fault.explanation)
        case .success(let token):
            let body: JSONValue = ["message": "No error", "errorcode": 0, "token": .string(token.text)]
            let response = HTTPResponse(
                status: 200, headers: [HTTPField("Content-Type", "application/json")] + CrossOrigin.headers,
                body: body.serialized())
            return ServiceAnswer(
                response, operation: "tokenization", recordedTarget: CardNumberGuard.masked(request.http.target),
                recordedRequest: recording.record(object, replacing: ["account": token.text]))
        }
    }

    private static let recording = RecordingPolicy(
        known: ["expiry", "encryptionhandler", "unique", "source"],
        secret: ["account", "cvv", "devicedata", "signature"])
}

/// What rules may look at; card data is not among it.
private struct TokenizeFacts: WireFacts {
    let object: JSONObject
    let headers: HTTPFields

    func field(_ name: String) -> String? {
        ["account", "cvv", "devicedata", "signature"].contains(name) ? nil : object.present(name)?.text
    }

    func header(_ name: String) -> String? { headers[name] }
}
