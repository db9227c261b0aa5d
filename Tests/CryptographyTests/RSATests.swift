import Cryptography
import Testing

/// RSA with PKCS#1 v1.5, as clients encrypt card numbers.
@Suite("RSA")
struct RSATests {
    private static let key = RSAPrivateKey.generate(bits: 1024)
    private static let other = RSAPrivateKey.generate(bits: 1024)

    @Test func roundTrip() throws {
        let key = try #require(Self.key)
        for message in [[], [0], Array("4111111111111111".utf8), [UInt8](repeating: 7, count: 117)] {
            let block = try #require(key.publicKey.encrypt(message))
            #expect(block.count == 128 && key.publicKey.byteCount == 128)
            #expect(key.decrypt(block) == message)
        }
        #expect(key.publicKey.encrypt([UInt8](repeating: 7, count: 118)) == nil, "eleven bytes are padding")
    }

    /// The padding is random: the same message never gives the same block.
    @Test func padding() throws {
        let key = try #require(Self.key)
        #expect(key.publicKey.encrypt([1]) != key.publicKey.encrypt([1]))
    }

    /// An error and not random bytes, which newer versions of OpenSSL give by default.
    @Test func wrongKeyAndDamage() throws {
        let key = try #require(Self.key)
        let other = try #require(Self.other)
        for _ in 0..<8 {
            var block = try #require(other.publicKey.encrypt(Array("4111111111111111".utf8)))
            #expect(key.decrypt(block) != Array("4111111111111111".utf8))
            block[60] ^= 1
            #expect(other.decrypt(block) == nil || other.decrypt(block) != Array("4111111111111111".utf8))
        }
        #expect(key.decrypt([UInt8](repeating: 0, count: 128)) == nil)
        #expect(key.decrypt([UInt8](repeating: 255, count: 128)) == nil)
        #expect(key.decrypt([1, 2, 3]) == nil && key.decrypt([]) == nil)
    }

    /// A key made by OpenSSL's command line, in both forms.
    @Test func forms() throws {
        let key = try #require(RSAPrivateKey(pem: Self.pkcs8))
        #expect(key.publicKey.byteCount == 64)
        let lines = key.publicKey.pem.split(separator: "\n")
        #expect(lines.first == "-----BEGIN PUBLIC KEY-----" && lines.last == "-----END PUBLIC KEY-----")
        #expect(lines.dropFirst().dropLast().joined() == key.publicKey.base64)
        #expect(lines.allSatisfy { $0.utf8.count <= 64 })
    }

    @Test(arguments: ["", "junk", "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n"])
    func noKey(_ text: String) { #expect(RSAPrivateKey(pem: text) == nil) }

    @Test func silence() throws {
        let key = try #require(Self.key)
        var text = ""
        dump(key, to: &text)
        #expect("\(key)" == "RSA private key of 1024 bits" && text.utf8.count < 100)
    }

    /// 512 bits, made for this test: worth nothing.
    private static let pkcs8 = """
        -----BEGIN PRIVATE KEY-----
        MIIBVgIBADANBgkqhkiG9w0BAQEFAASCAUAwggE8AgEAAkEAtqMX2Wuute2eEJbq
        r+d24w0f+WgeTaA5XI57vgV6YdM4CZUh38evZuKGlfy1szgpO0t1+7YVQIWrnA1W
        z5hE2wIDAQABAkEAqzpfCr11UCWV0tHa984XXSmZ95eRCZAVF1ySUQYLxhfMHaZc
        nUCtYRKalql2bb6lYcpYXPlx/KdYi6DSi6Y0KQIhAPDOpXLMCPn5zwCRvqzPQ7Kp
        pxvSc/6ZU7uOwB8Btvh/AiEAwijsMxsKCjXiGSENnrt19NCqQWPkwocTDQaRLStg
        ZaUCIGr/ZwRbJKHuHcxi9hZTAgGg4F+8Y039UvdDtpoQaPyBAiEAgbz2l++pdckr
        m78Kata4qy4Dlk45vgKkKEALIjOp5kECIQDs2WTdrrRAN9o/ZZOknnRwzHdER6Ck
        zBHmdnHe5jBPvQ==
        -----END PRIVATE KEY-----
        """
}
