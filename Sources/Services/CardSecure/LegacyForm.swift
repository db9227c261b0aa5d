import HTTP
import Payments
import Processor
import ServiceKit

/// The pairs of a legacy request: of its query, and of its body when that is a form.
struct LegacyForm: WireFacts {
    enum Action: String {
        case card = "CE"
        case reader = "CZ"
        case wallet = "CR"
        case key = "KG"
    }

    /// How the answer is written.
    enum Kind: String { case json, xml }

    private let pairs: [(name: String, value: String)]
    private let headers: HTTPFields
    private let path: Substring

    init(_ request: ServiceRequest) {
        var pairs = request.queryItems
        if request.http.method == .post {
            pairs += FormCoding.pairs(String(decoding: request.http.body, as: UTF8.self))
        }
        self.pairs = pairs
        headers = request.http.headers
        path = request.path
    }

    subscript(name: String) -> String? { pairs.first { $0.name == name }?.value }

    func has(_ name: String) -> Bool { self[name].map { !$0.isEmpty } ?? false }

    var action: Action? { self["action"].flatMap { Action(rawValue: $0) } }

    /// Nil: pairs, as in the request.
    var kind: Kind? { self["type"].flatMap { Kind(rawValue: $0) } }

    func field(_ name: String) -> String? { name == "data" ? nil : self[name] }

    func header(_ name: String) -> String? { headers[name] }

    /// The target for the journal: what stands in `data` only by its length, what nobody knows not at all.
    func recordedTarget() -> String {
        var kept: [String] = []
        for pair in pairs where ["action", "type", "source"].contains(pair.name) {
            kept.append("\(pair.name)=\(PercentCoding.encode(CardNumberGuard.masked(pair.value)))")
        }
        if let data = self["data"] { kept.append("data=(\(data.utf8.count)-characters)") }
        return CardNumberGuard.masked(String(path)) + (kept.isEmpty ? "" : "?" + kept.joined(separator: "&"))
    }
}
