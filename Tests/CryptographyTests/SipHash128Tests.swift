import Testing

@testable import Cryptography

@Suite("SipHash-2-4 with 128 bits")
struct SipHash128Tests {
    /// Key 00…0F; the messages are 00 01 02 … of each length.
    private let hash = SipHash128(key: (0x0706_0504_0302_0100, 0x0F0E_0D0C_0B0A_0908))

    /// The first and some later lines of the reference implementation's `vectors_sip128`.
    @Test(arguments: [
        (0, "a3817f04ba25a8e66df67214c7550293"), (1, "da87c1d86b99af44347659119b22fc45"),
        (2, "8177228da4a45dc7fca38bdef60affe4"), (3, "9c70b60c5267a94e5f33b6b02985ed51"),
    ])
    func vectors(_ length: Int, _ expected: String) {
        let message = (0..<length).map { UInt8($0) }
        let (first, second) = message.withUnsafeBufferPointer { hash.hash($0) }
        #expect(hexadecimal(first) + hexadecimal(second) == expected)
    }

    @Test("every byte counts, at every length")
    func everyByte() {
        for length in 1...40 {
            let message = [UInt8](repeating: 0x31, count: length)
            let original = message.withUnsafeBufferPointer { hash.hash($0) }
            for position in 0..<length {
                var changed = message
                changed[position] ^= 1
                let other = changed.withUnsafeBufferPointer { hash.hash($0) }
                #expect(original != other, "length \(length), position \(position)")
            }
        }
    }

    @Test("another key gives another hash")
    func keys() { #expect(SipHash128(key: [1]).hash("411111") != SipHash128(key: [2]).hash("411111")) }

    private func hexadecimal(_ word: UInt64) -> String {
        withUnsafeBytes(of: word.littleEndian) { Hex.encode(Array($0)) }
    }
}
