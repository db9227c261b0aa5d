import Cryptography
import Testing

struct EqualRow: CustomTestStringConvertible, Sendable {
    var testDescription: String
    var left: [UInt8]
    var right: [UInt8]
    var equal: Bool

    init(_ name: String, _ left: [UInt8], _ right: [UInt8], _ equal: Bool) {
        testDescription = name
        self.left = left
        self.right = right
        self.equal = equal
    }
}

@Suite struct BytesTests {
    @Test(arguments: [
        EqualRow("both empty", [], [], true),
        EqualRow("one empty", [], [0], false),
        EqualRow("equal", [1, 2, 3], [1, 2, 3], true),
        EqualRow("first differs", [9, 2, 3], [1, 2, 3], false),
        EqualRow("middle differs", [1, 9, 3], [1, 2, 3], false),
        EqualRow("last differs", [1, 2, 9], [1, 2, 3], false),
        EqualRow("one bit differs", [0x80], [0x00], false),
        EqualRow("a prefix", [1, 2], [1, 2, 3], false),
        EqualRow("differences that cancel out when added", [1, 2], [2, 1], false),
        EqualRow("equal differences that cancel out under exclusive or", [1, 1], [2, 2], false),
        EqualRow("zeros of different length", [0, 0], [0], false),
    ])
    func constantTime(_ row: EqualRow) {
        #expect(constantTimeEqual(row.left, row.right) == row.equal)
        #expect(constantTimeEqual(row.right, row.left) == row.equal)
    }

    @Test func constantTimeOfTexts() {
        #expect(constantTimeEqual("secret", "secret"))
        #expect(!constantTimeEqual("secret", "Secret"))
        #expect(!constantTimeEqual("secret", "secret "))
        // Canonically equivalent and therefore `==`, but other bytes.
        #expect(!constantTimeEqual("\u{E9}", "e\u{301}"))
    }

    @Test func hexadecimal() {
        #expect(Hex.encode([]) == "")
        #expect(Hex.encode([0x00, 0x0F, 0xF0, 0xAB, 0xFF]) == "000ff0abff")
        #expect(Hex.encode(Array("foobar".utf8)) == "666f6f626172")  // RFC 4648 §10
        let all = (0...255).map { UInt8($0) }
        #expect(unhex(Hex.encode(all)) == all)
    }
}
