import COpenSSL
import HTTP
import Platform

/// One end of a TLS connection as a filter of bytes. Does no I/O: OpenSSL reads from and writes to a pipe in memory.
///
/// Lives on one event loop, or is used by one thread at a time.
package final class TLSFilter: ByteFilter {
    package enum Role: Sendable {
        case server
        /// The name or address that the certificate must be made out to.
        case client(host: String)
    }

    private let session: OpaquePointer
    private let pipe: UnsafeMutablePointer<understudy_tls_pipe>
    private let role: Role
    /// Keeps the callbacks of the context alive.
    private let owner: AnyObject
    /// What a callback of the session points to.
    private var kept: AnyObject?
    private let report: (@Sendable (TLSError) -> Void)?

    package private(set) var isEstablished = false
    package private(set) var peerHasEnded = false
    /// After a fatal error OpenSSL must not be called again (SSL_get_error(3)).
    private var isBroken = false
    private var hasFinished = false

    /// Invariant of `@unchecked Sendable`: a table of functions that nobody changes after it is made.
    private struct Method: @unchecked Sendable {
        let pointer: OpaquePointer?
    }
    private static let method = Method(pointer: understudy_tls_pipe_method())
    /// Decrypted at once: the most that one record holds.
    private static let chunk = 16_384

    /// - Parameters:
    ///   - report: is told why a handshake failed.
    init(
        _ context: OpaquePointer, owner: AnyObject, _ role: Role, report: (@Sendable (TLSError) -> Void)? = nil
    ) throws(TLSError) {
        pipe = .allocate(capacity: 1)
        pipe.initialize(to: understudy_tls_pipe())
        ErrorQueue.clear()
        guard let method = Self.method.pointer, let session = understudy_tls_new(context, method, pipe) else {
            pipe.deallocate()
            throw .unavailable("a session")
        }
        self.session = session
        self.role = role
        self.owner = owner
        self.report = report
        switch role {
        case .server: SSL_set_accept_state(session)
        case .client: SSL_set_connect_state(session)
        }
    }

    deinit {
        SSL_free(session)
        free(pipe.pointee.output)
        pipe.deallocate()
    }

    /// For the context that made it: names and what is verified.
    func configure(_ body: (OpaquePointer) -> Bool) throws(TLSError) {
        ErrorQueue.clear()
        guard body(session) else { throw .unavailable("a session: \(ErrorQueue.take().text)") }
    }

    func keep(_ object: AnyObject) { kept = object }

    package func begin(wire: inout [UInt8]) throws {
        defer { takeOutput(into: &wire) }
        ErrorQueue.clear()
        let result = SSL_do_handshake(session)
        guard result != 1, let failure = failure(result) else { return }
        throw failure.error
    }

    package func receive(_ bytes: Span<UInt8>, plain: inout [UInt8], wire: inout [UInt8]) throws {
        guard !isBroken else { return }
        try bytes.withUnsafeBufferPointer { input in
            pipe.pointee.input = input.baseAddress
            pipe.pointee.input_count = input.count
            defer {
                pipe.pointee.input = nil
                pipe.pointee.input_count = 0
                takeOutput(into: &wire)
            }
            if !isEstablished, try !handshake(input, &wire) { return }
            try read(into: &plain)
        }
    }

    /// - Returns: true when it is done.
    private func handshake(_ input: UnsafeBufferPointer<UInt8>, _ wire: inout [UInt8]) throws -> Bool {
        ErrorQueue.clear()
        let result = SSL_do_handshake(session)
        if result == 1 {
            isEstablished = true
            return true
        }
        do {
            try check(result)
        } catch {
            if case .server = role, error.isPlainHTTP { wire.append(contentsOf: PlainHTTPAnswer.bytes) }
            report?(error.error)
            throw error.error
        }
        return false
    }

    private func read(into plain: inout [UInt8]) throws {
        while !peerHasEnded {
            var result: Int32 = 0
            ErrorQueue.clear()
            plain.append(addingCapacity: Self.chunk) { (span: inout OutputSpan<UInt8>) in
                span.withUnsafeMutableBufferPointer { buffer, filled in
                    var count = 0
                    result = SSL_read_ex(session, buffer.baseAddress! + filled, buffer.count - filled, &count)
                    if result == 1 { filled += count }
                }
            }
            if result == 1 { continue }
            do {
                try check(result)
                return
            } catch {
                throw error.error
            }
        }
    }

    package func send(_ plain: Span<UInt8>, wire: inout [UInt8]) throws {
        guard !isBroken else { throw TLSError.failed("the connection is broken") }
        defer { takeOutput(into: &wire) }
        try plain.withUnsafeBufferPointer { bytes in
            var sent = 0
            while sent < bytes.count {
                var count = 0
                ErrorQueue.clear()
                let result = SSL_write_ex(session, bytes.baseAddress! + sent, bytes.count - sent, &count)
                guard result == 1 else {
                    // The pipe takes everything, so it can only be that the handshake is not over.
                    throw failure(result)?.error ?? TLSError.failed("the handshake is not over")
                }
                sent += count
            }
        }
    }

    package func finish(wire: inout [UInt8]) {
        guard isEstablished, !isBroken, !hasFinished else { return }
        hasFinished = true
        ErrorQueue.clear()
        // 0: sent, and the other side's is not there yet; below: nothing could be sent, and there is nobody to tell.
        _ = SSL_shutdown(session)
        takeOutput(into: &wire)
    }

    private func takeOutput(into wire: inout [UInt8]) {
        guard let output = pipe.pointee.output else { return }
        wire.append(contentsOf: UnsafeBufferPointer(start: output, count: pipe.pointee.output_count))
        free(output)
        pipe.pointee.output = nil
        pipe.pointee.output_count = 0
        pipe.pointee.output_capacity = 0
    }

    // MARK: Failures

    private struct Failure: Error {
        let error: TLSError
        /// Somebody talks HTTP without TLS.
        var isPlainHTTP = false
    }

    private func check(_ result: Int32) throws(Failure) {
        if let failure = failure(result) { throw failure }
    }

    /// - Returns: nil when OpenSSL only waits for more input, or the other side has ended in order.
    private func failure(_ result: Int32) -> Failure? {
        switch SSL_get_error(session, result) {
        case SSL_ERROR_WANT_READ, SSL_ERROR_WANT_WRITE: return nil
        case SSL_ERROR_ZERO_RETURN:
            peerHasEnded = true
            return nil
        default: break
        }
        isBroken = true
        let verification = SSL_get_verify_result(session)
        let (reason, text) = ErrorQueue.take()
        if case .client(let host) = role, reason == SSL_R_CERTIFICATE_VERIFY_FAILED {
            return Failure(
                error: .untrusted(host: host, reason: String(cString: X509_verify_cert_error_string(verification))))
        }
        let isPlainHTTP = reason == SSL_R_HTTP_REQUEST || reason == SSL_R_HTTPS_PROXY_REQUEST
        return Failure(error: .failed(text), isPlainHTTP: isPlainHTTP)
    }
}

/// What somebody hears who talks HTTP to the port of HTTPS: a closed connection would not explain itself.
enum PlainHTTPAnswer {
    static let bytes: [UInt8] = {
        let body = "400 Bad Request: this port speaks HTTPS, and the request came without TLS\n"
        return Array(
            ("HTTP/1.1 400 Bad Request\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Length: \(body.utf8.count)"
                + "\r\nConnection: close\r\n\r\n" + body).utf8)
    }()
}
