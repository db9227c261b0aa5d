import COpenSSL

/// SHA-256 (FIPS 180-4). A value: a copy goes on from the same bytes on its own.
package struct SHA256: Sendable {
    private var state = SHA256_CTX()

    package init() { understudy_sha256_init(&state) }

    /// Adds bytes to the message.
    package mutating func update(_ bytes: UnsafeRawBufferPointer) {
        understudy_sha256_update(&state, bytes.baseAddress, bytes.count)
    }

    /// Adds bytes to the message.
    package mutating func update(_ bytes: [UInt8]) {
        bytes.withUnsafeBytes { update($0) }
    }

    /// Adds the UTF-8 of a text to the message.
    package mutating func update(_ text: String) {
        var text = text
        text.withUTF8 { update(UnsafeRawBufferPointer($0)) }
    }

    /// The digest of the message so far; more may be added after it.
    package func digest() -> Digest256 {
        var copy = state
        return withUnsafeTemporaryAllocation(byteCount: Digest256.byteCount, alignment: 8) { buffer in
            understudy_sha256_final(&copy, buffer.bindMemory(to: UInt8.self).baseAddress)
            return Digest256(UnsafeRawBufferPointer(buffer))
        }
    }

    /// The digest of a message.
    package static func hash(_ bytes: [UInt8]) -> Digest256 {
        var hash = SHA256()
        hash.update(bytes)
        return hash.digest()
    }

    /// The digest of a message.
    package static func hash(_ bytes: UnsafeRawBufferPointer) -> Digest256 {
        var hash = SHA256()
        hash.update(bytes)
        return hash.digest()
    }

    /// The digest of the UTF-8 of a text.
    package static func hash(_ text: String) -> Digest256 {
        var hash = SHA256()
        hash.update(text)
        return hash.digest()
    }
}
