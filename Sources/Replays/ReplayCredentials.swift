import Cryptography

/// `Basic user:password` in clear, as replay files have it.
package enum ReplayCredentials {
    /// Encodes what is in clear (RFC 7617 §2); anything else stays as it is.
    package static func encoded(_ value: String) -> String {
        let parts = value.split(separator: " ", maxSplits: 1)
        guard parts.count == 2, parts[0].lowercased() == "basic", parts[1].contains(":") else { return value }
        return "\(parts[0]) \(Base64.encode(Array(parts[1].utf8)))"
    }

    /// The value of the `Authorization` field for `user:password`.
    package static func basic(_ pair: String) -> String { "Basic " + Base64.encode(Array(pair.utf8)) }
}
