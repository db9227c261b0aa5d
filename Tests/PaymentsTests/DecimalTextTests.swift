import Payments
import PropertySupport
import Testing

/// An amount text and what both readings make of it.
struct DecimalRow: CustomTestStringConvertible, Sendable {
    typealias Reading = Result<Int64, DecimalText.Fault>

    let testDescription: String
    let text: String
    let decimals: Int
    /// A missing point means major units.
    let major: Reading
    /// A missing point means minor units.
    let implied: Reading

    init(_ name: String, _ text: String, decimals: Int = 2, major: Int64, implied: Int64) {
        testDescription = "\(name): \(text)"
        self.text = text
        self.decimals = decimals
        self.major = .success(major)
        self.implied = .success(implied)
    }

    init(_ name: String, _ text: String, decimals: Int = 2, fault: DecimalText.Fault) {
        testDescription = "\(name): \(text)"
        self.text = text
        self.decimals = decimals
        major = .failure(fault)
        implied = .failure(fault)
    }

    init(_ name: String, _ text: String, decimals: Int = 2, tooLargeAsMajorImplied implied: Int64) {
        testDescription = "\(name): \(text)"
        self.text = text
        self.decimals = decimals
        major = .failure(.tooLarge)
        self.implied = .success(implied)
    }
}

@Suite struct DecimalTextTests {
    @Test(arguments: [
        DecimalRow("with two decimals", "10.00", major: 1000, implied: 1000),
        DecimalRow("without a point", "1000", major: 100_000, implied: 1000),
        DecimalRow("one decimal", "12.3", major: 1230, implied: 1230),
        DecimalRow("a point at the end", "7.", major: 700, implied: 700),
        DecimalRow("a point at the start", ".50", major: 50, implied: 50),
        DecimalRow("a single decimal", ".5", major: 50, implied: 50),
        DecimalRow("leading zeros", "0000012.95", major: 1295, implied: 1295),
        DecimalRow("leading zeros without a point", "007", major: 700, implied: 7),
        DecimalRow("zero", "0", major: 0, implied: 0),
        DecimalRow("zero with decimals", "0.00", major: 0, implied: 0),
        DecimalRow("negative", "-5", major: -500, implied: -5),
        DecimalRow("negative with decimals", "-3.07", major: -307, implied: -307),
        DecimalRow("negative without a leading digit", "-.01", major: -1, implied: -1),
        DecimalRow("no decimals in the currency", "500", decimals: 0, major: 500, implied: 500),
        DecimalRow("a point and no decimals in the currency", "500.", decimals: 0, major: 500, implied: 500),
        DecimalRow("three decimals in the currency", "1.234", decimals: 3, major: 1234, implied: 1234),
        DecimalRow("the largest", "92233720368547758.07", major: .max, implied: .max),
        DecimalRow("the smallest", "-92233720368547758.07", major: -.max, implied: -.max),
        DecimalRow("the largest without a point", "9223372036854775807", tooLargeAsMajorImplied: .max),
        DecimalRow("one more than the largest", "92233720368547758.08", fault: .tooLarge),
        DecimalRow("one less than the smallest", "-92233720368547758.09", fault: .tooLarge),
        DecimalRow("forty digits", String(repeating: "9", count: 40), fault: .tooLarge),
        DecimalRow("forty zeros", String(repeating: "0", count: 40), major: 0, implied: 0),
        DecimalRow("nothing", "", fault: .empty),
        DecimalRow("a blank", " ", fault: .notADecimal),
        DecimalRow("a blank in front", " 1.00", fault: .notADecimal),
        DecimalRow("a blank behind", "1.00 ", fault: .notADecimal),
        DecimalRow("only a point", ".", fault: .notADecimal),
        DecimalRow("only a minus", "-", fault: .notADecimal),
        DecimalRow("a minus and a point", "-.", fault: .notADecimal),
        DecimalRow("two points", "1.0.0", fault: .notADecimal),
        DecimalRow("two minuses", "--1", fault: .notADecimal),
        DecimalRow("a minus behind", "1-", fault: .notADecimal),
        DecimalRow("a plus", "+1", fault: .notADecimal),
        DecimalRow("minus zero", "-0", fault: .notADecimal),
        DecimalRow("minus zero with decimals", "-0.00", fault: .notADecimal),
        DecimalRow("an exponent", "1e9", fault: .notADecimal),
        DecimalRow("a comma", "1,00", fault: .notADecimal),
        DecimalRow("grouping", "1,000.00", fault: .notADecimal),
        DecimalRow("hexadecimal", "0x10", fault: .notADecimal),
        DecimalRow("a letter", "ten", fault: .notADecimal),
        DecimalRow("a digit that is not ASCII", "٣", fault: .notADecimal),
        DecimalRow("a full-width digit", "１.00", fault: .notADecimal),
        DecimalRow("a NUL", "1\0", fault: .notADecimal),
        DecimalRow("three decimals", "10.001", fault: .tooManyDecimals),
        DecimalRow("three decimals, the last a zero", "10.000", fault: .tooManyDecimals),
        DecimalRow("a decimal where there is none", "10.0", decimals: 0, fault: .tooManyDecimals),
    ])
    func reading(_ row: DecimalRow) {
        #expect(majorUnits(row.text, row.decimals) == row.major)
        #expect(impliedMinorUnits(row.text, row.decimals) == row.implied)
    }

    private func majorUnits(_ text: String, _ decimals: Int) -> DecimalRow.Reading {
        Result { () throws(DecimalText.Fault) in try DecimalText.majorUnits(text, decimals: decimals) }
    }

    private func impliedMinorUnits(_ text: String, _ decimals: Int) -> DecimalRow.Reading {
        Result { () throws(DecimalText.Fault) in try DecimalText.impliedMinorUnits(text, decimals: decimals) }
    }

    /// What is accepted, and as what, agrees with a second reading that works on texts instead of digits.
    @Test(arguments: PropertySeeds.few)
    func agreesWithAPlainReading(seed: UInt64) {
        var random = TestRandom(seed: seed)
        let alphabet = Array("00123456789999....--+ e,٣")
        for _ in 0..<4000 {
            let length = Int.random(in: 0...22, using: &random)
            let text = String((0..<length).map { _ in alphabet.randomElement(using: &random) ?? "0" })
            let decimals = Int.random(in: 0...3, using: &random)
            #expect(value(majorUnits(text, decimals)) == plain(text, decimals, pointlessIsMinor: false), "\(text)")
            #expect(
                value(impliedMinorUnits(text, decimals)) == plain(text, decimals, pointlessIsMinor: true), "\(text)")
        }
    }

    private func value(_ reading: DecimalRow.Reading) -> Int64? {
        if case .success(let value) = reading { return value }
        return nil
    }

    private func plain(_ text: String, _ decimals: Int, pointlessIsMinor: Bool) -> Int64? {
        let isNegative = text.hasPrefix("-")
        let parts = (isNegative ? text.dropFirst() : text[...]).split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count <= 2, parts.allSatisfy({ $0.utf8.allSatisfy { (48...57).contains($0) } }),
            parts.contains(where: { !$0.isEmpty })
        else { return nil }
        let behind = parts.count == 2 ? String(parts[1]) : ""
        guard behind.count <= decimals else { return nil }
        let padding = parts.count == 1 && pointlessIsMinor ? 0 : decimals - behind.count
        let digits = (String(parts[0]) + behind + String(repeating: "0", count: padding)).drop { $0 == "0" }
        if digits.isEmpty { return isNegative ? nil : 0 }
        return Int64(digits).map { isNegative ? -$0 : $0 }
    }

    // MARK: - Writing

    @Test(arguments: PropertySeeds.few)
    func whatIsWrittenIsReadAgain(seed: UInt64) throws {
        var random = TestRandom(seed: seed)
        for _ in 0..<1500 {
            let decimals = Int.random(in: 0...4, using: &random)
            let wide = Int64.random(in: -.max ... .max, using: &random)
            let minorUnits = wide >> Int64.random(in: 0...62, using: &random)
            let text = DecimalText.write(minorUnits, decimals: decimals)
            #expect(try DecimalText.majorUnits(text, decimals: decimals) == minorUnits, "\(text)")
            #expect(try DecimalText.impliedMinorUnits(text, decimals: decimals) == minorUnits, "\(text)")
            let parts = text.split(separator: ".", omittingEmptySubsequences: false)
            #expect(parts.count == (decimals == 0 ? 1 : 2) && (decimals == 0 || parts[1].count == decimals), "\(text)")
        }
    }

    struct WrittenRow: CustomTestStringConvertible, Sendable {
        let minorUnits: Int64
        let currency: Currency
        let text: String
        var testDescription: String { text }

        init(_ minorUnits: Int64, _ text: String, decimals: Int = 2) {
            self.minorUnits = minorUnits
            currency = Currency(code: "ABC", decimals: decimals)
            self.text = text
        }
    }

    @Test(arguments: [
        WrittenRow(0, "0.00"), WrittenRow(1, "0.01"), WrittenRow(-1, "-0.01"), WrittenRow(10, "0.10"),
        WrittenRow(1295, "12.95"), WrittenRow(-300, "-3.00"), WrittenRow(500, "500", decimals: 0),
        WrittenRow(-5, "-5", decimals: 0), WrittenRow(0, "0", decimals: 0), WrittenRow(5, "0.005", decimals: 3),
        WrittenRow(.max, "92233720368547758.07"), WrittenRow(.min, "-92233720368547758.08"),
    ])
    func writing(_ row: WrittenRow) {
        #expect(Money(minorUnits: row.minorUnits, currency: row.currency).decimalText == row.text)
    }
}
