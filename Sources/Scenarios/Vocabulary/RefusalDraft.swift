import Payments
import Processor

/// One entry of `refusals`.
struct RefusalDraft: Sendable {
    var refusal: Refusal
    var code: CodeDraft
    var place: Place
    var codePlace: YAMLNode

    /// The table for the domain; codes are looked up in the response tables.
    static func table(_ drafts: [RefusalDraft], processor: ProcessorName?, _ reading: Reading) -> RefusalTable {
        var rows: [Refusal: ResponseTable.Row] = [:]
        for draft in drafts {
            guard let owner = draft.code.processor ?? processor else {
                reading.report(
                    .error, at: draft.codePlace.place, "whose code this is, is not said",
                    suggestion: "add 'refusalProcessor'")
                continue
            }
            guard let response = draft.code.response(of: owner, at: draft.codePlace, reading) else { continue }
            rows[draft.refusal] = ResponseTable.Row(response: response, source: draft.place.sourceLine)
        }
        return RefusalTable(rows)
    }
}

extension Reader where Value == [RefusalDraft] {
    /// `invalidCard: "11"` or `invalidCard: { processor: GATE, code: "11", text: Invalid card }`.
    static var refusals: Reader {
        let entry = Reader<(YAMLNode, CodeDraft)>(CodeDraft.reader.shape) { node, reading in
            CodeDraft.reader.read(node, reading).map { (node, $0) }
        }
        return Reader<[(key: YAMLNode, value: (YAMLNode, CodeDraft))]>.map(key: "refusal", of: entry)
            .then { entries, _, reading in
                entries.compactMap { key, value in
                    Reader<Refusal>.choice("refusal").read(key, reading).map { refusal in
                        RefusalDraft(refusal: refusal, code: value.1, place: key.place, codePlace: value.0)
                    }
                }
            }
    }
}
