import Cryptography

/// A secret that a client shows as `Authorization: Bearer …` (RFC 6750 §2.1). Only its digest is kept.
package struct BearerToken: Sendable, CustomStringConvertible, CustomReflectable {
    private let digest: Digest256

    package init(_ secret: String) { digest = SHA256.hash(Array(secret.utf8)) }

    /// Whether a value of the `Authorization` field shows the secret; the time taken tells nothing of it, not even its
    /// length.
    package func accepts(_ authorization: String?) -> Bool {
        guard let authorization, authorization.utf8.count > 7, authorization.prefix(7).lowercased() == "bearer "
        else { return false }
        return SHA256.hash(Array(authorization.dropFirst(7).withoutBlanksAround.utf8)) == digest
    }

    package var description: String { "BearerToken(…)" }
    package var customMirror: Mirror { Mirror(self, children: []) }
}
