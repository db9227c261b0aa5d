import HTTP
import JSON
import Payments
import Processor
import ServiceKit

/// A request with a good access token.
struct CoPilotCall: Sendable {
    let request: ServiceRequest
    /// Who the token was given to.
    private let user: BoardingSettings.User?

    init(_ request: ServiceRequest) throws(CoPilotFault) {
        self.request = request
        let header = request.http.headers["Authorization"] ?? ""
        guard header.prefix(7).lowercased() == "bearer ",
            let claims = WebToken.claims(of: String(header.dropFirst(7)), kind: .access, at: request.world.now)
        else { throw CoPilotFault.accessDenied }
        let name = claims["preferred_username"]?.text
        user = request.behavior.boarding.users.first { $0.name == name }
    }

    var settings: BoardingSettings { request.behavior.boarding }

    func body() throws(CoPilotFault) -> JSONObject { try Self.body(of: request) }

    static func body(of request: ServiceRequest) throws(CoPilotFault) -> JSONObject {
        do throws(JSONError) {
            if let object = try request.document().object { return object }
        } catch {
            throw CoPilotFault.unreadable
        }
        throw CoPilotFault.unreadable
    }

    /// The world, with everything done that its clock has brought.
    static func settled(_ request: ServiceRequest) throws(CoPilotFault) -> World {
        do throws(JournalFault) { return try request.world.settledView().world } catch {
            throw CoPilotFault(500, "9000", error.description)
        }
    }

    /// The application of an id in a path.
    func application(_ id: String) throws(CoPilotFault) -> MerchantApplication {
        let world = try Self.settled(request)
        guard let number = Int(id), let application = world.books.boarding.application(ApplicationNumber(number)),
            application.scope == request.scope
        else { throw CoPilotFault.notFound }
        guard mayUse(ApplicationDocument(application)) else { throw CoPilotFault.accessDenied }
        return application
    }

    /// A user may be limited to some sales codes.
    func mayUse(_ document: ApplicationDocument) -> Bool {
        guard let codes = user?.salesCodes else { return true }
        return document.salesCode.map { codes.contains($0) } ?? false
    }

    func perform(
        _ action: BoardingCommand.Action, _ answer: (BoardingCommand.Reply) -> AnswerObject, status: Int = 200
    ) throws(CoPilotFault) -> ServiceAnswer {
        let command = BoardingCommand(service: "copilot", scope: request.scope, action: action)
        return try Self.perform(command, request, answer, status: status)
    }

    static func perform(
        _ command: BoardingCommand, _ request: ServiceRequest, _ answer: (BoardingCommand.Reply) -> AnswerObject,
        status: Int = 200
    ) throws(CoPilotFault) -> ServiceAnswer {
        let performed: Performed<BoardingCommand.Outcome>
        do throws(JournalFault) { performed = try request.world.perform(command) } catch {
            throw CoPilotFault(500, "9000", error.description)
        }
        var result: ServiceAnswer
        switch performed.outcome {
        case .failure(let fault): result = ErrorBody.answer(CoPilotFault(fault), request)
        case .success(let reply): result = self.answer(answer(reply), request, status: status)
        }
        result.follow(performed.recorded)
        return result
    }

    /// What the journal keeps of bodies is that there was one: they are full of personal data.
    static func answer(_ object: AnswerObject, _ request: ServiceRequest, status: Int = 200) -> ServiceAnswer {
        var result = ServiceAnswer(
            HTTPResponse(
                status: status, headers: [HTTPField("Content-Type", "application/json")], body: object.serialized()),
            operation: "boarding", recordedTarget: request.http.target,
            recordedRequest: request.http.body.isEmpty ? [] : Array("(\(request.http.body.count) bytes)".utf8))
        if ["merchant", "ownerSiteUser", "signer"].contains(where: object.contains) {
            result.recordedBody = Array("(\(result.response.body.count) bytes)".utf8)
        }
        return result
    }

    func answer(_ object: AnswerObject, status: Int = 200) -> ServiceAnswer {
        Self.answer(object, request, status: status)
    }

    /// `{"errors":null}`.
    static var done: AnswerObject {
        var object = AnswerObject()
        object.add("errors", value: .null)
        return object
    }
}
