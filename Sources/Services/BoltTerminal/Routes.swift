import HTTP
import Processor
import ServiceKit

/// Version and endpoint → what answers: the table of contents of the service.
///
/// The documents give each endpoint one or two versions, recordings show clients that use others: an endpoint answers
/// in every version from the second on. The first has a few endpoints, and none of them needs a session.
enum Routes {
    struct Route: Sendable {
        let name: String
        var isInVersion1 = false
        /// Whether versions from the second on ask for a session key.
        var needsSession = true
        /// Whether it is about one terminal.
        var needsTerminal = true
        let answer: @Sendable (BoltCall) throws(BoltFault) -> ServiceAnswer
    }

    private static let table: [Route] = [
        Route(
            name: "listTerminals", isInVersion1: true, needsSession: false, needsTerminal: false,
            answer: InventoryEndpoints.list),
        Route(
            name: "terminalDetails", needsSession: false, needsTerminal: false, answer: InventoryEndpoints.details),
        Route(name: "connect", needsSession: false, answer: SessionEndpoints.connect),
        Route(name: "preconnect", needsSession: false, answer: SessionEndpoints.preconnect),
        Route(name: "disconnect", answer: SessionEndpoints.disconnect),
        Route(name: "ping", isInVersion1: true, answer: DeviceEndpoints.ping),
        Route(name: "dateTime", isInVersion1: true, answer: DeviceEndpoints.dateTime),
        Route(name: "display", isInVersion1: true, answer: DeviceEndpoints.display),
        Route(name: "cancel", isInVersion1: true, answer: DeviceEndpoints.cancel),
        Route(name: "clearDisplay", answer: DeviceEndpoints.clearDisplay),
        Route(name: "getPanPadVersion", answer: DeviceEndpoints.version),
        Route(name: "terminalActivationCode", answer: DeviceEndpoints.activationCode),
        Route(name: "printReceipt", answer: ReceiptEndpoint.answer),
        Route(name: "readConfirmation", answer: QuestionEndpoints.confirmation),
        Route(name: "readInput", answer: QuestionEndpoints.input),
        Route(name: "readSignature", answer: QuestionEndpoints.signature),
        Route(name: "tip", answer: QuestionEndpoints.tip),
        Route(name: "readCard", answer: CardEndpoints.readCard),
        Route(name: "readManual", answer: CardEndpoints.readManual),
        Route(name: "authCard", answer: CardEndpoints.authCard),
        Route(name: "authManual", answer: CardEndpoints.authManual),
        // The names of 2017.
        Route(name: "compositeReadCard", answer: CardEndpoints.readCard),
        Route(name: "compositeReadManual", answer: CardEndpoints.readManual),
    ]

    private static let byName = Dictionary(uniqueKeysWithValues: table.map { ($0.name, $0) })

    /// Method, media type, key, merchant, parameters, terminal, session: what fails first, answers.
    static func answer(_ request: ServiceRequest) -> ServiceAnswer {
        guard let (version, route) = route(request) else { return ErrorBody.noSuchPath(request) }
        do throws(BoltFault) {
            try Admission.checkForm(request)
            let call = try BoltCall(request, version: version, route)
            do throws(BoltFault) {
                return try route.answer(call)
            } catch {
                return ErrorBody.answer(error, to: request, operation: route.name, call)
            }
        } catch {
            return ErrorBody.answer(error, to: request, operation: route.name)
        }
    }

    private static func route(_ request: ServiceRequest) -> (version: Int, Route)? {
        guard let segments = request.segments(behind: "/api"), segments.count == 2,
            let version = Int(segments[0].dropFirst()), let route = byName[segments[1]],
            version > 1 || route.isInVersion1
        else { return nil }
        return (version, route)
    }
}
