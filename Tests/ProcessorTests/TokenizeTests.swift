import Cryptography
import Payments
import Processor
import PropertySupport
import Testing

@Suite struct TokenizeTests {
    private func tokenize(
        _ text: String, in scope: SiteScope = Sample.scope, unique: Bool = false, _ world: inout World
    ) throws -> Tokenize.Outcome {
        try world.run(Tokenize(service: "test", scope: scope, account: AccountText(text), isUnique: unique))
    }

    struct FaultRow: CustomTestStringConvertible, Sendable {
        let testDescription: String
        let text: String
        let fault: TokenizerFault?
        let needsCheckDigit: Bool
        let refusesUnpublished: Bool

        init(
            _ name: String, _ text: String, _ fault: TokenizerFault?, needsCheckDigit: Bool = false,
            refusesUnpublished: Bool = false
        ) {
            testDescription = name
            self.text = text
            self.fault = fault
            self.needsCheckDigit = needsCheckDigit
            self.refusesUnpublished = refusesUnpublished
        }
    }

    private static let wrong = String(Sample.plain.dropLast()) + "9"

    @Test(arguments: [
        FaultRow("a card", Sample.plain, nil), FaultRow("blanks and hyphens", "4800 0000-0000 000 4", nil),
        FaultRow("the shortest", Sample.card("48", length: 12), nil),
        FaultRow("the longest", Sample.card("48", length: 19), nil),
        FaultRow("too short", Sample.card("48", length: 11), .tooShort), FaultRow("one digit", "4", .tooShort),
        FaultRow("too long", String(repeating: "4", count: 20), .tooLong), FaultRow("empty", "", .empty),
        FaultRow("only blanks", "  ", .empty), FaultRow("letters", "larry", .notDecimal),
        FaultRow("digits that are not ASCII", "٤٨٠٠٠٠٠٠٠٠٠٠٠٠٠٤", .notDecimal),
        FaultRow("an unknown token", "9480000000000000", .unknownToken),
        FaultRow("a wrong check digit", wrong, nil),
        FaultRow("a wrong check digit", wrong, .checkDigit, needsCheckDigit: true),
        FaultRow("a number that is not published", Sample.plain, .unpublishedNumber, refusesUnpublished: true),
        FaultRow("a number that can be nobody's", wrong, nil, refusesUnpublished: true),
        FaultRow("a published number", Sample.declining, nil, refusesUnpublished: true),
        FaultRow("a bank account", "036001808/12345678", nil),
        FaultRow("a short routing number", "23433/15378535", nil),
        FaultRow("an unfinished bank account", "036001808/", .notDecimal),
        FaultRow("a card number for a bank", "\(Sample.plain)/12345678", .notDecimal),
        FaultRow("a bank account among published numbers", "036001808/12345678", nil, refusesUnpublished: true),
    ])
    func whatIsTokenized(_ row: FaultRow) throws {
        var world = Sample.world(
            Sample.behavior {
                $0.tokens.requiresCheckDigit = row.needsCheckDigit
                $0.gateway.acceptsRealCardNumbers = !row.refusesUnpublished
            })
        switch try tokenize(row.text, &world) {
        case .success:
            #expect(row.fault == nil)
            #expect(world.books.vault.count == 1)
        case .failure(.fault(let fault)):
            #expect(fault == row.fault)
            #expect(world.books.vault.count == 0)
        case .failure(.code(let code)):
            Issue.record("no rule prescribes \(code)")
        }
    }

    @Test(arguments: PropertySeeds.many.prefix(20))
    func tokensHaveTheForm(seed: UInt64) throws {
        var random = SeededRandom(seed: seed)
        var world = Sample.world()
        var seen: [CardToken: String] = [:]
        for _ in 0..<60 {
            let length = random.uniform(in: 12...19)
            let body = "4" + (1..<length - 1).map { _ in String(random.uniform(in: 0...9)) }.joined()
            let isBank = random.uniform(below: 4) == 0
            let account = isBank ? "036001808/\(body)" : body + String(Luhn.checkDigit(for: body))
            let token = try tokenize(account, &world).get()
            let text = token.text
            #expect(text.count == 16 && Luhn.isValid(text), "seed \(seed)")
            #expect(text.hasPrefix("9" + account.prefix(2)) && text.hasSuffix(account.suffix(4)), "seed \(seed)")
            #expect(seen.updateValue(account, forKey: token).map { $0 == account } ?? true, "seed \(seed)")
            #expect(try tokenize(account, &world).get() == token, "the same again, seed \(seed)")
            #expect(try tokenize(text, &world).get() == token, "a token stands for itself, seed \(seed)")
            let vaulted = try #require(world.books.vault.account(token, in: Sample.scope))
            #expect(vaulted.lastFour == account.suffix(4) && vaulted.isBankAccount == isBank)
        }
    }

    @Test func aTokenDoesNotDependOnWhatCameBefore() throws {
        var first = Sample.world()
        var second = Sample.world(Sample.behavior { $0.seed = 99 })
        _ = try tokenize(Sample.declining, &second)
        try second.advance(.seconds(100_000))
        #expect(try tokenize(Sample.plain, &first) == tokenize(Sample.plain, &second))
        // An authorization in clear makes the same token on its way.
        let third = try second.authorize(100)
        #expect(try tokenize(Sample.plain, &first).get() == third.account.token)
    }

    @Test func anotherSecretGivesOtherTokens() throws {
        var first = Sample.world()
        var second = Sample.world(Sample.behavior { $0.tokens.secret = "another" })
        #expect(try tokenize(Sample.plain, &first) != tokenize(Sample.plain, &second))
    }

    @Test func shortInputsAreFilled() throws {
        var world = Sample.world()
        #expect(try tokenize("1/2", &world).get().text.hasPrefix("901"))
        #expect(try tokenize("1/2", &world).get().text.hasSuffix("0002"))
    }

    // MARK: - Scopes

    @Test func eachScopeHasItsOwnTokens() throws {
        var world = Sample.world()
        let scopes = [Sample.scope, Sample.otherSite, Sample.production]
        let tokens = try scopes.map { try tokenize(Sample.plain, in: $0, &world).get() }
        #expect(Set(tokens).count == scopes.count)
        let merchants = [Sample.late, Sample.other, Sample.lateInProduction]
        for (place, token) in tokens.enumerated() {
            for (other, merchant) in merchants.enumerated() {
                let transaction = try world.authorize(100, token.text, of: merchant)
                let code = other == place ? "00" : merchant == Sample.other ? "" : Refusal.invalidToken.rawValue
                if !code.isEmpty { #expect(transaction.response.code == code) }
                #expect(transaction.isApproved == (other == place))
            }
        }
        // Every merchant of the site may use it.
        #expect(try world.authorize(100, tokens[0].text, of: Sample.early).isApproved)
        #expect(try tokenize(tokens[0].text, in: Sample.otherSite, &world) == .failure(.fault(.unknownToken)))
    }

    // MARK: - Unique tokens

    @Test func uniqueTokensDifferOnEveryCall() throws {
        var world = Sample.world()
        let plain = try tokenize(Sample.plain, &world).get()
        let unique = try (0..<200).map { _ in try tokenize(Sample.plain, unique: true, &world).get() }
        #expect(Set(unique + [plain]).count == 201)
        for token in unique {
            #expect(Luhn.isValid(token.text) && token.text.hasPrefix("948") && token.lastFour == Sample.plain.suffix(4))
        }
        #expect(try tokenize(Sample.plain, &world).get() == plain, "the ordinary token stays")
        let known = try #require(world.books.vault.account(unique[7], in: Sample.scope))
        #expect(known.fingerprint == world.books.vault.account(plain, in: Sample.scope)?.fingerprint)
        #expect(try world.authorize(100, unique[7].text).isApproved)
    }

    @Test func uniqueTokensBeforeTheOrdinaryOne() throws {
        var world = Sample.world()
        let unique = try tokenize(Sample.plain, unique: true, &world).get()
        let plain = try tokenize(Sample.plain, &world).get()
        var untouched = Sample.world()
        #expect(try tokenize(Sample.plain, &untouched).get() == plain && plain != unique)
    }

    @Test func uniqueTokensAreTheSameInEveryRun() throws {
        var first = Sample.world()
        var second = Sample.world()
        for _ in 0..<5 {
            #expect(
                try tokenize(Sample.plain, unique: true, &first) == tokenize(Sample.plain, unique: true, &second))
        }
    }

    // MARK: - Published pairs and collisions

    @Test func publishedPairsAreUsedInTheirScope() throws {
        let number = try #require(PrimaryAccountNumber(Sample.plain))
        let published: CardToken = "9480000000000004"
        var world = Sample.world(
            Sample.behavior {
                $0.tokens.known = [
                    TokenSettings.Known(
                        scope: Sample.scope, input: .card(number), token: published,
                        source: SourceLine(file: "tokens.csv", line: 3))
                ]
            })
        #expect(try tokenize(Sample.plain, &world).get() == published)
        let entry = try #require(world.journal.entry(world.lastSequence))
        #expect(entry.reasons.contains(.knownToken(SourceLine(file: "tokens.csv", line: 3))))
        #expect(try tokenize(Sample.plain, in: Sample.otherSite, &world).get() != published)
        #expect(try tokenize(Sample.plain, unique: true, &world).get() != published)
        #expect(try world.authorize(100, published.text).isApproved)
    }

    @Test func aReservedTokenIsNeverMade() throws {
        var plain = Sample.world()
        let usual = try tokenize(Sample.plain, &plain).get()
        var world = Sample.world(Sample.behavior { $0.tokens.reserved = [usual] })
        let other = try tokenize(Sample.plain, &world).get()
        #expect(other != usual && Luhn.isValid(other.text) && other.text.hasPrefix("948"))
        #expect(try tokenize(Sample.plain, &world).get() == other)
    }

    @Test func aTakenTokenIsAvoided() throws {
        let mint = try #require(Sample.behavior().mint(Sample.scope))
        let account = ClearAccount.card(try #require(PrimaryAccountNumber(Sample.plain)))
        var taken: Set<CardToken> = []
        for _ in 0..<50 {
            let token = mint.token(for: account) { taken.contains($0) }
            #expect(taken.insert(token).inserted)
        }
        #expect(mint.token(for: account) { _ in false } == mint.token(for: account) { _ in false })
    }

    @Test func nothingOfTheNumberIsKept() throws {
        var world = Sample.world()
        let number = "4801234567890123".withCheckDigit
        _ = try tokenize(number, &world)
        _ = try world.authorize(100, number) { $0.cvv = CardVerificationValue("987") }
        for sequence in 1...world.lastSequence {
            let entry = try #require(world.journal.entry(sequence))
            #expect(!"\(entry)".contains("123456789"))
        }
        #expect(!"\(world.books)".contains("123456789"))
    }
}
