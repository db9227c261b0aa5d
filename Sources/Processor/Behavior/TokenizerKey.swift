import Cryptography

/// The key with which clients of a site encrypt account numbers, and the site opens them again.
package struct TokenizerKey: Sendable {
    private let key: RSAPrivateKey

    private init(_ key: RSAPrivateKey) { self.key = key }

    /// The first RSA key of a PEM text; nil when there is none, or it is encrypted.
    package init?(pem: String) {
        guard let key = RSAPrivateKey(pem: pem) else { return nil }
        self.init(key)
    }

    /// A key of its own; nil when the system has no random numbers for it.
    package static func generate() -> TokenizerKey? { RSAPrivateKey.generate().map(TokenizerKey.init) }

    /// How long an encrypted block is.
    package var blockBytes: Int { key.publicKey.byteCount }

    /// The public half: X.509 in Base 64, and as PEM.
    package var publicKey: String { key.publicKey.base64 }
    package var publicKeyPEM: String { key.publicKey.pem }

    /// Opens a block (PKCS#1 v1.5); nil when it was made for another key.
    package func open(_ block: [UInt8]) -> String? {
        key.decrypt(block).map { String(decoding: $0, as: UTF8.self) }
    }

    /// Makes a block as a client would; nil for a text that is too long.
    package func seal(_ text: String) -> [UInt8]? { key.publicKey.encrypt(Array(text.utf8)) }
}
