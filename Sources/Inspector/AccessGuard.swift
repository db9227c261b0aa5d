import HTTP
import ServiceKit

/// Keeps web pages from elsewhere, and whoever lacks the token, away from the control API.
///
/// A page cannot choose the `Host` and `Origin` that a browser sends. A foreign name in `Host` means that a name of
/// theirs was made to point here (DNS rebinding); a foreign `Origin` that a page of theirs sends the request.
struct AccessGuard: Sendable {
    private let hosts: Set<String>
    private let token: BearerToken?

    init(_ configuration: ControlConfiguration) {
        hosts = Set(["localhost", "127.0.0.1", "[::1]"] + configuration.hosts.map(Self.asInHostField))
        token = configuration.token.map { BearerToken($0) }
    }

    /// An IPv6 address has brackets there (RFC 3986 §3.2.2).
    private static func asInHostField(_ host: String) -> String {
        let isBareAddress = host.contains(":") && !host.hasPrefix("[")
        return (isBareAddress ? "[\(host)]" : host).lowercased()
    }

    var hasToken: Bool { token != nil }

    func checkPlace(_ request: HTTPRequest) throws(ControlFault) {
        let sent = request.headers.all("Host")
        guard sent.count == 1, let host = Authority(sent[0]), hosts.contains(host.name) else {
            throw .hostNotAllowed(sent.joined(separator: ", "))
        }
        for origin in request.headers.all("Origin") where !Self.isSame(origin, host) {
            throw .originNotAllowed(origin)
        }
    }

    func checkToken(_ request: HTTPRequest) throws(ControlFault) {
        guard let token else { return }
        let sent = request.headers.all("Authorization")
        guard sent.count == 1, token.accepts(sent[0]) else { throw .unauthorized }
    }

    /// Same host and port. A page of another port of this machine is another origin too (RFC 6454 §4). The scheme is
    /// left out: TLS may end in front of us.
    private static func isSame(_ origin: String, _ host: Authority) -> Bool {
        let lowercased = origin.lowercased()
        guard let scheme = ["http://", "https://"].first(where: { lowercased.hasPrefix($0) }) else { return false }
        return Authority(String(lowercased.dropFirst(scheme.count))) == host
    }
}

/// `host[:port]`, in lower case.
private struct Authority: Hashable {
    /// With brackets around an IPv6 literal.
    let name: String
    let port: String

    init?(_ text: String) {
        let text = text.lowercased()
        let end: String.Index
        if text.hasPrefix("[") {
            guard let close = text.firstIndex(of: "]") else { return nil }
            end = text.index(after: close)
        } else {
            end = text.firstIndex(of: ":") ?? text.endIndex
        }
        let rest = text[end...]
        guard rest.isEmpty || rest.first == ":", rest.dropFirst().utf8.allSatisfy({ (48...57).contains($0) }),
            rest.utf8.count <= 6
        else { return nil }
        name = String(text[..<end])
        port = String(rest.dropFirst())
    }
}
