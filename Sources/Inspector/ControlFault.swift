import HTTP
import JSON
import Processor
import ServiceKit

/// Everything that can be wrong with a request; each becomes one answer, in one place.
enum ControlFault: Error, Sendable {
    case hostNotAllowed(String)
    case originNotAllowed(String)
    case unauthorized
    case unknownPath(String)
    case methodNotAllowed(String, allowed: [String])
    case bodyTooLarge(limit: Int)
    case mediaType(String?)
    case bodyMissing
    case unreadable(JSONError)
    case field(Schema.Misfit)
    case parameter(Schema.Misfit)
    case world(WorldRegistry.Fault)
    case scenario(String, ScenarioFault)
    case rewind(World.RewindFault, ClosedRange<Int>)
    case noEntry(Int, kept: ClosedRange<Int>?, last: Int)
    case journal(JournalFault)
    case notReady
    case noAuthority
    case unknownTerminal(String)
    case nothingAsked(String)
    case doesNotSuit(String, asked: String)
    case webhook(ReplayWebhook.Fault, Int)
    case unknownApplication(String)
    case unknownOrder(String)

    var status: Int {
        switch self {
        case .hostNotAllowed, .originNotAllowed: 403
        case .unauthorized: 401
        case .unknownPath, .noEntry, .noAuthority, .unknownTerminal, .unknownApplication, .unknownOrder: 404
        case .nothingAsked, .doesNotSuit: 409
        case .webhook(.unknown, _): 404
        case .webhook(.off, _), .webhook(.full, _): 409
        case .methodNotAllowed: 405
        case .bodyTooLarge: 413
        case .mediaType: 415
        case .bodyMissing, .unreadable: 400
        case .field, .parameter, .scenario: 422
        case .world(let fault): fault.status
        case .rewind(.journal, _): 503
        case .rewind(.neverHappened, _), .rewind(.forgotten, _): 422
        case .journal, .notReady: 503
        }
    }

    /// Stable: programs may look at it.
    var code: String {
        switch self {
        case .hostNotAllowed: "host-not-allowed"
        case .originNotAllowed: "origin-not-allowed"
        case .unauthorized: "unauthorized"
        case .unknownPath: "unknown-path"
        case .methodNotAllowed: "method-not-allowed"
        case .bodyTooLarge: "body-too-large"
        case .mediaType: "unsupported-media-type"
        case .bodyMissing: "body-missing"
        case .unreadable: "bad-json"
        case .field: "bad-field"
        case .parameter: "bad-parameter"
        case .world(let fault): fault.code
        case .scenario(_, .unknown): "unknown-scenario"
        case .scenario(_, .broken): "broken-scenario"
        case .rewind(.neverHappened, _): "never-happened"
        case .rewind(.forgotten, _): "forgotten"
        case .noEntry: "unknown-entry"
        case .rewind(.journal, _), .journal: "journal"
        case .notReady: "not-ready"
        case .noAuthority: "no-authority"
        case .unknownTerminal: "unknown-terminal"
        case .nothingAsked: "nothing-asked"
        case .doesNotSuit: "does-not-suit"
        case .webhook(.unknown, _): "unknown-message"
        case .webhook(.off, _): "hook-off"
        case .webhook(.full, _): "outbox-full"
        case .unknownApplication: "unknown-application"
        case .unknownOrder: "unknown-order"
        }
    }

    var message: String {
        switch self {
        case .hostNotAllowed(let host):
            "the host '\(host)' is not one under which the control API answers: localhost, 127.0.0.1, [::1] or a "
                + "configured name"
        case .originNotAllowed(let origin): "a page from '\(origin)' may not drive the control API"
        case .unauthorized: "the header 'Authorization: Bearer …' with the control token is missing or wrong"
        case .unknownPath(let path): "there is nothing at '\(path)'; /v1/openapi.json lists what there is"
        case .methodNotAllowed(let method, let allowed): "\(method) is not possible here, but \(Self.list(allowed))"
        case .bodyTooLarge(let limit): "the body is longer than \(limit) bytes"
        case .mediaType(let type): "the body must be application/json, not \(type.map { "'\($0)'" } ?? "of no type")"
        case .bodyMissing: "a JSON object is expected as the body"
        case .unreadable(let error): "the body is not JSON: \(error)"
        case .field(let misfit): misfit.sentence("field")
        case .parameter(let misfit): misfit.sentence("query parameter")
        case .world(let fault): fault.description
        case .scenario(let name, .unknown(let known)):
            "there is no scenario '\(name)'; there are: \(known.joined(separator: ", "))"
        case .scenario(let name, .broken(let mistakes)):
            "the scenario '\(name)' has mistakes: " + mistakes.joined(separator: "; ")
        case .rewind(.neverHappened(let last), _): "the world has only \(last) entries"
        case .rewind(.forgotten(let earliest), _): "the journal goes back to entry \(earliest) only"
        case .rewind(.journal(let fault), _), .journal(let fault): fault.description
        case .noEntry(let sequence, let kept, let last): Self.noEntry(sequence, kept, last)
        case .unknownTerminal(let serial): "there is no terminal '\(serial)' in this world"
        case .nothingAsked(let serial): "terminal '\(serial)' asks nothing at the moment"
        case .doesNotSuit(let serial, let question): "terminal '\(serial)' asks something else: \(question)"
        case .webhook(.unknown, let number): "there is no message \(number) to a webhook, or not any more"
        case .webhook(.off, let number): "the hook of message \(number) is switched off"
        case .webhook(.full, _): "too many messages wait"
        case .unknownApplication(let name): "there is no application '\(name)' in this world"
        case .unknownOrder(let name): "there is no order '\(name)' in this world"
        case .notReady: "no requests are taken at the moment"
        case .noAuthority:
            "there is no local authority: the server runs without --tls, or with a certificate of its own"
        }
    }

    /// What a program can use without reading the message.
    var details: [(String, JSONValue)] {
        switch self {
        case .methodNotAllowed(_, let allowed): [("allowed", Self.array(allowed))]
        case .unreadable(let error): [("offset", JSONValue(error.offset))]
        case .field(let misfit), .parameter(let misfit):
            [("field", .string(misfit.path))]
                + (misfit.allowed.isEmpty ? [] : [("allowed", Self.array(misfit.allowed))])
        case .world(.unknown(_, let known)): [("known", Self.array(known))]
        case .world(.badName): [("field", "name")]
        case .scenario(_, .unknown(let known)): [("field", "scenario"), ("known", Self.array(known))]
        case .scenario(_, .broken(let mistakes)): [("field", "scenario"), ("mistakes", Self.array(mistakes))]
        case .rewind(_, let range): [("field", "sequence"), ("rewindable", RangeDocument.json(range))]
        case .hostNotAllowed, .originNotAllowed, .unauthorized, .unknownPath, .bodyTooLarge, .mediaType, .bodyMissing,
            .noEntry, .journal, .notReady, .noAuthority, .unknownTerminal, .nothingAsked, .doesNotSuit,
            .unknownApplication, .unknownOrder, .webhook, .world(.exists), .world(.tooMany), .world(.mainStays),
            .world(.journal):
            []
        }
    }

    private static func array(_ texts: [String]) -> JSONValue { .array(texts.map { .string($0) }) }

    private static func list(_ names: [String]) -> String { names.joined(separator: ", ") }

    private static func noEntry(_ sequence: Int, _ kept: ClosedRange<Int>?, _ last: Int) -> String {
        guard let kept else { return "there is no entry \(sequence): the journal is empty" }
        let range = "the journal has entries \(kept.lowerBound) to \(kept.upperBound)"
        return sequence > 0 && sequence <= last
            ? "entry \(sequence) is forgotten: \(range)" : "there is no entry \(sequence): \(range)"
    }
}

extension Schema.Misfit {
    func sentence(_ kind: String) -> String {
        let place = path.isEmpty ? "the body" : "\(kind) '\(path)'"
        return "\(place): expected \(expected), " + (found.map { "found \($0)" } ?? "but it is missing")
    }
}

extension WorldRegistry.Fault {
    var status: Int {
        switch self {
        case .unknown: 404
        case .exists, .tooMany, .mainStays: 409
        case .badName: 422
        case .journal: 503
        }
    }

    var code: String {
        switch self {
        case .unknown: "unknown-world"
        case .exists: "world-exists"
        case .badName: "bad-field"
        case .tooMany: "too-many-worlds"
        case .mainStays: "main-stays"
        case .journal: "journal"
        }
    }
}
