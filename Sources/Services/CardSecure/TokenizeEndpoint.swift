import HTTP
import JSON
import Payments
import Processor
import ServiceKit

/// `POST /cardsecure/api/v1/ccn/tokenize` (reference §2). No credentials; `null` members count as absent.
enum TokenizeEndpoint {
    private static let operation = "tokenization"

    static func answer(_ call: TokenizerCall) -> ServiceAnswer {
        guard let object = JSONAnswer.object(call) else {
            return JSONAnswer.failure(.unreadableJSON, call, operation: operation, recorded: [])
        }
        let command: Tokenize
        do throws(TokenizerInputFault) {
            command = try self.command(object, call)
        } catch {
            return JSONAnswer.failure(error.fault, call, operation: operation, recorded: record(object, call))
        }
        let (outcome, performed) = call.perform(command)
        var answer =
            switch outcome {
            case .success(let token): success(token, call, object)
            case .failure(let error):
                JSONAnswer.failure(
                    call.behavior.tokenizerErrors.row(for: error), call, operation: operation,
                    recorded: record(object, call))
            }
        if let performed { answer.follow(performed.recorded) }
        return answer
    }

    private static func record(
        _ object: JSONObject, _ call: TokenizerCall, replacing replacement: RecordedText? = nil
    ) -> [UInt8] {
        recording.record(object, of: call.request.http.body, replacing: replacement)
    }

    private static func success(_ token: CardToken, _ call: TokenizerCall, _ object: JSONObject) -> ServiceAnswer {
        // The token of a gift card is its number, which the journal must not have.
        let isClear = Digits.areAll(token.text) && token.text.utf8.first != UInt8(ascii: "9")
        let kept = isClear ? "(ends in \(token.lastFour))" : token.text
        let replacement: JSONValue? = isClear ? .string(kept) : nil
        let isAccount = object.present("account")?.text?.isEmpty == false
        return JSONAnswer.success(
            call, result: JSONAnswer.Result("token", .string(token.text), recorded: replacement), operation: operation,
            recorded: record(object, call, replacing: isAccount ? RecordedText(of: "account", kept) : nil))
    }

    private static func command(
        _ object: JSONObject, _ call: TokenizerCall
    ) throws(TokenizerInputFault) -> Tokenize {
        var entry = TokenizerEntry()
        entry.account = try text("account", of: object)
        entry.deviceData = try text("devicedata", of: object)
        entry.handler = object.present("encryptionhandler")?.text
        var command = Tokenize(
            service: "cardsecure", scope: call.request.scope, input: try entry.input(call),
            wire: JSONFacts(object: object, headers: call.request.http.headers))
        command.isUnique = object.present("unique").map { $0.boolValue ?? ($0.text == "true") } ?? false
        let refuses = call.behavior.tokenizer.badVerification == .refuse
        command.expiry = object.present("expiry")?.text.flatMap { CardExpiry($0) }
        if command.expiry == nil, refuses, isSomething(object.present("expiry")) { throw .badVerification }
        command.cvv = object.present("cvv")?.text.map { CardVerificationValue($0) }
        if command.cvv?.isThreeOrFourDigits == false {
            if refuses, isSomething(object.present("cvv")) { throw .badVerification }
            command.cvv = nil
        }
        return command
    }

    private static func isSomething(_ value: JSONValue?) -> Bool { value.map { $0.text != "" } ?? false }

    /// A member that has to be a text, or a number that is taken as its digits.
    private static func text(_ name: String, of object: JSONObject) throws(TokenizerInputFault) -> String? {
        guard let value = object.present(name) else { return nil }
        guard let text = value.text else { throw .notDecimal }
        return text
    }

    private static let recording = RecordingPolicy(
        known: ["expiry", "encryptionhandler", "unique", "source"], secret: JSONFacts.secret)
}

/// What rules may look at; card data is not among it.
struct JSONFacts: WireFacts {
    static let secret: Set = ["account", "cvv", "devicedata", "signature", "token"]

    let object: JSONObject
    let headers: HTTPFields

    func field(_ name: String) -> String? { Self.secret.contains(name) ? nil : object.present(name)?.text }

    func header(_ name: String) -> String? { headers[name] }
}
