import COpenSSL

/// What went wrong with certificates, keys or a handshake. Never says anything about the contents of a key.
package enum TLSError: Error, Hashable, Sendable, CustomStringConvertible {
    /// A file or a text holds no certificate, no key, or one that does not fit.
    case unusable(what: String, reason: String)
    /// The certificate of a server is not trusted.
    case untrusted(host: String, reason: String)
    /// The peers could not agree, or one of them broke the protocol.
    case failed(String)
    /// OpenSSL has no memory or no randomness.
    case unavailable(String)

    package var description: String {
        switch self {
        case .unusable(let what, let reason): "\(what): \(reason)"
        case .untrusted(let host, let reason): "the certificate of \(host) is not trusted: \(reason)"
        case .failed(let reason): "TLS: \(reason)"
        case .unavailable(let what): "TLS: cannot make \(what)"
        }
    }
}

/// The queue of errors that OpenSSL keeps for each thread.
enum ErrorQueue {
    /// Before every call that may fail: an old error would be taken for its own.
    static func clear() { ERR_clear_error() }

    /// The newest reason in words, such as "sslv3 alert unknown ca"; the queue is empty afterwards.
    static func take() -> (reason: Int32, text: String) {
        let code = ERR_peek_last_error()
        ERR_clear_error()
        guard code != 0 else { return (0, "no reason given") }
        let text = ERR_reason_error_string(code).map { String(cString: $0) } ?? "error \(code)"
        return (understudy_tls_error_reason(code), text)
    }
}
