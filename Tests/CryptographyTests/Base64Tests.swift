import Cryptography
import Testing

struct Base64Row: CustomTestStringConvertible, Sendable {
    var bytes: [UInt8]
    var standard: String
    var urlSafe: String
    var testDescription: String { standard.isEmpty ? "empty" : standard }

    init(_ bytes: [UInt8], _ standard: String, _ urlSafe: String) {
        self.bytes = bytes
        self.standard = standard
        self.urlSafe = urlSafe
    }
}

struct BadBase64Row: CustomTestStringConvertible, Sendable {
    var testDescription: String
    var text: String
    var variant: Base64.Variant

    init(_ name: String, _ text: String, _ variant: Base64.Variant = .standard) {
        testDescription = name
        self.text = text
        self.variant = variant
    }
}

@Suite struct Base64Tests {
    @Test(arguments: [
        // RFC 4648 §10.
        Base64Row([], "", ""),
        Base64Row(Array("f".utf8), "Zg==", "Zg"),
        Base64Row(Array("fo".utf8), "Zm8=", "Zm8"),
        Base64Row(Array("foo".utf8), "Zm9v", "Zm9v"),
        Base64Row(Array("foob".utf8), "Zm9vYg==", "Zm9vYg"),
        Base64Row(Array("fooba".utf8), "Zm9vYmE=", "Zm9vYmE"),
        Base64Row(Array("foobar".utf8), "Zm9vYmFy", "Zm9vYmFy"),
        // RFC 4648 §9.
        Base64Row([0x14, 0xFB, 0x9C, 0x03, 0xD9, 0x7E], "FPucA9l+", "FPucA9l-"),
        // The digits in which the alphabets differ; RFC 7617 §2.
        Base64Row([0xFB, 0xFF, 0xBF], "+/+/", "-_-_"),
        Base64Row(Array("Aladdin:open sesame".utf8), "QWxhZGRpbjpvcGVuIHNlc2FtZQ==", "QWxhZGRpbjpvcGVuIHNlc2FtZQ"),
    ])
    func bothWays(_ row: Base64Row) {
        #expect(Base64.encode(row.bytes) == row.standard)
        #expect(Base64.encode(row.bytes, .urlSafe) == row.urlSafe)
        #expect(Base64.decode(row.standard) == row.bytes)
        #expect(Base64.decode(row.urlSafe, .urlSafe) == row.bytes)
    }

    @Test(arguments: [
        BadBase64Row("one digit", "Z"),
        BadBase64Row("no padding", "Zg"),
        BadBase64Row("half the padding", "Zg="),
        BadBase64Row("too much padding", "Zg==="),
        BadBase64Row("a group of padding", "===="),
        BadBase64Row("three pads", "Z==="),
        BadBase64Row("padding alone", "=="),
        BadBase64Row("padding in the middle", "Zg==Zg=="),
        BadBase64Row("padding before a digit", "Z=g="),
        BadBase64Row("four spare bits", "Zh=="),
        BadBase64Row("two spare bits", "Zm9="),
        BadBase64Row("line feed", "Zm9v\n"),
        BadBase64Row("line break inside", "Zm9v\r\nYmFy"),
        BadBase64Row("blank", "Zm 9"),
        BadBase64Row("other alphabet", "FPucA9l-"),
        BadBase64Row("beyond ASCII", "Zm9é"),
        BadBase64Row("NUL", "Zm9\0"),
        BadBase64Row("URL-safe with padding", "Zg==", .urlSafe),
        BadBase64Row("URL-safe with one digit", "Z", .urlSafe),
        BadBase64Row("URL-safe with five digits", "Zm9vY", .urlSafe),
        BadBase64Row("URL-safe with the standard alphabet", "FPucA9l+", .urlSafe),
        BadBase64Row("URL-safe with spare bits", "Zh", .urlSafe),
    ])
    func refused(_ row: BadBase64Row) {
        #expect(Base64.decode(row.text, row.variant) == nil)
    }

    @Test(arguments: [Base64.Variant.standard, .urlSafe])
    func everyLengthAndByteReturns(variant: Base64.Variant) {
        var random = SeededRandom(seed: 64)
        for length in 0..<260 {
            let bytes = (0..<length).map { _ in UInt8(truncatingIfNeeded: random.next()) }
            #expect(Base64.decode(Base64.encode(bytes, variant), variant) == bytes)
        }
        let all = (0...255).map { UInt8($0) }
        #expect(Base64.decode(Base64.encode(all, variant), variant) == all)
    }

    /// Every text that is accepted is the one that encoding gives: no two texts stand for the same bytes.
    @Test func decodingIsTheInverseOnly() {
        let digits = Array("AQgw/+9=\n".utf8)
        for first in digits {
            for second in digits {
                for third in digits {
                    for fourth in digits {
                        let text = String(decoding: [first, second, third, fourth], as: UTF8.self)
                        guard let bytes = Base64.decode(text) else { continue }
                        #expect(Base64.encode(bytes) == text)
                    }
                }
            }
        }
    }
}
