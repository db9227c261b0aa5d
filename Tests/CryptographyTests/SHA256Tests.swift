import Cryptography
import Testing

struct SHA256Row: CustomTestStringConvertible, Sendable {
    var testDescription: String
    var message: [UInt8]
    var digest: String

    init(_ name: String, _ message: [UInt8], _ digest: String) {
        testDescription = name
        self.message = message
        self.digest = digest
    }

    /// The bytes 0, 1, 2 … of a length, which is near the end of a block.
    init(counting length: Int, _ digest: String) {
        self.init("\(length) counting bytes", (0..<length).map { UInt8(truncatingIfNeeded: $0) }, digest)
    }
}

@Suite struct SHA256Tests {
    static let rows: [SHA256Row] = [
        // FIPS 180-4 examples (csrc.nist.gov, "SHA256.pdf" and the secure hash standard's own).
        .init("empty", [], "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
        .init("abc", Array("abc".utf8), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
        .init(
            "448 bits", Array("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq".utf8),
            "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"),
        .init(
            "896 bits",
            Array(
                ("abcdefghbcdefghicdefghijdefghijkefghijklfghijklmghijklmn"
                    + "hijklmnoijklmnopjklmnopqklmnopqrlmnopqrsmnopqrstnopqrstu").utf8),
            "cf5b16a778af8380036ce59e7b0492370b249b11e8f07a51afac45037afee9d1"),
        .init(
            "a million times a", [UInt8](repeating: UInt8(ascii: "a"), count: 1_000_000),
            "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0"),
        // Around the ends of blocks, computed with another implementation.
        .init(counting: 55, "463eb28e72f82e0a96c0a4cc53690c571281131f672aa229e0d45ae59b598b59"),
        .init(counting: 56, "da2ae4d6b36748f2a318f23e7ab1dfdf45acdc9d049bd80e59de82a60895f562"),
        .init(counting: 63, "29af2686fd53374a36b0846694cc342177e428d1647515f078784d69cdb9e488"),
        .init(counting: 64, "fdeab9acf3710362bd2658cdc9a29e8f9c757fcf9811603a8c447cd1d9151108"),
        .init(counting: 65, "4bfd2c8b6f1eec7a2afeb48b934ee4b2694182027e6d0fc075074f2fabb31781"),
        .init(counting: 119, "da18797ed7c3a777f0847f429724a2d8cd5138e6ed2895c3fa1a6d39d18f7ec6"),
        .init(counting: 120, "f52b23db1fbb6ded89ef42a23ce0c8922c45f25c50b568a93bf1c075420bbb7c"),
        .init(counting: 1000, "a8af099bf2e878609558dbf69d8f88f4a31040a8cf84b549a0cfa912f12ffc3f"),
    ]

    @Test(arguments: rows)
    func digest(_ row: SHA256Row) {
        #expect(SHA256.hash(row.message).bytes == unhex(row.digest))
        #expect(SHA256.hash(row.message).hex == row.digest)
        #expect(row.message.withUnsafeBytes { SHA256.hash($0) }.hex == row.digest)
    }

    @Test(arguments: [1, 3, 63, 64, 65])
    func digestInParts(of length: Int) {
        let message = (0..<1000).map { UInt8(truncatingIfNeeded: $0) }
        var hash = SHA256()
        for start in stride(from: 0, to: message.count, by: length) {
            hash.update(Array(message[start..<min(start + length, message.count)]))
        }
        #expect(hash.digest() == SHA256.hash(message))
    }

    @Test func goesOnAfterADigestAndInCopies() {
        var hash = SHA256()
        hash.update("ab")
        #expect(hash.digest() == SHA256.hash("ab"))
        var copy = hash
        copy.update("c")
        hash.update("d")
        #expect(copy.digest() == SHA256.hash("abc"))
        #expect(hash.digest() == SHA256.hash("abd"))
    }

    @Test func digestAsBytesWordsAndPrefix() throws {
        let bytes = (1...32).map { UInt8($0) }
        let digest = try #require(Digest256(bytes: bytes))
        #expect(digest.bytes == bytes)
        #expect(digest.prefix64 == 0x0102_0304_0506_0708)
        #expect(digest.words.0 == 0x0102_0304_0506_0708)
        #expect(digest.words.1 == 0x090A_0B0C_0D0E_0F10)
        #expect(digest.words.2 == 0x1112_1314_1516_1718)
        #expect(digest.words.3 == 0x191A_1B1C_1D1E_1F20)
        #expect(digest.hex == "0102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f20")
        #expect(Digest256(bytes: Array(bytes.dropLast())) == nil)
        #expect(Digest256(bytes: bytes + [33]) == nil)
    }

    @Test(arguments: 0..<32)
    func digestsThatDifferInOneByteAreNotEqual(place: Int) {
        var bytes = SHA256.hash("abc").bytes
        bytes[place] ^= 0x10
        let other = Digest256(bytes: bytes)
        #expect(other != nil && other != SHA256.hash("abc"))
    }
}
