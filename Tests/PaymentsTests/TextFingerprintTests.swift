import Payments
import Testing

@Suite struct TextFingerprintTests {
    /// Texts of one length that differ in one byte, whichever it is, and texts of other lengths.
    @Test func oneByteMakesADifference() {
        var seen: Set<UInt64> = []
        var count = 0
        for length in 0...25 {
            let zeros = [UInt8](repeating: UInt8(ascii: "0"), count: length)
            seen.insert(TextFingerprint.of(String(decoding: zeros, as: UTF8.self), after: 1))
            count += 1
            for place in 0..<length {
                for byte in UInt8(ascii: "1")...UInt8(ascii: "z") {
                    var bytes = zeros
                    bytes[place] = byte
                    seen.insert(TextFingerprint.of(String(decoding: bytes, as: UTF8.self), after: 1))
                    count += 1
                }
            }
        }
        #expect(seen.count == count)
    }

    @Test func whatGoesBeforeMakesADifference() {
        for text in ["", "a", "four", "twelve bytes", "more than sixteen bytes"] {
            #expect(TextFingerprint.of(text, after: 1) != TextFingerprint.of(text, after: 2), "\(text)")
            #expect(TextFingerprint.of(text, after: 1) == TextFingerprint.of(text, after: 1), "\(text)")
        }
    }
}
