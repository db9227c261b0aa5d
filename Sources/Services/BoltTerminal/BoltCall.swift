import HTTP
import JSON
import Payments
import Processor
import ServiceKit

/// A request with a good key for a merchant that it covers.
struct BoltCall: Sendable {
    let request: ServiceRequest
    let version: Int
    let operation: String
    let fields: BoltFields
    let merchant: MerchantKey
    let needsSession: Bool
    /// Empty for requests that are about no terminal.
    let serial: TerminalSerial

    init(_ request: ServiceRequest, version: Int, _ route: Routes.Route) throws(BoltFault) {
        let key = try Admission.key(of: request)
        self.request = request
        self.version = version
        operation = route.name
        needsSession = route.needsSession && version > 1
        fields = BoltFields(try Self.body(of: request), request.http.headers)
        let id = MerchantID(fields.text("merchantId") ?? "")
        merchant = MerchantKey(scope: request.scope, id: id)
        guard !id.text.isEmpty, key.covers(id, at: request.scope.site), request.merchant(id) != nil else {
            throw BoltFault(.unauthorized)
        }
        serial = TerminalSerial(route.needsTerminal ? try fields.required("hsn") : "")
    }

    private static func body(of request: ServiceRequest) throws(BoltFault) -> JSONObject {
        let document: JSONValue
        do throws(JSONError) {
            document = try request.document()
        } catch {
            throw BoltFault(.unreadableBody, "\(error)")
        }
        guard let object = document.object else { throw BoltFault(.unreadableBody, "not an object") }
        return object
    }

    var settings: TerminalSettings { request.behavior.terminals }
    var terminal: TerminalKey { TerminalKey(scope: request.scope, serial: serial) }

    /// The key as it is sent: clients that repeat the whole value of `connect` are forgiven.
    private var sessionKey: TerminalSessionKey? {
        guard let sent = request.http.headers["X-CardConnect-SessionKey"] else { return nil }
        return TerminalSessionKey(String(sent.prefix { $0 != ";" }))
    }

    func command(_ action: TerminalCommand.Action) -> TerminalCommand {
        TerminalCommand(
            service: "bolt", terminal: terminal, merchant: merchant.id, action: action, needsSession: needsSession,
            sessionKey: sessionKey, wire: fields)
    }

    // MARK: - Answers

    /// Performs a command, and turns its reply into an answer.
    func perform(
        _ action: TerminalCommand.Action,
        _ answer: @escaping @Sendable (BoltCall, TerminalReply) -> ServiceAnswer = { call, _ in call.emptyAnswer() }
    ) -> ServiceAnswer {
        let performed: Performed<TerminalCommand.Outcome>
        do throws(JournalFault) { performed = try request.world.perform(command(action)) } catch {
            return failed(error)
        }
        switch performed.outcome {
        case .failure(let fault):
            var result = ErrorBody.answer(BoltFault(fault), to: request, operation: operation, self)
            result.follow(performed.recorded)
            return result
        case .success(.waiting(let id, let due)) where performed.replacement == nil && performed.delivery.loss == nil:
            return HeldTerminalRequest(call: self, id: id, sequence: performed.sequence, answer: answer).held(
                until: due)
        case .success(let reply):
            var result = answer(self, reply)
            result.wakes = reply.ended.map { [HeldAnswer.Key(request.world, $0.number)] } ?? []
            result.follow(performed.recorded)
            return result
        }
    }

    /// An answer without a body: what commands without data give.
    func emptyAnswer(_ headers: [HTTPField] = []) -> ServiceAnswer {
        answer(HTTPResponse(status: 200, headers: BoltHeaders.common + headers))
    }

    func answer(_ object: AnswerObject, status: Int = 200) -> ServiceAnswer {
        var body = object.serialized()
        // Slashes are escaped in the images of signatures, as samples show.
        if object.contains("signature") { body = Self.withEscapedSlashes(body) }
        var result = answer(
            HTTPResponse(status: status, headers: BoltHeaders.common + [BoltHeaders.json], body: body))
        if object.holdsSecrets { result.recordedBody = object.serializedRecord() }
        return result
    }

    private func answer(_ response: HTTPResponse) -> ServiceAnswer {
        ServiceAnswer(
            response, operation: operation, recordedTarget: request.http.target,
            recordedRequest: BoltFields.recording.record(fields.object, of: request.http.body))
    }

    private static func withEscapedSlashes(_ body: [UInt8]) -> [UInt8] {
        var result: [UInt8] = []
        result.reserveCapacity(body.count + 64)
        for byte in body {
            if byte == UInt8(ascii: "/") { result.append(UInt8(ascii: "\\")) }
            result.append(byte)
        }
        return result
    }

    /// A journal that cannot be written is a failure of the host.
    func failed(_ fault: JournalFault) -> ServiceAnswer {
        var result = ErrorBody.answer(BoltFault(.failure, fault.description), to: request, operation: operation, self)
        result.reasons = [.note(fault.description)]
        return result
    }
}

/// Header fields of answers.
enum BoltHeaders {
    static let common = [HTTPField("X-Application-Context", "bolt:10200")]
    static let json = HTTPField("Content-Type", "application/json;charset=UTF-8")
}

extension TerminalReply {
    /// The request that another one has ended.
    var ended: TerminalRequestID? {
        switch self {
        case .done(let ended): ended
        case .session(_, let ended): ended
        case .pairing, .connected, .version, .activationCode, .receipt, .ended, .waiting: nil
        }
    }
}
