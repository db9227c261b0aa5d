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

    /// What was written as text is the same key when it is read.
    @Test func forms() throws {
        let original = try #require(Self.key)
        let key = try #require(original.withPEM { RSAPrivateKey(pem: $0) })
        #expect(key.publicKey == original.publicKey && key.publicKey.byteCount == 128)
        let block = try #require(original.publicKey.encrypt([4, 2]))
        #expect(key.decrypt(block) == [4, 2])
        let lines = key.publicKey.pem.split(separator: "\n")
        #expect(lines.first == "-----BEGIN PUBLIC KEY-----" && lines.last == "-----END PUBLIC KEY-----")
        #expect(lines.dropFirst().dropLast().joined() == key.publicKey.base64)
        #expect(lines.allSatisfy { $0.utf8.count <= 64 })
    }

    @Test(arguments: ["", "junk", "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n"])
    func noKey(_ text: String) { #expect(RSAPrivateKey(pem: text) == nil) }

    @Test("a signature is right for its message and its key alone")
    func signatures() throws {
        let key = try #require(Self.key)
        let other = try #require(Self.other)
        let message = Array("header.claims".utf8)
        let signature = try #require(key.sign(message))
        #expect(signature.count == 128)
        #expect(key.publicKey.verifies(signature, of: message))
        #expect(!key.publicKey.verifies(signature, of: message + [0]))
        #expect(!other.publicKey.verifies(signature, of: message))
        #expect(!key.publicKey.verifies([], of: message))
        #expect(!key.publicKey.verifies(signature.reversed(), of: message))
    }

    @Test("the numbers of a key are those that its encoding holds")
    func numbers() throws {
        let key = try #require(Self.key).publicKey
        #expect(key.exponent == [1, 0, 1] && key.modulus.count == 128 && key.modulus[0] != 0)
        let der = key.der
        #expect((0...(der.count - 128)).contains { Array(der[$0..<($0 + 128)]) == key.modulus })
    }

    @Test func silence() throws {
        let key = try #require(Self.key)
        var text = ""
        dump(key, to: &text)
        #expect("\(key)" == "RSA private key of 1024 bits" && text.utf8.count < 100)
    }
}
