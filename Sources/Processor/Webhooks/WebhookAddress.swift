import Payments

/// The host of an address to which messages are sent.
package struct WebhookAddress: Hashable, Sendable {
    /// In small letters; IPv6 without brackets.
    package let host: String

    /// Nil for what is no http or https address; names and passwords in it are not taken.
    package init?(_ url: String) {
        guard let scheme = ["http://", "https://"].first(where: { url.prefix($0.count).lowercased() == $0 }) else {
            return nil
        }
        let authority = url.dropFirst(scheme.count).prefix { !"/?#".contains($0) }
        guard !authority.contains("@") else { return nil }
        var host = authority
        if host.first == "[" {
            guard let end = host.firstIndex(of: "]") else { return nil }
            host = host[host.index(after: host.startIndex)..<end]
        } else if let colon = host.lastIndex(of: ":") {
            host = host[..<colon]
        }
        guard !host.isEmpty else { return nil }
        self.host = host.lowercased()
    }

    /// This machine, whoever resolves the name.
    package static func isLoopback(_ host: String) -> Bool {
        if host == "localhost" || host == "::1" { return true }
        let parts = host.split(separator: ".", omittingEmptySubsequences: false)
        return parts.count == 4 && parts[0] == "127"
            && parts.allSatisfy { Digits.areAll($0) && !$0.isEmpty && (Int($0) ?? 256) < 256 }
    }
}

extension GatewayPolicy {
    /// Whether messages may be sent to a host: a scenario that somebody else wrote must not make this program talk to
    /// machines that only it can reach.
    package func mayBeTold(_ host: String) -> Bool {
        let host = host.lowercased()
        return WebhookAddress.isLoopback(host) || webhookHosts.contains { $0 == "*" || $0.lowercased() == host }
    }
}
