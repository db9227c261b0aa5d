/// SipHash-2-4 with 128 bits of output (J.-P. Aumasson and D. J. Bernstein, "SipHash: a fast short-input PRF", 2012).
///
/// A keyed function for short texts that must not be found by trying them all without the key: about twenty times
/// quicker than an HMAC. Not a replacement for one where a value leaves the process.
package struct SipHash128: Sendable {
    private let key0: UInt64
    private let key1: UInt64

    /// - Parameter key: any length; the first 128 bits of its SHA-256.
    package init(key: [UInt8]) {
        let words = SHA256.hash(key).words
        self.init(key: (words.0.byteSwapped, words.1.byteSwapped))
    }

    /// - Parameter key: the 16 bytes as two little-endian words.
    init(key: (UInt64, UInt64)) { (key0, key1) = key }

    /// The two words of the output, each little-endian.
    package func hash(_ bytes: UnsafeBufferPointer<UInt8>) -> (UInt64, UInt64) {
        var state = State(key0, key1)
        let raw = UnsafeRawBufferPointer(bytes)
        var position = 0
        while position + 8 <= raw.count {
            state.absorb(UInt64(littleEndian: raw.loadUnaligned(fromByteOffset: position, as: UInt64.self)))
            position += 8
        }
        var last = UInt64(truncatingIfNeeded: raw.count) << 56
        for index in position..<raw.count { last |= UInt64(raw[index]) << UInt64(8 * (index - position)) }
        state.absorb(last)
        return state.finish()
    }

    /// The hash of the UTF-8 of a text.
    package func hash(_ text: String) -> (UInt64, UInt64) {
        text.utf8.withContiguousStorageIfAvailable(hash) ?? Array(text.utf8).withUnsafeBufferPointer(hash)
    }

    private struct State {
        private var v0: UInt64
        private var v1: UInt64
        private var v2: UInt64
        private var v3: UInt64

        init(_ key0: UInt64, _ key1: UInt64) {
            v0 = 0x736F_6D65_7073_6575 ^ key0
            v1 = 0x646F_7261_6E64_6F6D ^ key1 ^ 0xEE
            v2 = 0x6C79_6765_6E65_7261 ^ key0
            v3 = 0x7465_6462_7974_6573 ^ key1
        }

        mutating func absorb(_ word: UInt64) {
            v3 ^= word
            round()
            round()
            v0 ^= word
        }

        mutating func finish() -> (UInt64, UInt64) {
            v2 ^= 0xEE
            for _ in 0..<4 { round() }
            let first = v0 ^ v1 ^ v2 ^ v3
            v1 ^= 0xDD
            for _ in 0..<4 { round() }
            return (first, v0 ^ v1 ^ v2 ^ v3)
        }

        @inline(__always)
        private mutating func round() {
            v0 &+= v1
            v1 = v1 << 13 | v1 >> 51
            v1 ^= v0
            v0 = v0 << 32 | v0 >> 32
            v2 &+= v3
            v3 = v3 << 16 | v3 >> 48
            v3 ^= v2
            v0 &+= v3
            v3 = v3 << 21 | v3 >> 43
            v3 ^= v0
            v2 &+= v1
            v1 = v1 << 17 | v1 >> 47
            v1 ^= v2
            v2 = v2 << 32 | v2 >> 32
        }
    }
}
