import COpenSSL
package import HTTP
import Platform

/// The client's side of TLS: whom it trusts. Servers are always verified, by chain and by name.
///
/// Invariant of `@unchecked Sendable`: the context is configured in `init` and not changed afterwards; OpenSSL counts
/// its references with atomic operations.
package final class TLSClient: @unchecked Sendable {
    private let context: OpaquePointer

    /// - Parameter authorities: PEM; these are trusted instead of the system's store.
    /// - Throws: ``TLSError`` when there is no certificate among them, or the system has no store.
    package init(authorities: [UInt8]? = nil) throws(TLSError) {
        ErrorQueue.clear()
        guard let context = SSL_CTX_new(TLS_client_method()) else { throw .unavailable("a TLS context") }
        self.context = context
        let offered = ApplicationProtocol.listed
        guard understudy_tls_configure(context) == 1,
            // 0 is success here, unlike everywhere else (SSL_CTX_set_alpn_protos(3)).
            SSL_CTX_set_alpn_protos(context, offered, UInt32(offered.count)) == 0
        else { throw .unavailable("a TLS context: \(ErrorQueue.take().text)") }
        SSL_CTX_set_verify(context, SSL_VERIFY_PEER, nil)
        guard let authorities else {
            guard SSL_CTX_set_default_verify_paths(context) == 1 else {
                throw .unavailable("a list of the system's certificate authorities")
            }
            return
        }
        let certificates = try PEM.certificates(authorities)
        guard !certificates.isEmpty, let store = SSL_CTX_get_cert_store(context) else {
            throw .unusable(what: "authorities", reason: "there is no certificate in PEM form")
        }
        for certificate in certificates where X509_STORE_add_cert(store, certificate.pointer) != 1 {
            throw .unusable(what: "authorities", reason: ErrorQueue.take().text)
        }
    }

    deinit { SSL_CTX_free(context) }

    /// The filter of one connection to `host`, a name or an address without brackets.
    package func filter(host: String) throws -> any ByteFilter {
        let filter = try TLSFilter(context, owner: self, .client(host: host))
        try filter.configure { session in
            if HostName(address: host) != nil {
                // An address is not said in the handshake (RFC 6066 §3).
                return X509_VERIFY_PARAM_set1_ip_asc(SSL_get0_param(session), host) == 1
            }
            SSL_set_hostflags(session, UInt32(X509_CHECK_FLAG_NO_PARTIAL_WILDCARDS))
            return SSL_set1_host(session, host) == 1 && understudy_tls_set_host_name(session, host) == 1
        }
        return filter
    }
}
