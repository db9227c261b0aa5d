import Arguments
import HTTP
import Payments

/// What `serve` takes about the limits of HTTP.
struct LimitOptions {
    static let parameters = [limit.description]

    private static let limit = Parameter.repeatedOption(
        "limit", valueName: "name=value",
        details: "docs/limits.md lists the names. They hold for the services and for the control API.",
        "Sets a limit of HTTP, such as connections=100 or bodyTimeout=5s. May be repeated.")

    /// The usual limits, with those changed that were asked for.
    let limits: HTTPLimits

    init(_ arguments: ParsedArguments) throws(Misuse) {
        var limits = HTTPLimits()
        for text in arguments[Self.limit] { try Self.apply(text, to: &limits) }
        self.limits = limits
    }

    private static func apply(_ text: String, to limits: inout HTTPLimits) throws(Misuse) {
        let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 2 else { throw Misuse("--limit \(text): write it as name=value.") }
        guard let limit = NamedHTTPLimit.all.first(where: { $0.name == parts[0] }) else {
            let names = NamedHTTPLimit.all.map(\.name).joined(separator: ", ")
            throw Misuse("--limit \(text): there is no such limit; there are \(names).")
        }
        switch limit.kind {
        case .number(let path, let least):
            guard let value = Int(parts[1]), (least...NamedHTTPLimit.highest).contains(value) else {
                throw Misuse("--limit \(text): a number from \(least) to \(NamedHTTPLimit.highest) is needed.")
            }
            limits[keyPath: path] = value
        case .time(let path):
            guard let value = DurationText.read(parts[1]), value > .zero, value <= NamedHTTPLimit.longest else {
                throw Misuse("--limit \(text): a duration such as 5s or 250ms is needed, at most a day.")
            }
            limits[keyPath: path] = value
        }
    }
}
