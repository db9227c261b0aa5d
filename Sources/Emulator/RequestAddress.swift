import HTTP
import Payments
import ServiceKit

/// Whom a request is for: the world, the host, and the path behind the world's prefix.
struct RequestAddress {
    /// From the header `Understudy-World`, or from a path prefix `/~name`; nil: the main world.
    let world: String?
    /// Without port.
    let host: String
    let path: Substring
    let query: Substring?

    static let worldHeader = "Understudy-World"

    init(_ request: borrowing HTTPRequest) {
        var path = request.path
        var world = request.headers[Self.worldHeader]
        if path.begins(with: "/~") {
            let rest = path.dropFirst(2)
            let end = rest.utf8.firstIndex(of: UInt8(ascii: "/")) ?? rest.endIndex
            world = world ?? String(rest[..<end])
            path = rest[end...]
        }
        self.world = world
        self.path = path
        query = request.query
        host = Self.withoutPort(request.headers["Host"] ?? "")
    }

    /// `fts-uat.cardconnect.com:8443` and `[::1]:80` lose their port.
    private static func withoutPort(_ host: String) -> String {
        if host.utf8.first == UInt8(ascii: "[") {
            guard let end = host.utf8.firstIndex(of: UInt8(ascii: "]")) else { return host }
            return String(host[...end])
        }
        return host.withBytes { bytes in
            guard let colon = bytes.firstIndex(of: UInt8(ascii: ":")) else { return host }
            return String(decoding: bytes[..<colon], as: UTF8.self)
        }
    }
}
