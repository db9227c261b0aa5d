import COpenSSL

/// An RSA key of 2048 bits that signs with SHA-256 (RFC 8017 §8.2), as JSON web tokens of `RS256` need it.
///
/// Made when a process needs it, and never written anywhere.
package struct SigningKey: Sendable, CustomStringConvertible, CustomReflectable {
    private let key: Handle
    /// Big-endian, without leading zeros.
    package let modulus: [UInt8]
    package let exponent: [UInt8]

    /// Invariant: OpenSSL keys are read-only behind their making, and may then be used by several threads at once.
    private final class Handle: @unchecked Sendable {
        let pointer: OpaquePointer

        init(_ pointer: OpaquePointer) { self.pointer = pointer }

        deinit { EVP_PKEY_free(pointer) }
    }

    /// A new key; nil when the library cannot make one.
    package static func generate() -> SigningKey? {
        guard let context = EVP_PKEY_CTX_new_id(EVP_PKEY_RSA, nil) else { return nil }
        defer { EVP_PKEY_CTX_free(context) }
        var pointer: OpaquePointer?
        guard EVP_PKEY_keygen_init(context) == 1, EVP_PKEY_CTX_set_rsa_keygen_bits(context, 2048) == 1,
            EVP_PKEY_keygen(context, &pointer) == 1, let pointer
        else { return nil }
        let key = Handle(pointer)
        guard let modulus = number("n", of: key), let exponent = number("e", of: key) else { return nil }
        return SigningKey(key: key, modulus: modulus, exponent: exponent)
    }

    /// The signature of a message; nil when the library fails.
    package func sign(_ message: [UInt8]) -> [UInt8]? {
        guard let context = EVP_MD_CTX_new() else { return nil }
        defer { EVP_MD_CTX_free(context) }
        guard EVP_DigestSignInit(context, nil, EVP_sha256(), nil, key.pointer) == 1 else { return nil }
        var count = modulus.count
        var signature = [UInt8](repeating: 0, count: count)
        guard EVP_DigestSign(context, &signature, &count, message, message.count) == 1 else { return nil }
        return Array(signature.prefix(count))
    }

    package func verifies(_ signature: [UInt8], of message: [UInt8]) -> Bool {
        guard let context = EVP_MD_CTX_new() else { return false }
        defer { EVP_MD_CTX_free(context) }
        guard EVP_DigestVerifyInit(context, nil, EVP_sha256(), nil, key.pointer) == 1 else { return false }
        return EVP_DigestVerify(context, signature, signature.count, message, message.count) == 1
    }

    private static func number(_ name: String, of key: Handle) -> [UInt8]? {
        var number: OpaquePointer?
        guard EVP_PKEY_get_bn_param(key.pointer, name, &number) == 1, let number else { return nil }
        defer { BN_free(number) }
        var bytes = [UInt8](repeating: 0, count: (Int(BN_num_bits(number)) + 7) / 8)
        let count = BN_bn2bin(number, &bytes)
        return count > 0 ? Array(bytes.prefix(Int(count))) : nil
    }

    package var description: String { "signing key" }
    package var customMirror: Mirror { Mirror(self, children: []) }
}
