import HTTP
import JSON
import Payments
import Processor
import TestSupport
import Testing

/// Tokens (reference §6): published pairs, form, determinism, scope, and what rides on them.
@Suite("Tokens")
struct TokenTests {
    let tokenizer: Tokenizer

    init() throws { tokenizer = try Tokenizer() }

    private static let uat = "fts-uat.cardconnect.com"

    @Test func publishedPairs() throws {
        let known = tokenizer.session.behavior.tokens.known
        #expect(known.count == 10)
        for pair in known {
            #expect(pair.scope == SiteScope(site: "fts", environment: .uat))
            let input =
                switch pair.input {
                case .card(let number): number.withClearDigits { $0 }
                case .bank(let account): account.withClearDigits { "\($0)/\($1)" }
                }
            #expect(try tokenizer.token(input) == pair.token.text)
            #expect(try tokenizer.token(input) == pair.token.text, "and again")
        }
    }

    @Test func answer() throws {
        let answer = try tokenizer.post(["account": .string(Tokenizer.visa)])
        #expect(answer.status == 200)
        #expect(answer.raw.text == #"{"message":"No error","errorcode":0,"token":"9418594164541111"}"#)
        #expect(answer.raw.headers["Content-Type"] == "application/json")
    }

    /// The body that the hosted page sends (§2.1): `null` is absent.
    @Test func bodyOfTheHostedPage() throws {
        let answer = try tokenizer.post([
            "account": .string(Tokenizer.visa), "source": "iToke", "encryptionhandler": .null, "unique": false,
            "expiry": .null, "cvv": "123",
        ])
        #expect(answer["token"] == "9418594164541111")
    }

    @Test(arguments: ["4111 1111 1111 1111", "4111-1111-1111-1111", " 4111111111111111 "])
    func separators(_ account: String) throws {
        #expect(try tokenizer.token(account) == "9418594164541111")
    }

    /// Digits of every number that is made up: 9, the first two, nine, the last four; the whole passes the Luhn check.
    @Test(arguments: [12, 13, 14, 15, 16, 17, 18, 19])
    func form(_ length: Int) throws {
        for prefix in ["34", "4", "51", "6011", "2221", "00"] {
            for filler in ["1", "2", "7"] {
                var number = prefix + String(repeating: filler, count: length - prefix.utf8.count)
                // One that passes the check digit could be somebody's, and is refused.
                if Luhn.isValid(number) { number = String(number.dropLast()) + "8" }
                let token = try tokenizer.token(number)
                #expect(token.wholeMatch(of: /9[0-9]{15}/) != nil, "\(prefix)… of \(length)")
                #expect(token.hasPrefix("9" + number.prefix(2)) && token.hasSuffix(number.suffix(4)))
                #expect(Luhn.isValid(token))
            }
        }
    }

    @Test func bankAccounts() throws {
        for (account, prefix, suffix) in [
            ("036001808/123456789", "903", "6789"), ("23433/15378535", "923", "8535"), ("011401533/12", "901", "0012"),
        ] {
            let token = try tokenizer.token(account)
            #expect(token.hasPrefix(prefix) && token.hasSuffix(suffix) && token.utf8.count == 16, "\(token)")
            #expect(Luhn.isValid(token))
        }
    }

    /// The same in every world and with every seed; another for each site and environment.
    @Test func determinism() throws {
        let number = "4444333322221111"
        var tokens: Set<String> = []
        for host in [Self.uat, "fts.cardconnect.com", "boltgw-uat.cardconnect.com", "boltgw.cardconnect.com"] {
            tokenizer.session.host = host
            let token = try tokenizer.token(number)
            #expect(tokens.insert(token).inserted, "\(host)")
            let other = try Tokenizer("uat", seed: 99)
            other.session.host = host
            #expect(try other.token(number, ["expiry": "1231"]) == token, "expiry and seed are no part of it")
        }
    }

    @Test func unique() throws {
        let tokens = try (0..<20).map { _ in try tokenizer.token(Tokenizer.visa, ["unique": true]) }
        #expect(Set(tokens).count == 20 && !tokens.contains("9418594164541111"))
        #expect(tokens.allSatisfy { $0.hasPrefix("941") && $0.hasSuffix("1111") && Luhn.isValid($0) })
        #expect(try tokenizer.token(Tokenizer.visa) == "9418594164541111", "the deterministic one stays")
        for token in tokens {
            let answer = try tokenizer.authorize(["account": .string(token), "expiry": "1230"])
            #expect(answer["respstat"] == "A" && answer["token"] == token)
        }
    }

    /// A token of the site gives itself back; of another site it is unknown (error 49, gateway PPS 98).
    @Test func scope() throws {
        let token = try tokenizer.token("4444333322221111")
        #expect(try tokenizer.token(token) == token)
        for host in ["fts.cardconnect.com", "boltgw-uat.cardconnect.com"] {
            tokenizer.session.host = host
            let answer = try tokenizer.post(["account": .string(token)])
            #expect(answer.status == 404)
            #expect(answer.raw.text == #"{"message":"Data not found","errorcode":49}"#)
            let site = host.hasPrefix("boltgw") ? 1 : 0
            let authorization = try tokenizer.authorize(["account": .string(token), "expiry": "1230"], site: site)
            #expect(authorization["respproc"] == "PPS" && authorization["respcode"] == "98")
        }
    }

    /// Expiry and verification value ride on the token for one authorization or two minutes (§6.5).
    @Test func held() throws {
        let token = try tokenizer.token(Tokenizer.visa, ["expiry": "203112", "cvv": "111"])
        let first = try tokenizer.authorize(["account": .string(token)])
        #expect(first["respstat"] == "A" && first["expiry"] == "1231" && first["cvvresp"] == "N")
        #expect(try tokenizer.authorize(["account": .string(token)])["respcode"] == "34")
        // The same call with a token instead of the number renews it.
        #expect(try tokenizer.token(token, ["expiry": "1132", "cvv": "333"]) == token)
        try tokenizer.session.advance(by: .seconds(119))
        let second = try tokenizer.authorize(["account": .string(token)])
        #expect(second["expiry"] == "1132" && second["cvvresp"] == "U")
        _ = try tokenizer.token(token, ["expiry": "1132"])
        try tokenizer.session.advance(by: .seconds(120))
        #expect(try tokenizer.authorize(["account": .string(token)])["respcode"] == "34", "two minutes are over")
    }

    /// What the request says comes before what rides on the token.
    @Test func heldAndSent() throws {
        let token = try tokenizer.token(Tokenizer.visa, ["expiry": "203112", "cvv": "111"])
        let answer = try tokenizer.authorize(["account": .string(token), "expiry": "0133", "cvv2": "222"])
        #expect(answer["expiry"] == "0133" && answer["cvvresp"] == "P")
    }

    /// A value that is none is not kept, and is no reason to refuse.
    @Test(arguments: ["12", "12345", "abc", "", "１２３"])
    func badValue(_ cvv: String) throws {
        let token = try tokenizer.token(Tokenizer.visa, ["cvv": .string(cvv), "expiry": "junk"])
        #expect(token == "9418594164541111")
        let answer = try tokenizer.authorize(["account": .string(token), "expiry": "1230"])
        #expect(answer["cvvresp"] == "X", "as without a value")
    }
}
