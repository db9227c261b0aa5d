import Payments
import PropertySupport
import Testing

@Suite struct CheckDigitTests {
    struct Row: CustomTestStringConvertible, Sendable {
        let testDescription: String
        let text: String
        let isValid: Bool

        init(_ name: String, _ text: String, _ isValid: Bool) {
            testDescription = "\(name): \(text)"
            self.text = text
            self.isValid = isValid
        }
    }

    @Test(arguments: [
        Row("published test number", "4111111111111111", true),
        Row("its neighbour", "4111111111111112", false),
        Row("example of the standard's annex", "79927398713", true),
        Row("one zero", "0", true),
        Row("one other digit", "1", false),
        Row("two digits", "18", true),
        Row("empty", "", false),
        Row("a blank inside", "7992 7398713", false),
        Row("a letter", "7992739871A", false),
        Row("digits that are not ASCII", "٠", false),
        Row("a digit and a combining mark", "18\u{301}", false),
    ])
    func luhn(_ row: Row) { #expect(Luhn.isValid(row.text) == row.isValid) }

    @Test(arguments: PropertySeeds.few)
    func oneOfTenDigitsFits(seed: UInt64) throws {
        var random = TestRandom(seed: seed)
        for _ in 0..<400 {
            let body = random.digits(Int.random(in: 1...18, using: &random))
            let fitting = (0...9).map { body + String($0) }.filter { Luhn.isValid($0) }
            #expect(fitting == [body + String(Luhn.checkDigit(for: body))], "\(body)")
            let whole = try #require(fitting.first)
            #expect(plainLuhn(whole), "\(whole)")
            #expect(PrimaryAccountNumber(whole)?.passesLuhn == true)
            // Any one wrong digit is noticed.
            let place = Int.random(in: 0..<whole.count, using: &random)
            var digits = whole.compactMap(\.wholeNumberValue)
            digits[place] = (digits[place] + Int.random(in: 1...9, using: &random)) % 10
            #expect(!Luhn.isValid(digits.map(String.init).joined()), "\(whole), place \(place)")
        }
    }

    /// From the left, with a table, as no implementation would do it.
    private func plainLuhn(_ digits: String) -> Bool {
        let doubled = [0, 2, 4, 6, 8, 1, 3, 5, 7, 9]
        let values = digits.compactMap(\.wholeNumberValue)
        let sum = values.indices.reduce(0) { sum, place in
            sum + ((values.count - place).isMultiple(of: 2) ? doubled[values[place]] : values[place])
        }
        return sum.isMultiple(of: 10)
    }

    @Test(arguments: [
        Row("a bank of the reference", "036001808", true),
        Row("another", "011401533", true),
        Row("another", "053000196", true),
        Row("another", "124001545", true),
        Row("another", "031000503", true),
        Row("wrong check digit", "036001809", false),
        Row("two digits exchanged", "063001808", false),
        Row("eight digits", "03600180", false),
        Row("ten digits", "0360018080", false),
        Row("five digits", "23433", false),
        Row("letters", "03600180A", false),
        Row("empty", "", false),
        Row("digits that are not ASCII", "٠٣٦٠٠١٨٠٨", false),
    ])
    func routingNumber(_ row: Row) {
        #expect(RoutingNumber.isValid(row.text) == row.isValid)
        #expect(BankAccountNumber(routingNumber: row.text, account: "1234").hasValidRoutingNumber == row.isValid)
    }

    @Test(arguments: PropertySeeds.few)
    func oneOfTenLastDigitsFitsARoutingNumber(seed: UInt64) throws {
        var random = TestRandom(seed: seed)
        for _ in 0..<400 {
            let body = random.digits(8)
            let fitting = (0...9).map { body + String($0) }.filter { RoutingNumber.isValid($0) }
            #expect(fitting.count == 1, "\(body)")
            let whole = try #require(fitting.first)
            let d = whole.compactMap(\.wholeNumberValue)
            #expect((3 * (d[0] + d[3] + d[6]) + 7 * (d[1] + d[4] + d[7]) + d[2] + d[5] + d[8]) % 10 == 0, "\(whole)")
        }
    }
}
