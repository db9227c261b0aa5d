import Payments
import Processor
import Testing

/// One thing that is wrong with an authorization.
struct AuthorizationMistake: CustomTestStringConvertible, Sendable {
    /// Mistakes about the same part of a request exclude each other.
    enum Part: Sendable { case merchant, source, amount, currency, postalCode, cvv, expiry }

    let testDescription: String
    let parts: Set<Part>
    let refusal: Refusal
    let make: @Sendable (inout Authorize) -> Void

    init(
        _ name: String, _ parts: Set<Part>, _ refusal: Refusal, _ make: @escaping @Sendable (inout Authorize) -> Void
    ) {
        testDescription = name
        self.parts = parts
        self.refusal = refusal
        self.make = make
    }

    /// In the order in which they win (reference of the gateway, §4.4).
    static let all: [[AuthorizationMistake]] = [
        [AuthorizationMistake("a disabled merchant", [.merchant], .merchantDisabled) { $0.merchant = Sample.closed }],
        [AuthorizationMistake("no amount", [.amount], .missingField) { $0.amount = .missing }],
        [
            AuthorizationMistake("no account", [.source], .missingField) { $0.source = .missing },
            account("letters", "larry", .invalidCard),
            account("an empty text", "", .invalidCard),
            account("eleven digits", Sample.card("48", length: 11), .invalidCard),
            account("twenty digits", String(repeating: "4", count: 20), .invalidCard),
            account("a wrong check digit", String(Sample.plain.dropLast()) + "9", .badCheckDigit),
            account("an unknown brand", Sample.card("7"), .unknownCardType),
            account("an unknown token", "9480000000000000", .invalidToken),
        ],
        [
            AuthorizationMistake("a bank account without a bank", [.source], .achNotSupported) { $0.source = goodBank },
            AuthorizationMistake("a short routing number", [.source, .merchant], .invalidCard) {
                $0.merchant = Sample.bank
                $0.source = .bank(BankAccountNumber(routingNumber: "23433", account: "15378535"))
            },
        ],
        [
            AuthorizationMistake("an amount that is none", [.amount], .invalidAmount) {
                $0.amount = .unreadable(.notADecimal)
            },
            AuthorizationMistake("a credit without the right", [.amount], .creditNotAllowed) {
                $0.amount = .minorUnits(-100)
            },
            AuthorizationMistake("a zero for a bank account", [.source, .merchant, .amount], .invalidAmount) {
                $0.merchant = Sample.bank
                $0.source = goodBank
                $0.amount = .minorUnits(0)
            },
        ],
        [AuthorizationMistake("another currency", [.currency], .wrongCurrency) { $0.currency = "EUR" }],
        [
            postalCode("letters for a ZIP", "junk"), postalCode("four digits", "1234"),
            postalCode("six digits", "123456"),
            postalCode("eight digits", "12345678"), postalCode("ten digits", "1234567890"), postalCode("empty", ""),
        ],
        [
            AuthorizationMistake("letters for a CVV", [.cvv], .nonNumericCVV) { $0.cvv = CardVerificationValue("12a") },
            AuthorizationMistake("two digits for a CVV", [.cvv], .invalidField) {
                $0.cvv = CardVerificationValue("12")
            },
            AuthorizationMistake("five digits for a CVV", [.cvv], .invalidField) {
                $0.cvv = CardVerificationValue("12345")
            },
            AuthorizationMistake("a zero without the CVV it needs", [.merchant, .amount, .cvv], .cvvRequired) {
                $0.merchant = Sample.checkingCode
                $0.amount = .minorUnits(0)
                $0.cvv = nil
            },
        ],
        [
            AuthorizationMistake("an expiry that is none", [.expiry], .nonNumericExpiry) { $0.expiry = .unreadable },
            AuthorizationMistake("no expiry", [.expiry, .source], .missingField) { $0.expiry = .absent },
        ],
    ]

    private static let goodBank = PaymentSource.bank(
        BankAccountNumber(routingNumber: "036001808", account: "15378535"))

    private static func account(_ name: String, _ text: String, _ refusal: Refusal) -> AuthorizationMistake {
        AuthorizationMistake(name, [.source], refusal) { $0.source = .account(AccountText(text)) }
    }

    private static func postalCode(_ name: String, _ text: String) -> AuthorizationMistake {
        AuthorizationMistake(name, [.postalCode], .invalidPostalCode) { $0.postalCode = text }
    }
}

/// Two mistakes in one request: the earlier one is answered.
struct MistakePair: CustomTestStringConvertible, Sendable {
    let winner: AuthorizationMistake
    let loser: AuthorizationMistake
    var testDescription: String { "\(winner.testDescription), and \(loser.testDescription)" }

    static let all: [MistakePair] = AuthorizationMistake.all.indices.flatMap { rank in
        AuthorizationMistake.all[rank].flatMap { winner in
            AuthorizationMistake.all[(rank + 1)...].joined().compactMap { loser in
                winner.parts.isDisjoint(with: loser.parts) ? MistakePair(winner: winner, loser: loser) : nil
            }
        }
    }
}

@Suite struct AuthorizeRefusalTests {
    private func transaction(_ mistakes: AuthorizationMistake...) throws -> Transaction {
        var world = Sample.world()
        return try world.authorize(1000) { command in for mistake in mistakes { mistake.make(&command) } }
    }

    @Test(arguments: AuthorizationMistake.all.flatMap { $0 })
    func oneMistake(_ mistake: AuthorizationMistake) throws {
        let transaction = try transaction(mistake)
        #expect(transaction.response.processor == "GATE")
        #expect(transaction.response.code == mistake.refusal.rawValue)
        #expect(transaction.stage == .declined)
        #expect(transaction.approved.minorUnits == 0)
        #expect(transaction.authorizationCode == nil)
        #expect(transaction.avs == nil && transaction.cvv == nil, "the issuer was not asked")
    }

    @Test(arguments: MistakePair.all)
    func theEarlierOfTwo(_ pair: MistakePair) throws {
        #expect(try transaction(pair.winner, pair.loser).response.code == pair.winner.refusal.rawValue)
        #expect(try transaction(pair.loser, pair.winner).response.code == pair.winner.refusal.rawValue)
    }

    @Test func thePairsAreMany() { #expect(MistakePair.all.count > 150) }

    struct GoodRow: CustomTestStringConvertible, Sendable {
        let testDescription: String
        let make: @Sendable (inout Authorize) -> Void

        init(_ name: String, _ make: @escaping @Sendable (inout Authorize) -> Void) {
            testDescription = name
            self.make = make
        }
    }

    /// What looks like one of the mistakes and is none.
    @Test(arguments: [
        GoodRow("nothing special") { _ in },
        GoodRow("blanks in the number") { $0.source = .account(AccountText("4800 0000 0000 0000".withCheckDigit)) },
        GoodRow("the merchant's own currency") { $0.currency = "USD" },
        GoodRow("the currency in small letters") { $0.currency = "usd" },
        GoodRow("five digits") { $0.postalCode = "19406" },
        GoodRow("nine digits") { $0.postalCode = "194061234" },
        GoodRow("nine digits with a hyphen") { $0.postalCode = "19406-1234" },
        GoodRow("another form in another country") {
            $0.postalCode = "junk"
            $0.country = "CA"
        },
        GoodRow("four digits of CVV") { $0.cvv = CardVerificationValue("1234") },
        GoodRow("an expiry in the past") { $0.expiry = .date(CardExpiry(month: 1, year: 2001)) },
        GoodRow("a zero with the CVV it needs") {
            $0.merchant = Sample.checkingCode
            $0.amount = .minorUnits(0)
            $0.cvv = CardVerificationValue("123")
        },
        GoodRow("a zero where address verification is on too") {
            $0.merchant = Sample.checkingBoth
            $0.amount = .minorUnits(0)
        },
        GoodRow("no CVV when the amount is not zero") { $0.merchant = Sample.checkingCode },
    ])
    func noMistake(_ row: GoodRow) throws {
        var world = Sample.world()
        #expect(try world.authorize(1000, adjust: row.make).isApproved)
    }

    /// A bank account text that no bank would take is refused: it neither makes a token nor ends the process.
    @Test(arguments: ["larry", "", "12 34", "١٢٣٤", "123456789012345678x"])
    func bankAccountsAreDigits(_ account: String) throws {
        var world = Sample.world()
        let command = Authorize(
            service: "test", merchant: Sample.bank,
            source: .bank(BankAccountNumber(routingNumber: "036001808", account: account)), amount: .minorUnits(100))
        #expect(try world.run(command).transaction.response.code == Refusal.invalidCard.rawValue)
        #expect(world.books.vault.count == 0)
    }

    @Test(arguments: ["éé", "x", "", "٠٣٦٠٠١٨٠٨", "03600180X"])
    func routingNumbersAreDigits(_ routing: String) throws {
        var world = Sample.world()
        let command = Authorize(
            service: "test", merchant: Sample.bank,
            source: .bank(BankAccountNumber(routingNumber: routing, account: "12345678")), amount: .minorUnits(100))
        #expect(try world.run(command).transaction.response.code == Refusal.invalidCard.rawValue)
    }
}

extension String {
    /// The same text with its last character replaced by the check digit of the digits before it.
    var withCheckDigit: String {
        String(dropLast()) + String(Luhn.checkDigit(for: dropLast().filter { $0 != " " && $0 != "-" }))
    }
}
