import COpenSSL
import Platform

/// A private key.
///
/// Invariant of `@unchecked Sendable`: the key is never changed after `init`; OpenSSL counts its references with atomic
/// operations and locks what it computes lazily.
package final class PrivateKey: @unchecked Sendable, CustomStringConvertible {
    let pointer: OpaquePointer

    /// Takes over one reference.
    init(owning pointer: OpaquePointer) { self.pointer = pointer }

    deinit { EVP_PKEY_free(pointer) }

    /// A new key on the curve P-256.
    package convenience init() throws(TLSError) {
        ErrorQueue.clear()
        guard let key = understudy_tls_new_key() else { throw .unavailable("a key") }
        self.init(owning: key)
    }

    /// Keys do not show themselves.
    package var description: String { "PrivateKey(…)" }
}

/// An X.509 certificate.
///
/// Invariant of `@unchecked Sendable`: the certificate is never changed after `init`; OpenSSL counts its references
/// with atomic operations and locks what it computes lazily.
package final class Certificate: @unchecked Sendable {
    let pointer: OpaquePointer

    /// Takes over one reference.
    init(owning pointer: OpaquePointer) { self.pointer = pointer }

    deinit { X509_free(pointer) }

    /// Whether it is still valid for this long from now on.
    func isValid(forSeconds seconds: Int) -> Bool {
        var time = Int(SystemClock.seconds()) + seconds
        // 0 is an error of the comparison: not valid either.
        return X509_cmp_time(X509_get0_notAfter(pointer), &time) > 0
    }

    /// Whether the key of `issuer` signed it.
    func isSigned(by issuer: Certificate) -> Bool {
        guard let key = X509_get0_pubkey(issuer.pointer) else { return false }
        defer { ErrorQueue.clear() }
        return X509_verify(pointer, key) == 1
    }

    func belongs(to key: PrivateKey) -> Bool {
        defer { ErrorQueue.clear() }
        return X509_check_private_key(pointer, key.pointer) == 1
    }
}

/// A certificate, the certificates between it and a root, and its key.
package struct Identity: Sendable {
    package let certificate: Certificate
    let chain: [Certificate]
    let key: PrivateKey
}
