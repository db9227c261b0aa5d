import Payments
import Processor
import Testing

@Suite struct AmountCodeTests {
    struct CodeRow: CustomTestStringConvertible, Sendable {
        let testDescription: String
        let minorUnits: Int64
        let digits: Int
        let decimals: Int
        let amounts: ClosedRange<Int64>
        let code: String?

        init(
            _ name: String, _ minorUnits: Int64, digits: Int = 2, decimals: Int = 2,
            in amounts: ClosedRange<Int64> = 100_000...199_999, _ code: String?
        ) {
            testDescription = "\(name): \(minorUnits)"
            self.minorUnits = minorUnits
            self.digits = digits
            self.decimals = decimals
            self.amounts = amounts
            self.code = code
        }
    }

    @Test(arguments: [
        CodeRow("the lowest", 100_000, "00"),
        CodeRow("below the lowest", 99_999, nil),
        CodeRow("two digits", 105_100, "51"),
        CodeRow("one digit gets a zero", 100_500, "05"),
        CodeRow("cents do not count", 105_199, "51"),
        CodeRow("a code that is too long", 111_600, nil),
        CodeRow("the longest code of two digits", 109_999, "99"),
        CodeRow("the shortest code that is too long", 110_000, nil),
        CodeRow("the highest", 199_999, nil),
        CodeRow("above the highest", 200_000, nil),
        CodeRow("three digits", 111_695, digits: 3, "116"),
        CodeRow("three digits, zeros in front", 100_200, digits: 3, "002"),
        CodeRow("three digits, the highest", 199_999, digits: 3, "999"),
        CodeRow("three digits above the highest", 200_000, digits: 3, nil),
        CodeRow("three digits where 1000.00 takes no part", 100_000, digits: 3, in: 100_001...199_999, nil),
        CodeRow("a currency without decimals", 1051, decimals: 0, in: 1000...1999, "51"),
        CodeRow("a currency of three decimals", 1_051_999, decimals: 3, in: 1_000_000...1_999_999, "51"),
        CodeRow("negative", -105_100, nil),
        CodeRow("zero", 0, nil),
        CodeRow("only the last three digits of the whole units", 2_105_100, in: 2_100_000...2_199_999, "51"),
    ])
    func code(_ row: CodeRow) {
        let rule = AmountCodeRule(operation: .authorization, amounts: row.amounts, codeDigits: row.digits)
        #expect(rule.code(for: row.minorUnits, decimals: row.decimals) == row.code)
    }

    struct Row: CustomTestStringConvertible, Sendable {
        let testDescription: String
        let minorUnits: Int64
        let merchant: MerchantKey
        let unknown: GatewaySettings.UnknownAmountCode
        let code: String
        let status: ResponseStatus

        init(
            _ name: String, _ minorUnits: Int64, of merchant: MerchantKey = Sample.late,
            unknown: GatewaySettings.UnknownAmountCode = .approve, _ code: String, _ status: ResponseStatus
        ) {
            testDescription = "\(name): \(minorUnits)"
            self.minorUnits = minorUnits
            self.merchant = merchant
            self.unknown = unknown
            self.code = code
            self.status = status
        }
    }

    /// The sample reads the codes off 7000.00 to 7999.99.
    @Test(arguments: [
        Row("below the range", 699_999, "00", .approved),
        Row("a code that approves", 700_000, "00", .approved),
        Row("a decline", 705_100, "51", .declined),
        Row("a decline with cents", 705_199, "51", .declined),
        Row("a retry", 709_100, "91", .retry),
        Row("another processor", 705_100, of: Sample.early, "51", .declined),
        Row("a code missing from the table", 703_300, "00", .approved),
        Row("a code missing from the table that declines", 703_300, unknown: .decline, "33", .declined),
        Row("a code that is too long", 711_600, unknown: .decline, "00", .approved),
        Row("above the range", 800_000, "00", .approved),
        Row("production", 705_100, of: Sample.lateInProduction, unknown: .decline, "00", .approved),
    ])
    func authorizing(_ row: Row) throws {
        var world = Sample.world(Sample.behavior { $0.gateway.unknownAmountCode = row.unknown })
        let transaction = try world.authorize(row.minorUnits, of: row.merchant, capture: true)
        #expect(transaction.response.code == row.code)
        #expect(transaction.response.status == row.status)
        #expect(transaction.response.processor == (row.merchant == Sample.early ? "BBB" : "AAA"))
        let approved = row.status == .approved
        #expect(transaction.approved.minorUnits == (approved ? row.minorUnits : 0))
        #expect((transaction.authorizationCode != nil) == approved)
        #expect(world.status(transaction) == (approved ? .queued : .declined))
    }

    @Test func theReasonNamesAmountAndCode() throws {
        var world = Sample.world()
        _ = try world.authorize(705_100)
        let reasons = try #require(world.journal.entry(world.lastSequence)).reasons.map(\.text)
        #expect(reasons.contains("amount 7051.00 asks for AAA 51 (text 51)"), "\(reasons)")
    }
}
