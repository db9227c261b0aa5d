import Payments
import Processor
import Testing

@Suite struct VerificationTests {
    private static let behavior = Sample.behavior { parts in
        parts.addressVerification = AVSTable([
            AVSTable.Row(processors: ["AAA", "BBB"], trigger: "771", result: "N", source: nil),
            AVSTable.Row(processors: ["AAA"], trigger: "A12", result: "Z", source: nil),
            AVSTable.Row(processors: ["AAA"], trigger: "771", result: "never: the first counts", source: nil),
        ])
        parts.cardVerification = CVVTable([
            CVVTable.Row(processors: ["BBB"], value: "112", result: "B", source: nil),
            CVVTable.Row(processors: [], value: "112", result: "M", source: nil),
            CVVTable.Row(processors: ["AAA"], value: "111", result: "N", source: nil),
        ])
        parts.processors["AAA"]?.defaultAVS = {
            var defaults = AVSDefaults()
            defaults.withAddress = "Y"
            defaults.withoutAddress = "O"
            defaults.zeroAmount = "0"
            defaults.foreignCountry = "F"
            return defaults
        }()
        parts.processors["AAA"]?.defaultCVV = {
            var defaults = CVVDefaults()
            defaults.present = "C"
            defaults.absent = "P"
            defaults.absentKeyed = "X"
            return defaults
        }()
        parts.processors["BBB"]?.defaultAVS.onlyUnitedStates = true
    }

    struct AVSRow: CustomTestStringConvertible, Sendable {
        let testDescription: String
        let merchant: MerchantKey
        let minorUnits: Int64
        let postalCode: String?
        let address: String?
        let country: String?
        let result: AVSResult

        init(
            _ name: String, _ postalCode: String? = nil, _ address: String? = nil,
            of merchant: MerchantKey = Sample.late,
            minorUnits: Int64 = 100, country: String? = nil, result: AVSResult
        ) {
            testDescription = name
            self.merchant = merchant
            self.minorUnits = minorUnits
            self.postalCode = postalCode
            self.address = address
            self.country = country
            self.result = result
        }
    }

    @Test(arguments: [
        AVSRow("the end of the postal code", "19771", result: "N"), AVSRow("not the start of it", "77119", result: "Y"),
        AVSRow("the end of nine digits", "194060771", result: "N"),
        AVSRow("in the address", nil, "31771 Main Street", result: "N"),
        AVSRow("at the start of the address", nil, "771 Main", result: "N"),
        AVSRow("at the end of the address", nil, "Box 771", result: "N"),
        AVSRow("the address is the trigger", nil, "771", result: "N"),
        AVSRow("in small letters", nil, "flat a12", result: "Z"),
        AVSRow("in small letters at the end of a postal code", "K1 a12", country: "CA", result: "Z"),
        AVSRow("behind a line end", nil, "Box 5\r\n771 Main", result: "N"),
        AVSRow("a line end within it", nil, "Box 7\r\n71", result: "Y"),
        AVSRow("the first in the address counts", nil, "771 A12", result: "N"),
        AVSRow("the first in the address counts, the other way round", nil, "A12 771", result: "Z"),
        AVSRow("the postal code before the address", "19771", "A12 Main Street", result: "N"),
        AVSRow("the address when the postal code has none", "19406", "A12 Main Street", result: "Z"),
        AVSRow("no trigger", "19406", "Main Street", result: "Y"),
        AVSRow("a short address", nil, "77", result: "Y"),
        AVSRow("letters of other scripts", nil, "é771ü", result: "N"),
        AVSRow("only a postal code", "19406", result: "Y"), AVSRow("only an address", nil, "Main", result: "Y"),
        AVSRow("nothing", result: "O"), AVSRow("a zero amount", minorUnits: 0, result: "0"),
        AVSRow("a zero amount with an address", "19406", minorUnits: 0, result: "0"),
        AVSRow("a zero amount with a trigger", "19771", minorUnits: 0, result: "N"),
        AVSRow("a zero amount abroad", minorUnits: 0, country: "CA", result: "0"),
        AVSRow("another country", "19406", country: "CA", result: "F"),
        AVSRow("another country with a trigger", "19771", country: "CA", result: "N"),
        AVSRow("the same country in small letters", "19406", country: "us", result: "Y"),
        AVSRow("only in the United States", "19771", of: Sample.early, result: "N"),
        AVSRow("only in the United States, elsewhere", "19771", of: Sample.early, country: "CA", result: "Y"),
        AVSRow("production has no triggers", "19771", of: Sample.lateInProduction, result: "Y"),
    ])
    func addresses(_ row: AVSRow) throws {
        var world = Sample.world(Self.behavior)
        let transaction = try world.authorize(row.minorUnits, of: row.merchant) {
            $0.postalCode = row.postalCode
            $0.address = row.address
            $0.country = row.country
        }
        #expect(transaction.isApproved, "the comparison does not decide")
        #expect(transaction.avs == row.result)
    }

    struct CVVRow: CustomTestStringConvertible, Sendable {
        let testDescription: String
        let value: String?
        let merchant: MerchantKey
        let entryMode: EntryMode
        let result: CVVResult

        init(
            _ name: String, _ value: String?, of merchant: MerchantKey = Sample.late, by entryMode: EntryMode = .keyed,
            _ result: CVVResult
        ) {
            testDescription = name
            self.value = value
            self.merchant = merchant
            self.entryMode = entryMode
            self.result = result
        }
    }

    @Test(arguments: [
        CVVRow("a trigger for every processor", "112", "M"),
        CVVRow("one of the processor before it", "112", of: Sample.early, "B"),
        CVVRow("a trigger of this processor", "111", "N"),
        CVVRow("a trigger of another processor", "111", of: Sample.early, "M"),
        CVVRow("no trigger", "123", "C"), CVVRow("four digits that contain one", "1112", "C"),
        CVVRow("absent, keyed", nil, "X"), CVVRow("absent, e-commerce", nil, by: .eCommerce, "X"),
        CVVRow("absent, by telephone", nil, by: .telephone, "X"), CVVRow("absent, swiped", nil, by: .swiped, "P"),
        CVVRow("absent, recurring", nil, by: .recurring, "P"),
        CVVRow("absent, where keying makes no difference", nil, of: Sample.early, "P"),
        CVVRow("production has no triggers", "111", of: Sample.lateInProduction, "C"),
        CVVRow("production, absent", nil, of: Sample.lateInProduction, "X"),
    ])
    func verificationValues(_ row: CVVRow) throws {
        var world = Sample.world(Self.behavior)
        let transaction = try world.authorize(100, of: row.merchant) {
            $0.cvv = row.value.map { CardVerificationValue($0) }
            $0.entryMode = row.entryMode
        }
        #expect(transaction.isApproved, "the comparison does not decide")
        #expect(transaction.cvv == row.result)
    }

    @Test func declinesAreComparedToo() throws {
        var world = Sample.world(Self.behavior)
        let transaction = try world.authorize(705_100) {
            $0.postalCode = "19771"
            $0.cvv = CardVerificationValue("111")
        }
        #expect(!transaction.isApproved && transaction.avs == "N" && transaction.cvv == "N")
    }

    // MARK: - What rides on a token (reference of CardSecure, §6.5)

    private func tokenize(
        _ world: inout World, expiry: CardExpiry? = CardExpiry(month: 1, year: 2031), cvv: String? = "111"
    ) throws -> CardToken {
        let command = Tokenize(
            service: "test", scope: Sample.scope, account: AccountText(Sample.plain), expiry: expiry,
            cvv: cvv.map { CardVerificationValue($0) })
        return try world.run(command).get()
    }

    private func pay(
        _ world: inout World, _ token: CardToken, _ minorUnits: Int64 = 100, of merchant: MerchantKey = Sample.late,
        adjust: (inout Authorize) -> Void = { _ in }
    ) throws -> Transaction {
        try world.authorize(minorUnits, token.text, of: merchant) {
            $0.expiry = .absent
            adjust(&$0)
        }
    }

    @Test func theFirstAuthorizationTakesExpiryAndVerificationAlong() throws {
        var world = Sample.world(Self.behavior)
        let token = try tokenize(&world)
        let first = try pay(&world, token)
        #expect(first.isApproved && first.cvv == "N" && first.details.expiry == CardExpiry(month: 1, year: 2031))
        let second = try pay(&world, token)
        #expect(second.response.code == Refusal.missingField.rawValue, "a second one has to send its own")
        let third = try pay(&world, token) { $0.expiry = .date(CardExpiry(month: 2, year: 2032)) }
        #expect(third.isApproved && third.cvv == "X")
    }

    @Test func whatTheRequestSaysGoesFirst() throws {
        var world = Sample.world(Self.behavior)
        let token = try tokenize(&world)
        let transaction = try pay(&world, token) {
            $0.expiry = .date(CardExpiry(month: 2, year: 2032))
            $0.cvv = CardVerificationValue("112")
        }
        #expect(transaction.cvv == "M" && transaction.details.expiry == CardExpiry(month: 2, year: 2032))
        #expect(try pay(&world, token).response.code == Refusal.missingField.rawValue, "it is used up all the same")
    }

    @Test func aRefusedAuthorizationUsesItUpToo() throws {
        var world = Sample.world(Self.behavior)
        let token = try tokenize(&world)
        #expect(try pay(&world, token) { $0.currency = "EUR" }.response.code == Refusal.wrongCurrency.rawValue)
        #expect(try pay(&world, token).response.code == Refusal.missingField.rawValue)
    }

    struct AgeRow: CustomTestStringConvertible, Sendable {
        let testDescription: String
        let age: Duration
        let isHeld: Bool
    }

    @Test(arguments: [
        AgeRow(testDescription: "at once", age: .zero, isHeld: true),
        AgeRow(testDescription: "a nanosecond before two minutes", age: .seconds(120) - .nanoseconds(1), isHeld: true),
        AgeRow(testDescription: "two minutes", age: .seconds(120), isHeld: false),
        AgeRow(testDescription: "a day", age: .seconds(86_400), isHeld: false),
    ])
    func itIsHeldForTwoMinutes(_ row: AgeRow) throws {
        var world = Sample.world(Self.behavior)
        let token = try tokenize(&world)
        if row.age > .zero { try world.advance(row.age) }
        #expect(try pay(&world, token).isApproved == row.isHeld)
    }

    @Test func aSecondTokenizationHoldsAnew() throws {
        var world = Sample.world(Self.behavior)
        let token = try tokenize(&world)
        try world.advance(.seconds(100))
        #expect(try tokenize(&world, cvv: "112") == token)
        try world.advance(.seconds(100))
        #expect(try pay(&world, token).cvv == "M")
    }

    struct NeedRow: CustomTestStringConvertible, Sendable {
        let testDescription: String
        let expiry: CardExpiry?
        let cvv: String?
        let code: String
    }

    /// A verification of zero where the CVV is needed: an expiry alone is no CVV.
    @Test(arguments: [
        NeedRow(testDescription: "both", expiry: CardExpiry(month: 1, year: 2031), cvv: "123", code: "00"),
        NeedRow(
            testDescription: "only an expiry", expiry: CardExpiry(month: 1, year: 2031), cvv: nil, code: "cvvRequired"),
        NeedRow(testDescription: "only a CVV", expiry: nil, cvv: "123", code: "missingField"),
    ])
    func whatAZeroAmountNeeds(_ row: NeedRow) throws {
        var world = Sample.world(Self.behavior)
        let token = try tokenize(&world, expiry: row.expiry, cvv: row.cvv)
        #expect(try pay(&world, token, 0, of: Sample.checkingCode).response.code == row.code)
    }
}
