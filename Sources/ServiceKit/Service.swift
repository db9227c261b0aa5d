import HTTP
package import Processor

/// One emulated service: it owns part of the path space of every host.
package protocol Service: Sendable {
    /// Named by rules and in the journal, for example `cardpointe`.
    var name: String { get }
    /// Whether a path (as sent, without the prefix that names a world) belongs to this service.
    func claims(_ path: Substring) -> Bool
    func respond(to request: ServiceRequest) -> ServiceAnswer
    /// Does what takes long before a request needs it. Runs beside the event loops; requests may come meanwhile.
    func prepare(_ behavior: Behavior)
    /// Nothing of that is left to be done.
    func isPrepared(for behavior: Behavior) -> Bool
    /// A request may bring about messages to webhooks, whatever the scenario says.
    var sendsMessages: Bool { get }
}

extension Service {
    package func prepare(_ behavior: Behavior) {}
    package func isPrepared(for behavior: Behavior) -> Bool { true }
    package var sendsMessages: Bool { false }
}
