import Payments
import Testing

@Suite struct DigitsTests {
    /// Every byte at every place of texts that are shorter and longer than what is looked at in one piece.
    @Test(arguments: 1...17)
    func oneByteAmongDigits(length: Int) {
        for byte in UInt8.min...UInt8(0x7F) {
            for place in 0..<length {
                var bytes = [UInt8](repeating: UInt8(ascii: "0") + UInt8(place % 10), count: length)
                bytes[place] = byte
                let text = String(decoding: bytes, as: UTF8.self)
                #expect(Digits.areAll(text) == Digits.isDigit(byte), "byte \(byte) at \(place) of \(length)")
            }
        }
    }

    @Test func othersThanASCII() {
        #expect(!Digits.areAll(""))
        #expect(!Digits.areAll("1234567\u{0660}"), "a digit of another script")
        #expect(!Digits.areAll("1234567\u{B0}1234567"))
        #expect(Digits.areAll("x12345678".dropFirst()))
    }
}
