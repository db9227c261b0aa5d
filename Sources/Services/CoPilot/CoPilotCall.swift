import HTTP
import JSON
import Payments
import Processor
import ServiceKit

/// A request with a good access token.
struct CoPilotCall: Sendable {
    let request: ServiceRequest

    init(_ request: ServiceRequest) throws(CoPilotFault) {
        self.request = request
        let header = request.http.headers["Authorization"] ?? ""
        guard header.prefix(7).lowercased() == "bearer ",
            WebToken.accepts(String(header.dropFirst(7)), kind: .access, at: request.world.now)
        else { throw CoPilotFault.accessDenied }
    }

    var settings: BoardingSettings { request.behavior.boarding }

    func body() throws(CoPilotFault) -> JSONObject {
        do throws(JSONError) {
            if let object = try JSONValue(parsing: request.http.body).object { return object }
        } catch {
            throw CoPilotFault.unreadable
        }
        throw CoPilotFault.unreadable
    }

    /// The application of an id in a path.
    func application(_ id: String) throws(CoPilotFault) -> MerchantApplication {
        let world: World
        do throws(JournalFault) { world = try request.world.settledView().world } catch {
            throw CoPilotFault(500, "9000", error.description)
        }
        guard let number = Int(id), let application = world.books.boarding.application(ApplicationNumber(number)),
            application.scope == request.scope
        else { throw CoPilotFault.notFound }
        return application
    }

    func perform(
        _ action: BoardingCommand.Action, _ answer: (BoardingCommand.Reply) -> AnswerObject, status: Int = 200
    ) throws(CoPilotFault) -> ServiceAnswer {
        let performed: Performed<BoardingCommand.Outcome>
        do throws(JournalFault) {
            performed = try request.world.perform(
                BoardingCommand(service: "copilot", scope: request.scope, action: action))
        } catch {
            throw CoPilotFault(500, "9000", error.description)
        }
        var result: ServiceAnswer
        switch performed.outcome {
        case .failure(let fault): result = ErrorBody.answer(CoPilotFault(fault), request)
        case .success(let reply): result = self.answer(answer(reply), status: status)
        }
        result.follow(performed)
        return result
    }

    /// What the journal keeps of bodies is that there was one: they are full of personal data.
    func answer(_ object: AnswerObject, status: Int = 200) -> ServiceAnswer {
        var result = ServiceAnswer(
            HTTPResponse(
                status: status, headers: [HTTPField("Content-Type", "application/json")], body: object.serialized()),
            operation: "boarding", recordedTarget: CardNumberGuard.masked(request.http.target),
            recordedRequest: request.http.body.isEmpty ? [] : Array("(\(request.http.body.count) bytes)".utf8))
        if object.contains("merchant") || object.contains("ownerSiteUser") {
            result.recordedBody = Array("(\(result.response.body.count) bytes)".utf8)
        }
        return result
    }

    /// `{"errors":null}`.
    var done: AnswerObject {
        var object = AnswerObject()
        object.add("errors", .null)
        return object
    }
}
