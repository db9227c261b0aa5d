import HTTP
import Payments
import Processor
import ServiceKit

/// `/cardsecure/cs`: the interface of older clients (reference §8). GET with a query, or POST with a form.
enum LegacyEndpoint {
    static func answer(_ call: TokenizerCall) -> ServiceAnswer {
        switch call.request.http.method {
        case .get, .head, .post: break
        case .options: return PlainAnswer.preflight(call.request)
        case .put, .delete, .patch, .trace, .connect, .other:
            return PlainAnswer.status(405, call.request, extra: [HTTPField("Allow", "GET, HEAD, POST, OPTIONS")])
        }
        let form = LegacyForm(call.request)
        guard let action = form.action else {
            return failure(form.has("action") ? .unknownAction : .missingParameter, form, call)
        }
        if action == .key {
            guard let key = call.key else { return failure(.noKey, form, call) }
            return LegacyAnswer.answer(action.rawValue, key.publicKey, form, call)
        }
        return tokenize(action, form, call)
    }

    private static func tokenize(
        _ action: LegacyForm.Action, _ form: LegacyForm, _ call: TokenizerCall
    ) -> ServiceAnswer {
        let input: TokenizerInput
        do throws(TokenizerInputFault) {
            input = try self.input(action, form, call)
        } catch {
            return failure(error.fault, form, call)
        }
        let command = Tokenize(service: "cardsecure", scope: call.request.scope, input: input, wire: form)
        let (outcome, performed) = call.perform(command)
        var answer =
            switch outcome {
            case .success(let token): LegacyAnswer.answer(action.rawValue, token.text, form, call)
            case .failure(let error): failure(call.behavior.tokenizerErrors.row(for: error), form, call)
            }
        if let performed { answer.follow(performed.recorded) }
        return answer
    }

    private static func input(
        _ action: LegacyForm.Action, _ form: LegacyForm, _ call: TokenizerCall
    ) throws(TokenizerInputFault) -> TokenizerInput {
        guard let data = form["data"] else { throw TokenizerInputFault(.missingParameter) }
        switch action {
        case .card, .key: return .account(AccountText(data))
        case .reader: return .device(try ReaderPayload.read(data))
        case .wallet:
            return data.first == "{"
                ? .device(try GooglePayPayload.read(data, now: call.request.world.now))
                : .device(try ApplePayPayload.read(data))
        }
    }

    private static func failure(_ fault: TokenizerFault, _ form: LegacyForm, _ call: TokenizerCall) -> ServiceAnswer {
        failure(call.error(fault), form, call)
    }

    private static func failure(
        _ row: TokenizerErrors.Row, _ form: LegacyForm, _ call: TokenizerCall
    ) -> ServiceAnswer {
        let code = String(String(10_000 + max(row.code, 0)).dropFirst())
        var answer = LegacyAnswer.answer("ER", "\(code)::\(row.legacyText ?? row.text)", form, call)
        answer.reasons = [.tokenizerError(code: row.code, text: row.text, row.source)]
        return answer
    }
}
