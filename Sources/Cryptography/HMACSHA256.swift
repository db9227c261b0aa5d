/// HMAC-SHA-256 (RFC 2104, FIPS 198-1) under one key.
///
/// The states after the padded key are computed once, so that a code costs no more than hashing the message and one
/// block. The value is constant after that and may be used from any thread.
package struct HMACSHA256: Sendable {
    package typealias MAC = Digest256

    private let inner: SHA256
    private let outer: SHA256

    /// The block size of SHA-256.
    private static let blockBytes = 64

    /// - Parameter key: any length; one longer than 64 bytes is hashed first, as RFC 2104 §2 says.
    package init(key: [UInt8]) {
        let short = key.count > HMACSHA256.blockBytes ? SHA256.hash(key).bytes : key
        let block = short + [UInt8](repeating: 0, count: HMACSHA256.blockBytes - short.count)
        var inner = SHA256()
        inner.update(block.map { $0 ^ 0x36 })
        var outer = SHA256()
        outer.update(block.map { $0 ^ 0x5C })
        self.inner = inner
        self.outer = outer
    }

    /// The code of a message.
    package func code(for bytes: UnsafeRawBufferPointer) -> MAC {
        var message = inner
        message.update(bytes)
        return finish(message)
    }

    /// The code of a message.
    package func code(for bytes: [UInt8]) -> MAC {
        bytes.withUnsafeBytes { code(for: $0) }
    }

    /// The code of a message in several parts, one after the other and without anything between them.
    package func code(for parts: [UInt8]...) -> MAC {
        var message = inner
        for part in parts { message.update(part) }
        return finish(message)
    }

    /// The code of any other sequence of bytes.
    package func code(for bytes: some Sequence<UInt8>) -> MAC {
        bytes.withContiguousStorageIfAvailable { code(for: UnsafeRawBufferPointer($0)) } ?? code(for: Array(bytes))
    }

    /// The code of the UTF-8 of a text.
    package func code(for text: String) -> MAC {
        var message = inner
        message.update(text)
        return finish(message)
    }

    private func finish(_ message: SHA256) -> MAC {
        var result = outer
        message.digest().withBytes { result.update($0) }
        return result.digest()
    }
}
