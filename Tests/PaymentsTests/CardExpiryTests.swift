import Payments
import Testing

struct ExpiryRow: CustomTestStringConvertible, Sendable {
    let testDescription: String
    let text: String
    let expected: CardExpiry?

    init(_ form: String, _ text: String, _ month: Int, _ year: Int) {
        testDescription = "\(form): \(text)"
        self.text = text
        expected = CardExpiry(month: month, year: year)
    }

    init(refused why: String, _ text: String) {
        testDescription = "\(why): \(text)"
        self.text = text
        expected = nil
    }
}

@Suite struct CardExpiryTests {
    @Test(arguments: [
        ExpiryRow("MMYY", "1230", 12, 2030),
        ExpiryRow("MMYY", "0125", 1, 2025),
        ExpiryRow("MMYY, the past", "0100", 1, 2000),
        ExpiryRow("MMYY, the end of the century", "1299", 12, 2099),
        ExpiryRow("YYYYM", "20259", 9, 2025),
        ExpiryRow("YYYYMM", "203012", 12, 2030),
        ExpiryRow("YYYYMM", "202501", 1, 2025),
        ExpiryRow("YYYYMMDD", "20301231", 12, 2030),
        ExpiryRow("YYYYMMDD, the day is not looked at", "20301299", 12, 2030),
        ExpiryRow("M/YYYY", "9/2020", 9, 2020),
        ExpiryRow("MM/YYYY", "09/2020", 9, 2020),
        ExpiryRow("MM/YY", "12/30", 12, 2030),
        ExpiryRow("M/YY", "1/30", 1, 2030),
        ExpiryRow(refused: "empty", ""),
        ExpiryRow(refused: "month zero", "0030"),
        ExpiryRow(refused: "month thirteen", "1330"),
        ExpiryRow(refused: "month zero, one digit", "20250"),
        ExpiryRow(refused: "month thirteen, year first", "203013"),
        ExpiryRow(refused: "month thirteen with a day", "20301301"),
        ExpiryRow(refused: "month thirteen with a slash", "13/2030"),
        ExpiryRow(refused: "three digits", "123"),
        ExpiryRow(refused: "seven digits", "2030123"),
        ExpiryRow(refused: "nine digits", "203012310"),
        ExpiryRow(refused: "letters", "12AB"),
        ExpiryRow(refused: "a blank", "12 30"),
        ExpiryRow(refused: "a hyphen", "12-30"),
        ExpiryRow(refused: "a sign", "+130"),
        ExpiryRow(refused: "only a slash", "/"),
        ExpiryRow(refused: "no month", "/2030"),
        ExpiryRow(refused: "no year", "12/"),
        ExpiryRow(refused: "two slashes", "12/30/"),
        ExpiryRow(refused: "year of one digit", "12/3"),
        ExpiryRow(refused: "year of three digits", "12/203"),
        ExpiryRow(refused: "month of three digits", "012/2030"),
        ExpiryRow(refused: "digits that are not ASCII", "١٢٣٠"),
    ])
    func reading(_ row: ExpiryRow) {
        #expect(CardExpiry(row.text) == row.expected)
        #expect(CardExpiry(String(Substring("x" + row.text).dropFirst())) == row.expected)
    }

    @Test func everyMonthOfACenturyIsWrittenAsItIsRead() throws {
        for year in 2000...2099 {
            for month in 1...12 {
                let expiry = CardExpiry(month: month, year: year)
                #expect(expiry.monthYear.count == 4)
                #expect(CardExpiry(expiry.monthYear) == expiry)
                #expect(expiry.description == expiry.monthYear)
            }
        }
    }
}
