import Platform

/// A server to talk to.
package struct HTTPEndpoint: Hashable, Sendable, CustomStringConvertible {
    /// A name or a literal; IPv6 without brackets.
    package let host: String
    package let port: UInt16
    /// HTTPS instead of HTTP.
    package let isSecure: Bool

    package init(host: String, port: UInt16, isSecure: Bool = false) {
        self.host = host
        self.port = port
        self.isSecure = isSecure
    }

    package init(_ address: HTTPBoundAddress) { self.init(host: address.host, port: address.port) }

    /// Takes an URL such as `http://localhost:8080/base` apart.
    ///
    /// - Returns: the server and the path, empty for none or for `/`; nil unless the scheme is http or https and there
    ///   is a host.
    package static func parse(_ url: String) -> (endpoint: HTTPEndpoint, path: String)? {
        guard let scheme = ["http://", "https://"].first(where: { url.prefix($0.count).lowercased() == $0 }) else {
            return nil
        }
        let isSecure = scheme == "https://"
        let rest = url.dropFirst(scheme.count)
        let end = rest.firstIndex { "/?#".contains($0) } ?? rest.endIndex
        let authority = Array(rest[..<end].utf8)
        guard !authority.isEmpty, authority[0] != ASCII.colon,
            HostSyntax.isValid(authority.span, 0..<authority.count, portRequired: false)
        else { return nil }
        var host = authority[...]
        var port = standardPort(isSecure)
        // Behind the brackets of an IPv6 literal, a colon begins the port.
        let close = authority.lastIndex(of: UInt8(ascii: "]")) ?? -1
        if let colon = authority.lastIndex(of: ASCII.colon), colon > close {
            host = authority[..<colon]
            let digits = String(decoding: authority[(colon + 1)...], as: UTF8.self)
            if !digits.isEmpty {
                guard let number = UInt16(digits) else { return nil }
                port = number
            }
        }
        if host.first == UInt8(ascii: "[") { host = host.dropFirst().dropLast() }
        var path = String(rest[end...])
        if path == "/" { path = "" }
        return (HTTPEndpoint(host: String(decoding: host, as: UTF8.self), port: port, isSecure: isSecure), path)
    }

    /// `localhost:8080`, `[::1]:8080`.
    package var description: String { SocketAddress.textOf(host: host, port: port) }

    /// What the Host field says: no port when it is the one of the scheme (RFC 9110 §7.2).
    var hostField: String {
        guard port == Self.standardPort(isSecure) else { return description }
        return host.utf8.contains(ASCII.colon) ? "[\(host)]" : host
    }

    private static func standardPort(_ isSecure: Bool) -> UInt16 { isSecure ? 443 : 80 }
}
