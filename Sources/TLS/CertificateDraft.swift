import COpenSSL

/// What a new certificate says, before it is signed.
struct CertificateDraft {
    var commonName: String
    var days: Int
    /// Kind of extension and its value in the notation of openssl.cnf(5).
    var extensions: [(nid: Int32, value: String)]

    private static let secondsPerDay = 86_400

    /// Makes it.
    ///
    /// - Parameter issuer: nil signs with the key itself.
    func signed(for key: PrivateKey, by issuer: (certificate: Certificate, key: PrivateKey)?) throws(TLSError)
        -> Certificate
    {
        ErrorQueue.clear()
        guard let pointer = X509_new() else { throw .unavailable("a certificate") }
        let certificate = Certificate(owning: pointer)
        let issuerPointer = issuer?.certificate.pointer ?? pointer
        // From yesterday, for clients whose clock is behind.
        let isFilled =
            X509_set_version(pointer, Int(X509_VERSION_3)) == 1 && Self.setSerial(pointer)
            && X509_gmtime_adj(X509_getm_notBefore(pointer), -Self.secondsPerDay) != nil
            && X509_time_adj_ex(X509_getm_notAfter(pointer), Int32(days), 0, nil) != nil
            && X509_set_pubkey(pointer, key.pointer) == 1
            && Self.add(commonName, "CN", to: X509_get_subject_name(pointer))
            && Self.add("Understudy", "O", to: X509_get_subject_name(pointer))
            && X509_set_issuer_name(pointer, X509_get_subject_name(issuerPointer)) == 1
            && extensions.allSatisfy { understudy_tls_add_extension(pointer, issuerPointer, $0.nid, $0.value) == 1 }
        guard isFilled, X509_sign(pointer, (issuer?.key ?? key).pointer, EVP_sha256()) > 0 else {
            throw .unavailable("a certificate: \(ErrorQueue.take().text)")
        }
        return certificate
    }

    private static func add(_ value: String, _ field: String, to name: OpaquePointer?) -> Bool {
        X509_NAME_add_entry_by_txt(name, field, MBSTRING_UTF8, value, -1, -1, 0) == 1
    }

    /// 127 random bits: more than the 64 that browsers and Go ask for, and never negative (RFC 5280 §4.1.2.2).
    private static func setSerial(_ certificate: OpaquePointer) -> Bool {
        guard let number = BN_new() else { return false }
        defer { BN_free(number) }
        return BN_rand(number, 127, BN_RAND_TOP_ANY, BN_RAND_BOTTOM_ANY) == 1
            && BN_to_ASN1_INTEGER(number, X509_get_serialNumber(certificate)) != nil
    }
}
