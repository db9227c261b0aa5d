/// 32 bytes: a SHA-256 digest or an HMAC-SHA-256 code. Equality takes the same time wherever the bytes differ.
package struct Digest256: Hashable, Sendable {
    // Big-endian words, first bytes first.
    private let word0: UInt64
    private let word1: UInt64
    private let word2: UInt64
    private let word3: UInt64

    package static let byteCount = 32

    /// - Precondition: `bytes` are 32.
    init(_ bytes: UnsafeRawBufferPointer) {
        precondition(bytes.count == Digest256.byteCount)
        word0 = UInt64(bigEndian: bytes.loadUnaligned(fromByteOffset: 0, as: UInt64.self))
        word1 = UInt64(bigEndian: bytes.loadUnaligned(fromByteOffset: 8, as: UInt64.self))
        word2 = UInt64(bigEndian: bytes.loadUnaligned(fromByteOffset: 16, as: UInt64.self))
        word3 = UInt64(bigEndian: bytes.loadUnaligned(fromByteOffset: 24, as: UInt64.self))
    }

    /// A digest that was stored; nil when `bytes` are not 32.
    package init?(bytes: [UInt8]) {
        guard bytes.count == Digest256.byteCount else { return nil }
        self = bytes.withUnsafeBytes { Digest256($0) }
    }

    /// The 32 bytes.
    package var bytes: [UInt8] { withBytes { Array($0) } }

    /// Calls `body` with the 32 bytes, which are gone afterwards.
    func withBytes<Result>(_ body: (UnsafeRawBufferPointer) -> Result) -> Result {
        withUnsafeBytes(of: (word0.bigEndian, word1.bigEndian, word2.bigEndian, word3.bigEndian), body)
    }

    /// The first eight bytes as a big-endian number.
    package var prefix64: UInt64 { word0 }

    /// The four big-endian words, first bytes first.
    package var words: (UInt64, UInt64, UInt64, UInt64) { (word0, word1, word2, word3) }

    /// 64 lower-case hexadecimal digits.
    package var hex: String { Hex.encode(bytes) }

    package static func == (left: Digest256, right: Digest256) -> Bool {
        (left.word0 ^ right.word0) | (left.word1 ^ right.word1) | (left.word2 ^ right.word2)
            | (left.word3 ^ right.word3) == 0
    }
}
