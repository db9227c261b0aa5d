import Cryptography
import Testing

/// A test case of RFC 4231 §4.
struct HMACRow: CustomTestStringConvertible, Sendable {
    var testDescription: String
    var key: [UInt8]
    var message: [UInt8]
    /// Hexadecimal; case 5 has only the first half.
    var code: String

    init(_ name: String, key: [UInt8], _ message: [UInt8], _ code: String) {
        testDescription = name
        self.key = key
        self.message = message
        self.code = code
    }
}

@Suite struct HMACSHA256Tests {
    static let rows: [HMACRow] = [
        .init(
            "1: short key", key: [UInt8](repeating: 0x0B, count: 20), Array("Hi There".utf8),
            "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7"),
        .init(
            "2: key shorter than the code", key: Array("Jefe".utf8), Array("what do ya want for nothing?".utf8),
            "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"),
        .init(
            "3: message longer than a block with the key", key: [UInt8](repeating: 0xAA, count: 20),
            [UInt8](repeating: 0xDD, count: 50), "773ea91e36800e46854db8ebd09181a72959098b3ef8c122d9635514ced565fe"),
        .init(
            "4: counting key", key: (1...25).map { UInt8($0) }, [UInt8](repeating: 0xCD, count: 50),
            "82558a389a443c0ea4cc819899f2083a85f0faa3e578f8077a2e3ff46729665b"),
        .init(
            "5: truncated", key: [UInt8](repeating: 0x0C, count: 20), Array("Test With Truncation".utf8),
            "a3b6167473100ee06e0c796c2955552b"),
        .init(
            "6: key longer than a block", key: [UInt8](repeating: 0xAA, count: 131),
            Array("Test Using Larger Than Block-Size Key - Hash Key First".utf8),
            "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54"),
        .init(
            "7: key and message longer than a block", key: [UInt8](repeating: 0xAA, count: 131),
            Array(
                ("This is a test using a larger than block-size key and a larger than block-size data. The key "
                    + "needs to be hashed before being used by the HMAC algorithm.").utf8),
            "9b09ffa71b942fcb27635fbcd5b0e944bfdc63644f0713938a7f51535c3a35e2"),
    ]

    @Test(arguments: rows)
    func code(_ row: HMACRow) {
        let hmac = HMACSHA256(key: row.key)
        let expected = unhex(row.code)
        #expect(Array(hmac.code(for: row.message).bytes.prefix(expected.count)) == expected)
        // The same from every kind of sequence, and again: a code leaves the key's state alone.
        #expect(Array(hmac.code(for: row.message.lazy.map { $0 }).bytes.prefix(expected.count)) == expected)
        #expect(Array(hmac.code(for: row.message[...]).bytes.prefix(expected.count)) == expected)
        #expect(
            Array(row.message.withUnsafeBytes { hmac.code(for: $0) }.bytes.prefix(expected.count)) == expected)
        let (head, tail) = (Array(row.message.prefix(7)), Array(row.message.dropFirst(7)))
        #expect(Array(hmac.code(for: head, tail).bytes.prefix(expected.count)) == expected)
    }

    @Test(arguments: [0, 1, 63, 64, 65, 200])
    func agreesWithTheDefinition(keyLength: Int) {
        // RFC 2104 §2 written out: H(K ^ opad, H(K ^ ipad, text)).
        let key = (0..<keyLength).map { UInt8(truncatingIfNeeded: $0 &* 7) }
        let short = key.count > 64 ? SHA256.hash(key).bytes : key
        let block = short + [UInt8](repeating: 0, count: 64 - short.count)
        for length in [0, 1, 54, 55, 56, 64, 130] {
            let message = [UInt8](repeating: 0x5A, count: length)
            let inner = SHA256.hash(block.map { $0 ^ 0x36 } + message).bytes
            #expect(HMACSHA256(key: key).code(for: message) == SHA256.hash(block.map { $0 ^ 0x5C } + inner))
        }
    }

    @Test func textIsItsUTF8() {
        let hmac = HMACSHA256(key: [1, 2, 3])
        #expect(hmac.code(for: "Zürich") == hmac.code(for: Array("Zürich".utf8)))
        #expect(hmac.code(for: "") == hmac.code(for: [UInt8]()))
    }

    @Test func isUsedFromManyTasks() async {
        let hmac = HMACSHA256(key: Array("key".utf8))
        let expected = (0..<64).map { hmac.code(for: "message \($0)") }
        let codes = await withTaskGroup(of: (Int, Digest256).self) { group in
            for index in 0..<64 { group.addTask { (index, hmac.code(for: "message \(index)")) } }
            var codes: [Int: Digest256] = [:]
            for await (index, code) in group { codes[index] = code }
            return codes
        }
        #expect((0..<64).allSatisfy { codes[$0] == expected[$0] })
        #expect(Set(expected).count == 64)
    }
}
