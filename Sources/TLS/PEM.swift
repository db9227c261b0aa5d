import COpenSSL

/// Certificates and keys as text.
enum PEM {
    /// All certificates in a text, in order.
    static func certificates(_ text: [UInt8]) throws(TLSError) -> [Certificate] {
        ErrorQueue.clear()
        defer { ErrorQueue.clear() }
        let source = try reader(text)
        defer { BIO_free_all(source) }
        var found: [Certificate] = []
        while let certificate = understudy_tls_read_certificate(source) {
            found.append(Certificate(owning: certificate))
        }
        let (reason, words) = ErrorQueue.take()
        // "No start line" is how the end of the text looks.
        guard reason == PEM_R_NO_START_LINE || reason == 0 else {
            throw .unusable(what: "certificate", reason: words)
        }
        return found
    }

    /// The first private key in a text; nil when there is none, or one with a password.
    static func key(_ text: [UInt8]) throws(TLSError) -> PrivateKey? {
        ErrorQueue.clear()
        defer { ErrorQueue.clear() }
        let source = try reader(text)
        defer { BIO_free_all(source) }
        return understudy_tls_read_key(source).map { PrivateKey(owning: $0) }
    }

    static func text(of certificate: Certificate) throws(TLSError) -> [UInt8] {
        try write { PEM_write_bio_X509($0, certificate.pointer) }
    }

    static func text(of key: PrivateKey) throws(TLSError) -> [UInt8] {
        try write { understudy_tls_write_key($0, key.pointer) }
    }

    private static func reader(_ text: [UInt8]) throws(TLSError) -> OpaquePointer {
        guard let bio = BIO_new(BIO_s_mem()) else { throw .unavailable("a buffer") }
        let count = Int32(clamping: text.count)
        guard text.isEmpty || BIO_write(bio, text, count) == count else {
            BIO_free_all(bio)
            throw .unavailable("a buffer")
        }
        return bio
    }

    private static func write(_ body: (OpaquePointer) -> Int32) throws(TLSError) -> [UInt8] {
        ErrorQueue.clear()
        guard let bio = BIO_new(BIO_s_secmem()) ?? BIO_new(BIO_s_mem()) else { throw .unavailable("a buffer") }
        defer { BIO_free_all(bio) }
        guard body(bio) == 1 else { throw .unavailable("PEM: \(ErrorQueue.take().text)") }
        var bytes: UnsafePointer<UInt8>?
        let count = understudy_tls_memory(bio, &bytes)
        return Array(UnsafeBufferPointer(start: bytes, count: count))
    }
}
