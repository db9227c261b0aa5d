import COpenSSL

/// An RSA private key, kept as its DER encoding: a value, which is read anew for each use.
///
/// As silent as what it decrypts: it cannot be printed or reflected.
package struct RSAPrivateKey: Sendable, CustomStringConvertible, CustomReflectable {
    private let der: [UInt8]
    package let publicKey: RSAPublicKey

    /// A key pair of its own. Takes some tens of milliseconds.
    ///
    /// - Returns: nil when the system has no random numbers for it.
    package static func generate(bits: Int32 = 2048) -> RSAPrivateKey? {
        understudy_rsa_generate(bits).flatMap { RSAPrivateKey($0) }
    }

    /// The first key of a PEM text, PKCS#8 or PKCS#1; nil when there is none, or it is encrypted or no RSA key.
    package init?(pem: String) {
        var pem = pem
        let key = pem.withUTF8 { text in
            text.withMemoryRebound(to: CChar.self) {
                understudy_rsa_from_pem($0.baseAddress, Int32(clamping: $0.count))
            }
        }
        guard let key else { return nil }
        self.init(key)
    }

    /// Takes over a key of OpenSSL.
    private init?(_ key: OpaquePointer) {
        defer { EVP_PKEY_free(key) }
        guard let der = DER.bytes({ i2d_PrivateKey(key, $0) }), let spki = DER.bytes({ i2d_PUBKEY(key, $0) }) else {
            return nil
        }
        self.der = der
        publicKey = RSAPublicKey(der: spki, byteCount: Int(understudy_rsa_bytes(key)))
    }

    /// Undoes PKCS#1 v1.5 (RFC 8017 §7.2.2); nil when the block was made with another key or is damaged.
    package func decrypt(_ block: [UInt8]) -> [UInt8]? {
        guard let key = understudy_rsa_private(der, der.count) else { return nil }
        defer { EVP_PKEY_free(key) }
        return DER.block(publicKey.byteCount) { understudy_rsa_decrypt(key, block, block.count, $0, $1) }
    }

    /// A signature with PKCS#1 v1.5 over SHA-256 (RFC 8017 §8.2), as JSON web tokens of `RS256` have it; nil when the
    /// library fails.
    package func sign(_ message: [UInt8]) -> [UInt8]? {
        guard let key = understudy_rsa_private(der, der.count) else { return nil }
        defer { EVP_PKEY_free(key) }
        return DER.block(publicKey.byteCount) { understudy_rsa_sign(key, message, message.count, $0, $1) }
    }

    /// Hands the key to whoever keeps it, as PEM (PKCS#1, RFC 8017 §A.1.2).
    package func withPEM<Result>(_ body: (String) throws -> Result) rethrows -> Result {
        try body(DER.pem(der, label: "RSA PRIVATE KEY"))
    }

    package var description: String { "RSA private key of \(publicKey.byteCount * 8) bits" }
    package var customMirror: Mirror { Mirror(self, children: []) }
}

/// The public half, in the form of X.509 (SubjectPublicKeyInfo, RFC 5280 §4.1).
package struct RSAPublicKey: Hashable, Sendable {
    package let der: [UInt8]
    /// Bytes of the modulus: how long an encrypted block is.
    package let byteCount: Int

    init(der: [UInt8], byteCount: Int) {
        self.der = der
        self.byteCount = byteCount
    }

    /// A key as it is handed out; nil when these bytes are none.
    package init?(der: [UInt8]) {
        guard let key = understudy_rsa_public(der, der.count) else { return nil }
        defer { EVP_PKEY_free(key) }
        self.init(der: der, byteCount: Int(understudy_rsa_bytes(key)))
    }

    /// Base 64 without line breaks.
    package var base64: String { Base64.encode(der) }

    /// With lines of 64 characters (RFC 7468).
    package var pem: String { DER.pem(der, label: "PUBLIC KEY") }

    /// Big-endian, without leading zeros.
    package var modulus: [UInt8] { number("n") }
    package var exponent: [UInt8] { number("e") }

    private func number(_ name: String) -> [UInt8] {
        guard let key = understudy_rsa_public(der, der.count) else { return [] }
        defer { EVP_PKEY_free(key) }
        return DER.block(byteCount) { understudy_rsa_number(key, name, $0, $1) } ?? []
    }

    /// Whether a signature of ``RSAPrivateKey/sign(_:)`` was made over this message with the private half.
    package func verifies(_ signature: [UInt8], of message: [UInt8]) -> Bool {
        guard let key = understudy_rsa_public(der, der.count) else { return false }
        defer { EVP_PKEY_free(key) }
        return understudy_rsa_verifies(key, message, message.count, signature, signature.count) == 1
    }

    /// Encrypts with PKCS#1 v1.5, as a client would; nil for a message that is too long for the key.
    package func encrypt(_ message: [UInt8]) -> [UInt8]? {
        guard let key = understudy_rsa_public(der, der.count) else { return nil }
        defer { EVP_PKEY_free(key) }
        return DER.block(byteCount) { understudy_rsa_encrypt(key, message, message.count, $0, $1) }
    }
}

private enum DER {
    /// The text form (RFC 7468): lines of 64 characters between two that name it.
    static func pem(_ der: [UInt8], label: String) -> String {
        var rest = Substring(Base64.encode(der))
        var lines: [Substring] = []
        while !rest.isEmpty {
            lines.append(rest.prefix(64))
            rest = rest.dropFirst(64)
        }
        return "-----BEGIN \(label)-----\n" + lines.joined(separator: "\n") + "\n-----END \(label)-----\n"
    }

    /// What one of OpenSSL's `i2d_` functions writes.
    static func bytes(_ write: (UnsafeMutablePointer<UnsafeMutablePointer<UInt8>?>?) -> Int32) -> [UInt8]? {
        let count = Int(write(nil))
        guard count > 0 else { return nil }
        return [UInt8](unsafeUninitializedCapacity: count) { buffer, written in
            var end = buffer.baseAddress
            written = Int(write(&end))
        }
    }

    /// What a function writes into a buffer of the key's size.
    static func block(
        _ count: Int, _ write: (UnsafeMutablePointer<UInt8>?, UnsafeMutablePointer<Int>) -> Int32
    ) -> [UInt8]? {
        var worked = false
        let bytes = [UInt8](unsafeUninitializedCapacity: count) { buffer, written in
            var size = count
            worked = write(buffer.baseAddress, &size) == 1
            written = worked ? size : 0
        }
        return worked ? bytes : nil
    }
}
