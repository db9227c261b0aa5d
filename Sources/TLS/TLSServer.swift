import COpenSSL
package import HTTP
package import Platform

/// The server's side of TLS: what is common to all its connections.
///
/// Invariant of `@unchecked Sendable`: the context is configured in `init` and not changed afterwards; OpenSSL counts
/// its references with atomic operations. Everything else is `Sendable`.
package final class TLSServer: @unchecked Sendable {
    package enum Source: Sendable {
        /// A certificate for each host name that a client asks for.
        case authority(LocalAuthority)
        /// One for all.
        case own(Identity)
    }

    private let context: OpaquePointer
    private let authority: LocalAuthority?
    private let report: (@Sendable (TLSError) -> Void)?

    /// - Parameter report: is told on an event loop why a handshake failed: it must not block.
    package init(_ source: Source, report: (@Sendable (TLSError) -> Void)? = nil) throws(TLSError) {
        ErrorQueue.clear()
        guard let context = SSL_CTX_new(TLS_server_method()) else { throw .unavailable("a TLS context") }
        self.context = context
        self.report = report
        switch source {
        case .authority(let authority): self.authority = authority
        case .own: authority = nil
        }
        guard understudy_tls_configure(context) == 1, Self.setSessionContext(context) else {
            throw .unavailable("a TLS context: \(ErrorQueue.take().text)")
        }
        understudy_tls_use_tickets(context)
        understudy_tls_acknowledge_names(context)
        SSL_CTX_set_alpn_select_cb(context, selectProtocol, nil)
        if case .own(let identity) = source { try Self.use(identity, context) }
    }

    deinit { SSL_CTX_free(context) }

    /// The filter of one connection.
    ///
    /// - Parameter socket: whose address stands for the host name when the client names none.
    package func filter(_ socket: Descriptor) throws -> any ByteFilter {
        let filter = try TLSFilter(context, owner: self, .server, report: report)
        guard let authority else { return filter }
        let request = LeafRequest(authority: authority, address: try socket.localAddress().numeric.host)
        try filter.configure { session in
            SSL_set_cert_cb(session, chooseCertificate, Unmanaged.passUnretained(request).toOpaque())
            return true
        }
        filter.keep(request)
        return filter
    }

    /// Tickets are only good for a server with the same context.
    private static func setSessionContext(_ context: OpaquePointer) -> Bool {
        let name = Array("understudy".utf8)
        return SSL_CTX_set_session_id_context(context, name, UInt32(name.count)) == 1
    }

    private static func use(_ identity: Identity, _ context: OpaquePointer) throws(TLSError) {
        guard SSL_CTX_use_certificate(context, identity.certificate.pointer) == 1,
            SSL_CTX_use_PrivateKey(context, identity.key.pointer) == 1,
            identity.chain.allSatisfy({ understudy_tls_add_chain(context, $0.pointer) == 1 }),
            SSL_CTX_check_private_key(context) == 1
        else {
            throw .unusable(what: "certificate", reason: ErrorQueue.take().text)
        }
    }
}

/// What is needed to choose a certificate once the client has named the host.
final class LeafRequest {
    let authority: LocalAuthority
    /// This end of the connection, in digits.
    let address: String

    init(authority: LocalAuthority, address: String) {
        self.authority = authority
        self.address = address
    }

    func choose(_ session: OpaquePointer) -> Bool {
        let named = SSL_get_servername(session, TLSEXT_NAMETYPE_host_name).flatMap { HostName(String(cString: $0)) }
        guard let host = named ?? HostName(address: address) ?? HostName(address: "127.0.0.1") else { return false }
        do throws(TLSError) {
            let identity = try authority.identity(for: host)
            return SSL_use_certificate(session, identity.certificate.pointer) == 1
                && SSL_use_PrivateKey(session, identity.key.pointer) == 1
        } catch {
            // Without memory or randomness there is no certificate, and so no handshake.
            return false
        }
    }
}

/// Called by OpenSSL inside of the handshake (SSL_set_cert_cb(3)): 1 goes on, 0 ends it.
private func chooseCertificate(_ session: OpaquePointer?, _ argument: UnsafeMutableRawPointer?) -> Int32 {
    guard let session, let argument else { return 0 }
    return Unmanaged<LeafRequest>.fromOpaque(argument).takeUnretainedValue().choose(session) ? 1 : 0
}

/// `http/1.1` out of what the client offers (RFC 7301); a client that insists on something else is refused.
private func selectProtocol(
    _ session: OpaquePointer?, _ chosen: UnsafeMutablePointer<UnsafePointer<UInt8>?>?,
    _ chosenCount: UnsafeMutablePointer<UInt8>?, _ offered: UnsafePointer<UInt8>?, _ offeredCount: UInt32,
    _ argument: UnsafeMutableRawPointer?
) -> Int32 {
    guard let chosen, let chosenCount, let offered else { return SSL_TLSEXT_ERR_ALERT_FATAL }
    let offers = UnsafeBufferPointer(start: offered, count: Int(offeredCount))
    var start = 0
    while start < offers.count {
        let count = Int(offers[start])
        let end = start + 1 + count
        guard end <= offers.count else { break }
        if offers[(start + 1)..<end].elementsEqual(ApplicationProtocol.name) {
            chosen.pointee = offered + start + 1
            chosenCount.pointee = UInt8(count)
            return SSL_TLSEXT_ERR_OK
        }
        start = end
    }
    return SSL_TLSEXT_ERR_ALERT_FATAL
}

enum ApplicationProtocol {
    static let name = Array("http/1.1".utf8)
    /// As it stands in a list: its length, and the name.
    static var listed: [UInt8] { [UInt8(name.count)] + name }
}
