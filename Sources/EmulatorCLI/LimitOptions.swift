import Arguments
import Emulator
import HTTP
import Payments
import TLS

/// What `serve` takes about the limits of the server.
struct LimitOptions {
    static let parameters = [limit.description]

    private static let limit = Parameter.repeatedOption(
        "limit", valueName: "name=value",
        details: "docs/limits.md lists the names. Those of HTTP hold for the services and for the control API.",
        "Sets a limit of the server, such as connections=100 or bodyTimeout=5s. May be repeated.")

    /// The usual limits, with those changed that were asked for.
    private(set) var http = HTTPLimits()
    /// Certificates that are kept for host names that clients ask for.
    private(set) var certificates = LocalAuthority.usualCertificates
    /// The longest body of a request to the control API.
    private(set) var controlBodyBytes = EmulatorServer.Configuration().controlBodyBytes

    init(_ arguments: ParsedArguments) throws(Misuse) {
        for text in arguments[Self.limit] { try apply(text) }
    }

    private mutating func apply(_ text: String) throws(Misuse) {
        let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 2 else { throw Misuse("--limit \(text): write it as name=value.") }
        switch parts[0] {
        case "certificates": certificates = try Self.number(parts[1], from: 1, text)
        case "controlBodyBytes": controlBodyBytes = try Self.number(parts[1], from: 0, text)
        default:
            guard let limit = NamedHTTPLimit.all.first(where: { $0.name == parts[0] }) else {
                let names = NamedHTTPLimit.all.map(\.name) + ["certificates", "controlBodyBytes"]
                throw Misuse("--limit \(text): there is no such limit; there are \(names.joined(separator: ", ")).")
            }
            try apply(parts[1], to: limit, text)
        }
    }

    private mutating func apply(_ value: String, to limit: NamedHTTPLimit, _ text: String) throws(Misuse) {
        switch limit.kind {
        case .number(let path, let least): http[keyPath: path] = try Self.number(value, from: least, text)
        case .time(let path):
            guard let time = DurationText.read(value), time > .zero, time <= NamedHTTPLimit.longest else {
                throw Misuse("--limit \(text): a duration such as 5s or 250ms is needed, at most a day.")
            }
            http[keyPath: path] = time
        }
    }

    private static func number(_ value: String, from least: Int, _ text: String) throws(Misuse) -> Int {
        guard let number = Int(value), (least...NamedHTTPLimit.highest).contains(number) else {
            throw Misuse("--limit \(text): a number from \(least) to \(NamedHTTPLimit.highest) is needed.")
        }
        return number
    }
}
