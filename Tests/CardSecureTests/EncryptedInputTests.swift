import Cryptography
import Emulator
import HTTP
import JSON
import Payments
import Processor
import ServiceKit
import TestSupport
import Testing

/// Encrypted accounts, with keys that are made here (reference §7.1).
@Suite("Encrypted accounts")
struct EncryptedInputTests {
    let tokenizer: Tokenizer

    init() throws { tokenizer = try Tokenizer() }

    private func publicKey() throws -> RSAPublicKey {
        let answer = try tokenizer.session.send(.get, "/cardsecure/api/v1/ccn/publickey")
        let der = try #require(answer["publickey"].flatMap { Base64.decode($0) })
        return try #require(RSAPublicKey(der: der))
    }

    @Test func keyOfTheSite() throws {
        let key = try publicKey()
        for number in [Tokenizer.visa, "371449635398431", "036001808/1234567890"] {
            let block = try #require(key.encrypt(Array(number.utf8)))
            let encrypted = try tokenizer.post([
                "account": .string(Base64.encode(block)), "encryptionhandler": "RSA", "expiry": "1231", "cvv": "123",
            ])
            #expect(try encrypted["token"] == tokenizer.token(number))
        }
        #expect(try publicKey() == key, "it stays")
        let pem = try tokenizer.session.send(.get, "/cardsecure/api/v1/ccn/publickey?format=pem")
        #expect(pem.raw.text == key.pem && pem.raw.headers["Content-Type"] == "application/x-pem-file")
        let legacy = try tokenizer.session.send(.get, "/cardsecure/cs?action=KG")
        let encoded = key.base64.replacing("+", with: "%2B").replacing("/", with: "%2F").replacing("=", with: "%3D")
        #expect(legacy.raw.text == "action=KG&data=" + encoded)
    }

    @Test func everySiteHasAnother() throws {
        let first = try publicKey()
        tokenizer.session.host = "boltgw-uat.cardconnect.com"
        let second = try publicKey()
        #expect(first != second)
        // What is meant for one site is nothing to the other: it counts as encrypted for the real service.
        let block = Base64.encode(try #require(first.encrypt(Array("5454545454545454".utf8))))
        let answer = try tokenizer.post(["account": .string(block), "encryptionhandler": "RSA"])
        #expect(try #require(answer["token"]).hasPrefix("941"))
    }

    /// A scenario can have the integrator's own key.
    @Test func keyOfTheScenario() throws {
        let own = try #require(RSAPrivateKey.generate())
        let indented = own.withPEM { $0.split(separator: "\n").map { "      \($0)" }.joined(separator: "\n") }
        let scenario = """
            understudy: scenario/1
            name: own-key
            extends: uat-plain
            sites:
              - name: fts
                privateKey: |
            \(indented)
            """
        let tokenizer = try Tokenizer(.inline(scenario))
        let answer = try tokenizer.session.send(.get, "/cardsecure/api/v1/ccn/publickey")
        #expect(answer["publickey"] == own.publicKey.base64)
        let block = Base64.encode(try #require(own.publicKey.encrypt(Array(Tokenizer.visa.utf8))))
        #expect(
            try tokenizer.post(["account": .string(block), "encryptionhandler": "RSA"])["token"] == "9418594164541111")
    }

    /// What an encrypted text holds is checked like one in clear, with codes of its own.
    @Test(arguments: [
        ("letters", "41111111x1111111", "8"), ("too few digits", "4111", "22"),
        ("too many", String(repeating: "4", count: 25), "22"),
    ])
    func whatIsInside(_ row: (name: String, text: String, code: String)) throws {
        let block = Base64.encode(try #require(try publicKey().encrypt(Array(row.text.utf8))))
        let answer = try tokenizer.post(["account": .string(block), "encryptionhandler": "RSA"])
        #expect(answer["errorcode"] == row.code, "\(row.name)")
    }

    /// Encoders that break lines, and what a form made of them.
    @Test func lineBreaks() throws {
        let block = Base64.encode(try #require(try publicKey().encrypt(Array(Tokenizer.visa.utf8))))
        let broken = String(block.prefix(76)) + "\r\n" + block.dropFirst(76) + "\n"
        let answer = try tokenizer.post(["account": .string(broken), "encryptionhandler": "RSA"])
        #expect(answer["token"] == "9418594164541111")
    }

    @Test func journalHasNoNumber() throws {
        let block = Base64.encode(try #require(try publicKey().encrypt(Array(Tokenizer.visa.utf8))))
        _ = try tokenizer.post(["account": .string(block), "encryptionhandler": "RSA"])
        _ = try tokenizer.session.send(.get, "/cardsecure/cs?action=CE&data=4111+1111%201111-1111&type=json")
        _ = try tokenizer.session.send(
            .post, "/cardsecure/cs", body: Array("action=CE&data=\(Tokenizer.visa)".utf8),
            headers: ["Content-Type": "application/x-www-form-urlencoded"])
        _ = try tokenizer.post(["devicedata": "%B4111111111111111^DOE/JANE^4912101000000000?"])
        tokenizer.session.user = "vault:vault123"
        _ = try tokenizer.session.send(
            .post, "/cardsecure/api/v1/ccn/detokenize", json: ["site": "fts", "token": "9418594164541111"])
        let text = journal(tokenizer.session)
        #expect(!text.contains("4111111111111111") && !text.contains(block), "\(text)")
        #expect(!text.contains("4111 1111") && !text.contains("4111+1111") && !text.contains("DOE"))
    }

    /// Gift cards come back in clear, and are not written down.
    @Test func giftCards() throws {
        let gifts = try Tokenizer(
            """
            understudy: scenario/1
            name: gifts
            extends: uat-plain
            sites: [{ name: fts, giftCards: "6006" }]
            """)
        for length in [12, 16, 19] {
            let body = "6006" + String(repeating: "1", count: length - 5)
            let number = body + String(Luhn.checkDigit(for: body))
            #expect(try gifts.token(number) == number)
            let legacy = try gifts.session.send(.get, "/cardsecure/cs?action=CE&data=\(number)")
            #expect(legacy.raw.text == "action=CE&data=\(number)")
        }
        #expect(!journal(gifts.session).contains("60061"))
        #expect(gifts.session.emulator.worlds.main.snapshot.books.vault.count == 0)
    }

    private func journal(_ session: Session) -> String {
        let journal = session.emulator.worlds.main.snapshot.journal
        return (journal.kept ?? 1...1).compactMap { journal.entry($0)?.exchange }.map {
            $0.target + String(decoding: $0.requestBody + [10] + $0.responseBody, as: UTF8.self)
        }.joined(separator: "\n")
    }

    @Test func hostsThatMayDetokenize() throws {
        let scenario = """
            understudy: scenario/1
            name: hosts
            extends: uat-plain
            sites: [{ name: fts, detokenizeHosts: [ADDRESS] }]
            """
        for (address, code) in [("in-process", 0), ("192.0.2.1", 47)] {
            let tokenizer = try Tokenizer(.inline(scenario.replacing("ADDRESS", with: address)))
            tokenizer.session.user = "vault:vault123"
            let answer = try tokenizer.session.send(
                .post, "/cardsecure/api/v1/ccn/detokenize", json: ["site": "fts", "token": "9418594164541111"])
            #expect(answer["errorcode"] == String(code))
        }
    }
}
