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
        // The second byte tells most paths apart, and asking for it is cheaper than comparing texts.
        if path.utf8.dropFirst().first == UInt8(ascii: "~"), path.begins(with: "/~") {
            let rest = path.dropFirst(2)
            let end = rest.utf8.firstIndex(of: UInt8(ascii: "/")) ?? rest.endIndex
            world = world ?? String(rest[..<end])
            path = rest[end...]
        }
        self.world = world
        self.path = path
        query = request.query
        host = request.headers.beginning(of: "Host", Self.lengthWithoutPort) ?? ""
    }

    /// `fts-uat.cardconnect.com:8443` and `[::1]:80` lose their port.
    private static func lengthWithoutPort(_ host: UnsafeBufferPointer<UInt8>) -> Int {
        if host.first == UInt8(ascii: "[") {
            return host.firstIndex(of: UInt8(ascii: "]")).map { $0 + 1 } ?? host.count
        }
        return host.firstIndex(of: UInt8(ascii: ":")) ?? host.count
    }
}
