import HTTP

/// One emulated service: it owns part of the path space of every host.
package protocol Service: Sendable {
    /// Named by rules and in the journal, for example `cardpointe`.
    var name: String { get }
    /// Whether a path (as sent, without the prefix that names a world) belongs to this service.
    func claims(_ path: Substring) -> Bool
    func respond(to request: ServiceRequest) -> ServiceAnswer
}

extension Substring {
    /// The path is this one, or begins with it and a slash.
    package func isBelow(_ base: String) -> Bool {
        guard utf8.starts(with: base.utf8) else { return false }
        let rest = utf8.dropFirst(base.utf8.count)
        return rest.isEmpty || rest.first == UInt8(ascii: "/")
    }
}
