import COpenSSL

/// An RSA key of 2048 bits that signs with SHA-256 (RFC 8017 §8.2), as JSON web tokens of `RS256` need it.
///
/// Made when a process needs it, and never written anywhere.
package struct SigningKey: Sendable, CustomStringConvertible, CustomReflectable {
    /// Kept as its DER encoding, a value, which is read anew for each use.
    private let der: [UInt8]
    /// Big-endian, without leading zeros.
    package let modulus: [UInt8]
    package let exponent: [UInt8]

    /// A new key; nil when the library cannot make one.
    package static func generate() -> SigningKey? {
        guard let context = EVP_PKEY_CTX_new_id(EVP_PKEY_RSA, nil) else { return nil }
        defer { EVP_PKEY_CTX_free(context) }
        var pointer: OpaquePointer?
        guard EVP_PKEY_keygen_init(context) == 1, EVP_PKEY_CTX_set_rsa_keygen_bits(context, 2048) == 1,
            EVP_PKEY_keygen(context, &pointer) == 1, let pointer
        else { return nil }
        defer { EVP_PKEY_free(pointer) }
        let count = i2d_PrivateKey(pointer, nil)
        guard count > 0, let modulus = number("n", of: pointer), let exponent = number("e", of: pointer) else {
            return nil
        }
        var der = [UInt8](repeating: 0, count: Int(count))
        der.withUnsafeMutableBufferPointer { buffer in
            var end = buffer.baseAddress
            _ = i2d_PrivateKey(pointer, &end)
        }
        return SigningKey(der: der, modulus: modulus, exponent: exponent)
    }

    /// Lends the key to a closure.
    private func withKey<Result>(_ body: (OpaquePointer) -> Result?) -> Result? {
        der.withUnsafeBufferPointer { buffer -> Result? in
            var start = buffer.baseAddress
            guard let key = d2i_AutoPrivateKey(nil, &start, buffer.count) else { return nil }
            defer { EVP_PKEY_free(key) }
            return body(key)
        }
    }

    /// The signature of a message; nil when the library fails.
    package func sign(_ message: [UInt8]) -> [UInt8]? {
        withKey { key in
            guard let context = EVP_MD_CTX_new() else { return nil }
            defer { EVP_MD_CTX_free(context) }
            guard EVP_DigestSignInit(context, nil, EVP_sha256(), nil, key) == 1 else { return nil }
            var count = modulus.count
            var signature = [UInt8](repeating: 0, count: count)
            guard EVP_DigestSign(context, &signature, &count, message, message.count) == 1 else { return nil }
            return Array(signature.prefix(count))
        }
    }

    package func verifies(_ signature: [UInt8], of message: [UInt8]) -> Bool {
        let isRight = withKey { key -> Bool? in
            guard let context = EVP_MD_CTX_new() else { return nil }
            defer { EVP_MD_CTX_free(context) }
            guard EVP_DigestVerifyInit(context, nil, EVP_sha256(), nil, key) == 1 else { return nil }
            return EVP_DigestVerify(context, signature, signature.count, message, message.count) == 1
        }
        return isRight ?? false
    }

    private static func number(_ name: String, of key: OpaquePointer) -> [UInt8]? {
        var number: OpaquePointer?
        guard EVP_PKEY_get_bn_param(key, name, &number) == 1, let number else { return nil }
        defer { BN_free(number) }
        var bytes = [UInt8](repeating: 0, count: (Int(BN_num_bits(number)) + 7) / 8)
        let count = BN_bn2bin(number, &bytes)
        return count > 0 ? Array(bytes.prefix(Int(count))) : nil
    }

    package var description: String { "signing key" }
    package var customMirror: Mirror { Mirror(self, children: []) }
}
