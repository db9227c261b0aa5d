import HTTP
import JSON
import Payments
import Processor
import ServiceKit
import Texts

/// The errors of the service: what a table of the scenario says of each fault. Source: reference §4.
enum ErrorBody {
    /// - Parameters:
    ///   - payment: one that was made before it failed.
    ///   - receipt: of something that could not be printed.
    static func answer(
        _ fault: BoltFault, to request: ServiceRequest, operation: String, _ call: BoltCall? = nil,
        payment: AnswerObject? = nil, receipt: AnswerObject? = nil
    ) -> ServiceAnswer {
        let row =
            request.behavior.terminals.faults[fault.fault]
            ?? TerminalFaultTable.Row(fault: fault.fault, status: 500, code: 1, message: "<detail>")
        var object = AnswerObject()
        if row.status == 401 || row.status == 403 {
            if request.behavior.terminals.unauthorizedBody == .described {
                object = described(row.status, row.message.isEmpty ? nil : row.message, request)
            }
        } else {
            if let code = row.code { object.add("errorCode", value: JSONValue(code)) }
            object.add("errorMessage", words(row.message, fault, call))
        }
        if let payment { object.add("authResponse", payment) }
        if let receipt { object.add("receiptData", receipt) }
        var answer = ServiceAnswer(
            HTTPResponse(
                status: row.status, headers: BoltHeaders.common + (object.isEmpty ? [] : [BoltHeaders.json]),
                body: object.isEmpty ? [] : object.serialized()),
            operation: operation, recordedTarget: request.http.target,
            recordedRequest: call.map { BoltFields.recording.record($0.fields.object, of: request.http.body) } ?? [])
        answer.reasons = [.terminalFault(fault.fault, row.source)]
        return answer
    }

    static func noSuchPath(_ request: ServiceRequest) -> ServiceAnswer {
        ServiceAnswer(
            HTTPResponse(
                status: 404, headers: BoltHeaders.common + [BoltHeaders.json],
                body: described(404, "No message available", request).serialized()),
            operation: "noSuchPath", recordedTarget: request.http.target)
    }

    private static func words(_ text: String, _ fault: BoltFault, _ call: BoltCall?) -> String {
        guard text.utf8.contains(UInt8(ascii: "<")) else { return text }
        return text.replacing("<hsn>", with: call?.serial.text ?? "")
            .replacing("<mid>", with: call?.merchant.id.text ?? "").replacing("<detail>", with: fault.detail)
    }

    /// The body that the framework of the service gives by itself.
    private static func described(_ status: Int, _ message: String?, _ request: ServiceRequest) -> AnswerObject {
        var object = AnswerObject()
        object.add("timestamp", value: JSONValue(request.world.now.milliseconds))
        object.add("status", value: JSONValue(status))
        object.add("error", StatusPhrases.standard(status))
        object.add("message", message ?? StatusPhrases.standard(status))
        object.add("path", CardNumberGuard.masked(String(request.path)))
        return object
    }
}
