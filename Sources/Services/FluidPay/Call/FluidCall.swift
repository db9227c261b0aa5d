import Cryptography
import HTTP
import JSON
import Payments
import Processor
import ServiceKit

/// A request to the gateway on its way to an answer.
struct FluidCall: Sendable {
    let request: ServiceRequest
    let parameters: PathParameters
    let operation: String
    /// The gateway's own site; a host that no site claims means it, too.
    let scope: SiteScope
    private let body: Body

    /// What the request carries, read once: the endpoint asks for it, and the journal keeps something of it.
    private enum Body: Sendable {
        case none
        /// Of some other kind, usually with files in it.
        case form
        case document(JSONValue)
        case unreadable(JSONError)

        init(_ request: ServiceRequest) {
            if request.http.body.isEmpty {
                self = .none
            } else if let type = request.http.headers["Content-Type"], Self.isForm(type) {
                self = .form
            } else {
                self.init(document: request)
            }
        }

        private static func isForm(_ type: String) -> Bool {
            let beginning = "multipart/".utf8
            return type.utf8.count >= beginning.count && zip(type.utf8, beginning).allSatisfy { $0 | 0x20 == $1 }
        }

        init(document request: ServiceRequest) {
            do throws(JSONError) {
                self = .document(try request.document())
            } catch {
                self = .unreadable(error)
            }
        }
    }

    init(_ request: ServiceRequest, _ parameters: PathParameters, operation: String) {
        self.request = request
        self.parameters = parameters
        self.operation = operation
        scope = request.behavior.accounts.scope(meantBy: request.scope)
        body = Body(request)
    }

    var policy: GatewayPolicy { request.behavior.accounts.policy }

    func id(_ name: String) -> ObjectID { ObjectID(parameters[name] ?? "") }

    /// The members of the body; none when there is no body.
    func fields() throws(CallFault) -> WireFields {
        let body = if case .form = body { Body(document: request) } else { body }
        switch body {
        case .none, .document(.null): return WireFields(JSONObject(), request.http.headers)
        case .document(.object(let object)): return WireFields(object, request.http.headers)
        case .document, .form: throw .invalid("the body is JSON, but not an object")
        case .unreadable(let error): throw .invalid("the body is not JSON: \(error)")
        }
    }

    // MARK: - Performing

    /// Performs a command for whoever the credentials stand for, and answers with what its outcome becomes.
    ///
    /// - Parameter credential: nil: that of the header.
    func perform<C: Command>(
        _ need: AccessNeed, as credential: PresentedCredential? = nil, _ make: @escaping @Sendable (Caller) -> C,
        answer: (C.Outcome) throws(CallFault) -> Envelope
    ) -> ServiceAnswer {
        let command = Authenticated(operation, credential ?? self.credential, in: scope, need, make)
        return perform(command) { outcome throws(CallFault) in
            switch outcome {
            case .success(let outcome): return try answer(outcome)
            case .failure(let fault): throw .access(fault)
            }
        }
    }

    /// Performs a command that needs no credentials.
    func perform<C: Command>(
        _ command: C, answer: (C.Outcome) throws(CallFault) -> Envelope
    ) -> ServiceAnswer {
        do throws(JournalFault) {
            let performed = try request.world.perform(command)
            var result: ServiceAnswer
            do throws(CallFault) {
                result = self.answer(try answer(performed.outcome), sequence: performed.sequence)
            } catch {
                result = failed(error, sequence: performed.sequence)
            }
            result.follow(performed.recorded)
            return result
        } catch {
            return failed(.journal(error))
        }
    }

    // MARK: - Answers

    func answer(_ envelope: Envelope, sequence: Int? = nil) -> ServiceAnswer {
        var answer = answer(
            status: envelope.httpStatus, body: envelope.body,
            contentType: envelope.file?.contentType ?? "application/json", sequence: sequence)
        answer.response.headers += envelope.file?.headers ?? []
        if let name = envelope.file?.name {
            answer.response.headers.append(HTTPField("Content-Disposition", "attachment; filename=\"\(name)\""))
        }
        answer.recordedBody = envelope.recordedBody
        return answer
    }

    func failed(_ fault: CallFault, sequence: Int? = nil) -> ServiceAnswer {
        var answer = answer(status: fault.httpStatus, body: fault.body(policy), sequence: sequence)
        answer.response.headers += fault.headers
        if sequence == nil { answer.reasons = [.note(fault.message(policy))] }
        return answer
    }

    func answer(
        status: Int, body: [UInt8], contentType: String = "application/json", sequence: Int? = nil
    ) -> ServiceAnswer {
        let headers = [
            HTTPField("Content-Type", contentType), HTTPField("x-correlation-id", correlation(sequence)),
        ]
        return ServiceAnswer(
            HTTPResponse(status: status, headers: headers, body: body), operation: operation,
            recordedTarget: recordedTarget, recordedRequest: recordedRequest)
    }

    /// Names the answer: the same request in the same world at the same time has the same name.
    private func correlation(_ sequence: Int?) -> String {
        let place = sequence.map { String($0) } ?? "at " + String(request.world.now.nanoseconds)
        var text = String(request.world.seed)
        text.reserveCapacity(128)
        text += " "
        text += place
        text += " "
        text += request.http.target
        return HashedID.groups(SHA256.hash(text))
    }

    /// A key in the path that is not meant for pages is not kept.
    private var recordedTarget: String {
        let target = request.http.target
        guard let key = parameters["key"], !key.hasPrefix("pub_") else { return CardNumberGuard.masked(target) }
        return "/api/tokenizer/(a key)"
    }

    private var recordedRequest: [UInt8] {
        switch body {
        case .none: return []
        case .form: return Array("(\(request.http.body.count) bytes of a form)".utf8)
        case .unreadable: return Array("(\(request.http.body.count) bytes that are not JSON)".utf8)
        case .document(let document):
            var writer = JSONWriter()
            Redaction.write(document, to: &writer)
            return writer.finish()
        }
    }
}
