import ArgumentParser
import HTTP
import Payments

/// What `serve` takes about the limits of HTTP.
struct LimitOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "Sets a limit of HTTP, such as connections=100 or bodyTimeout=5s. May be repeated.",
            discussion: "docs/limits.md lists the names. They hold for the services and for the control API.",
            valueName: "name=value"))
    var limit: [String] = []

    func validate() throws { _ = try limits() }

    /// The usual limits, with those changed that were asked for.
    func limits() throws -> HTTPLimits {
        var limits = HTTPLimits()
        for text in limit { try Self.apply(text, to: &limits) }
        return limits
    }

    private static func apply(_ text: String, to limits: inout HTTPLimits) throws {
        let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 2 else { throw ValidationError("--limit \(text): write it as name=value.") }
        guard let limit = NamedHTTPLimit.all.first(where: { $0.name == parts[0] }) else {
            let names = NamedHTTPLimit.all.map(\.name).joined(separator: ", ")
            throw ValidationError("--limit \(text): there is no such limit; there are \(names).")
        }
        switch limit.kind {
        case .number(let path, let least):
            guard let value = Int(parts[1]), (least...NamedHTTPLimit.highest).contains(value) else {
                throw ValidationError("--limit \(text): a number from \(least) to \(NamedHTTPLimit.highest) is needed.")
            }
            limits[keyPath: path] = value
        case .time(let path):
            guard let value = DurationText.read(parts[1]), value > .zero, value <= NamedHTTPLimit.longest else {
                throw ValidationError("--limit \(text): a duration such as 5s or 250ms is needed, at most a day.")
            }
            limits[keyPath: path] = value
        }
    }
}
