import HTTP
import JSON
import Processor

/// Answers that no emulated service would give: the request never reached one.
enum OwnAnswers {
    static func unknownWorld(_ what: String) -> HTTPResponse { error(404, "unknown-world", what) }

    static func noSite() -> HTTPResponse { error(404, "no-site", "the scenario has no site") }

    static func noService(_ path: Substring) -> HTTPResponse {
        error(404, "no-service", "no emulated service answers here; see /cardconnect/rest and /cardsecure")
    }

    static func journalFailed(_ fault: JournalFault) -> HTTPResponse { error(503, "journal", fault.description) }

    /// `{"understudy":{"error":…,"message":…}}`: no client can take it for an answer of a payment service.
    static func error(_ status: Int, _ code: String, _ message: String) -> HTTPResponse {
        let body: JSONValue = ["understudy": ["error": .string(code), "message": .string(message)]]
        return HTTPResponse(
            status: status, headers: [HTTPField("Content-Type", "application/json")], body: body.serialized())
    }
}
