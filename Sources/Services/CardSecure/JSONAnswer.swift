import HTTP
import JSON
import Payments
import Processor
import ServiceKit

/// The bodies of the JSON interface: `message`, `errorcode`, and on success one member more (reference §2.2).
enum JSONAnswer {
    /// The member behind the first two.
    struct Result {
        let name: String
        let value: JSONValue
        /// What the journal keeps instead of a value that it must not have.
        let recorded: JSONValue?

        init(_ name: String, _ value: JSONValue, recorded: JSONValue? = nil) {
            self.name = name
            self.value = value
            self.recorded = recorded
        }
    }

    static func success(
        _ call: TokenizerCall, message: String? = nil, result: Result? = nil, operation: String,
        recorded: [UInt8]
    ) -> ServiceAnswer {
        var object = AnswerObject()
        object.add("message", message ?? call.behavior.tokenizerErrors.success)
        object.add("errorcode", value: 0)
        if let result {
            if let kept = result.recorded?.text, let text = result.value.text {
                object.add(result.name, secret: text, recordedAs: kept)
            } else {
                object.add(result.name, value: result.value)
            }
        }
        var answer = answer(call, status: 200, object.serialized(), operation: operation, recorded: recorded)
        if object.holdsSecrets { answer.recordedBody = object.serializedRecord() }
        return answer
    }

    static func failure(
        _ row: TokenizerErrors.Row, _ call: TokenizerCall, operation: String, recorded: [UInt8]
    ) -> ServiceAnswer {
        let status = call.behavior.tokenizer.failureStatus == .ok ? 200 : row.status
        let body: JSONValue = ["message": .string(row.text), "errorcode": .number(String(row.code))]
        var answer = answer(call, status: status, body.serialized(), operation: operation, recorded: recorded)
        answer.reasons = [.tokenizerError(code: row.code, text: row.text, row.source)]
        return answer
    }

    static func failure(
        _ fault: TokenizerFault, _ call: TokenizerCall, operation: String, recorded: [UInt8]
    ) -> ServiceAnswer {
        failure(call.error(fault), call, operation: operation, recorded: recorded)
    }

    /// The object of a body; nil: there is none.
    static func object(_ call: TokenizerCall) -> JSONObject? {
        do throws(JSONError) { return try call.request.document().object } catch { return nil }
    }

    private static func answer(
        _ call: TokenizerCall, status: Int, _ body: [UInt8], operation: String, recorded: [UInt8]
    ) -> ServiceAnswer {
        let headers = [HTTPField("Content-Type", "application/json")] + CrossOrigin.headers
        return ServiceAnswer(
            HTTPResponse(status: status, headers: headers, body: body), operation: operation,
            recordedTarget: call.request.http.target, recordedRequest: recorded)
    }
}
