import JSON
import Payments
import Processor

/// An entry of a journal as it is told.
struct EntryDocument {
    let zone: TimeZoneRule

    func json(_ entry: JournalEntry) -> JSONValue {
        JSONValue(
            pairs: [("sequence", JSONValue(entry.sequence))] + MomentDocument.pairs(entry.at, in: zone) + [
                ("operation", .string(entry.operation)),
                ("service", entry.exchange.map { .string($0.service) } ?? .null),
                ("request", entry.exchange.map(request) ?? .null),
                ("response", entry.exchange.map(response) ?? .null),
                ("reasons", .array(entry.reasons.map(reason))),
                ("events", .array(entry.events.map { EventWords(zone: zone).json($0) })),
            ])
    }

    private func request(_ exchange: Exchange) -> JSONValue {
        JSONValue(
            pairs: [("method", .string(exchange.method)), ("target", .string(exchange.target))]
                + body(exchange.requestBody))
    }

    private func response(_ exchange: Exchange) -> JSONValue {
        JSONValue(pairs: [("status", JSONValue(exchange.status))] + body(exchange.responseBody))
    }

    private func reason(_ reason: Reason) -> JSONValue {
        ["text": .string(reason.text), "source": reason.source.map { .string($0.description) } ?? .null]
    }

    /// How deep a body may be to be told as JSON: clients of the control API read no deeper documents.
    private static let depth = 48

    /// A body that is JSON is told as JSON; anything else, also JSON with repeated members, as the text that it is.
    private func body(_ bytes: [UInt8]) -> [(String, JSONValue)] {
        guard !bytes.isEmpty else { return [("body", .null), ("bodyFormat", "none")] }
        do throws(JSONError) {
            var limits = JSONLimits.widest
            limits.maximumDepth = Self.depth
            limits.duplicateMembers = .refuse
            let value = try JSONValue(parsing: bytes, limits: limits)
            return [("body", value), ("bodyFormat", "json")]
        } catch {
            return [("body", .string(String(decoding: bytes, as: UTF8.self))), ("bodyFormat", "text")]
        }
    }
}
