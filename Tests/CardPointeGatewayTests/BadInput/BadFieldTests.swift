import JSON
import Payments
import TestSupport
import Testing

/// Single members of `auth` that are wrong (reference §4.4): each has an exact answer, and what follows still works.
@Suite("Members that are wrong")
struct BadFieldTests {
    private static let merchant = "496160873888"
    let gateway: Gateway

    init() throws { gateway = try Gateway() }

    struct Row: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let fields: JSONObject
        let codes: Codes

        init(_ name: String, _ field: String, _ value: JSONValue, _ codes: Codes) {
            testDescription = "\(field): \(name)"
            fields = JSONObject(pairs: [(field, value)])
            self.codes = codes
        }

        init(_ field: String, _ value: JSONValue, _ codes: Codes) {
            self.init(String(value.serializedText().prefix(40)), field, value, codes)
        }
    }

    private func expect(_ row: Row) throws {
        let answer = try gateway.auth(Self.merchant, "10.00", row.fields)
        #expect(answer.status == 200)
        #expect(Codes(answer) == row.codes)
        if !row.codes.isApproval { #expect(answer["amount"] == "0.00" && answer["authcode"] == nil) }
        let after = try gateway.auth(Self.merchant, "10.00")
        #expect(after["respstat"] == "A", "the next one is an ordinary one")
    }

    static let approved = Codes("FNOR", "00", "A", "Approval")
    static let invalidAmount = Codes("PPS", "43", "C", "Invalid amount")
    static let invalidField = Codes("PPS", "34", "C", "Invalid field")
    static let invalidCard = Codes("PPS", "11", "C", "Invalid card")

    @Test(arguments: [
        "1e9", "1E2", "-0", "-0.00", "10.001", "10.", ".", "-", "", " ", " 10.00", "10.00 ", "٣", "１０", "1,000.00",
        "+5", "0x10", "NaN", "Infinity", "$10.00", "10.00.00", "--5", "5-", "null", "1 0", "10,00", "\u{0}", "1\n",
    ])
    func amountText(_ amount: String) throws {
        let codes: Codes =
            switch amount {
            // A point without digits behind it is whole dollars; nothing is no amount at all.
            case "10.": Self.approved
            case "": Self.invalidField
            default: Self.invalidAmount
            }
        try expect(Row("amount", .string(amount), codes))
    }

    @Test(arguments: [
        Row("40 digits", "amount", .string(String(repeating: "9", count: 40)), invalidAmount),
        Row("40 digits as a number", "amount", .number(String(repeating: "9", count: 40)), invalidAmount),
        Row("15 characters", "amount", "999999999999.99", invalidAmount),
        Row("14 characters", "amount", "99999999999.99", approved),
        Row("the largest integer and one", "amount", "9223372036854775808", invalidAmount),
        Row("exponent", "amount", .number("1e9"), invalidAmount),
        Row("exponent", "amount", .number("1E-2"), invalidAmount),
        Row("negative zero", "amount", .number("-0"), invalidAmount),
        Row("too many decimals", "amount", .number("10.001"), invalidAmount),
        Row("true", "amount", true, invalidAmount), Row("array", "amount", ["10.00"], invalidAmount),
        Row("object", "amount", ["value": "10.00"], invalidAmount),
        Row("negative", "amount", "-10.00", Codes("PPS", "45", "C", "Refunds without reference not supported")),
        Row(
            "negative number", "amount", .number("-10"),
            Codes("PPS", "45", "C", "Refunds without reference not supported")),
        Row("a cent", "amount", ".01", approved), Row("cents", "amount", 1, approved),
        Row("leading zeros", "amount", "00000000010.00", approved),
    ])
    func amount(_ row: Row) throws { try expect(row) }

    @Test(arguments: [
        Row("account", "", invalidField), Row("account", " ", invalidCard), Row("account", "larry", invalidCard),
        Row("account", true, invalidField), Row("account", [], invalidField), Row("account", [:], invalidField),
        Row("account", "4111", invalidCard), Row("account", "0", invalidCard),
        Row("account", "41111111111", invalidCard),
        Row("20 digits", "account", .string(String(repeating: "4", count: 20)), invalidCard),
        Row("one digit off", "account", "4111111111111112", Codes("PPS", "13", "C", "Bad card check digit")),
        Row("as printed", "account", "4111 1111 1111 1111", approved),
        Row("hyphens", "account", "4111-1111-1111-1111", approved),
        Row("full-width digits", "account", "４１１１１１１１１１１１１１１１", invalidCard),
        Row("exponent", "account", .number("4.111111111111111E15"), invalidCard),
        Row("control characters", "account", "4111\u{0}1111\u{1F}", invalidCard),
        Row("unknown token", "account", "9999999999999995", Codes("PPS", "98", "C", "Invalid token")),
        Row(
            "unknown brand", "account", .string(withCheckDigit("900000000000")),
            Codes("PPS", "33", "C", "Unknown card type")),
        Row(
            "Mastercard of the second range", "account",
            .string(withCheckDigit("2221" + String(repeating: "0", count: 11))),
            Codes("PPS", "33", "C", "Unknown card type")),
        Row(
            "Visa of 13 digits", "account", .string(withCheckDigit("422222222222")),
            Codes("PPS", "33", "C", "Unknown card type")),
        Row("a slash", "account", "/", invalidCard), Row("two slashes", "account", "1/2/3", invalidCard),
    ])
    func account(_ row: Row) throws { try expect(row) }

    private static func withCheckDigit(_ stem: String) -> String { stem + String(Luhn.checkDigit(for: stem)) }

    @Test(arguments: [
        Row("expiry", "1330", Codes("PPS", "15", "C", "Non-numeric expiry")),
        Row("expiry", "0030", Codes("PPS", "15", "C", "Non-numeric expiry")),
        Row("expiry", "12ab", Codes("PPS", "15", "C", "Non-numeric expiry")),
        Row("expiry", "123", Codes("PPS", "15", "C", "Non-numeric expiry")),
        Row("expiry", "١٢٣٠", Codes("PPS", "15", "C", "Non-numeric expiry")),
        Row("expiry", "-130", Codes("PPS", "15", "C", "Non-numeric expiry")),
        Row("expiry", "", invalidField),
        // The gateway does not ask whether the card has expired (§4.4).
        Row("expiry", "0101", approved), Row("expiry", "9/2020", approved), Row("expiry", "20301", approved),
        Row("expiry", "203012", approved), Row("expiry", "20301231", approved), Row("expiry", 1230, approved),
        Row("cvv2", "12a", Codes("PPS", "14", "C", "Non-numeric CVV")),
        Row("cvv2", " 12", Codes("PPS", "14", "C", "Non-numeric CVV")),
        Row("cvv2", "١٢٣", Codes("PPS", "14", "C", "Non-numeric CVV")),
        Row("cvv2", "12", invalidField), Row("cvv2", "12345", invalidField), Row("cvv2", 123, approved),
        Row("cvv2", "", approved),
        Row("postal", "junk", Codes("PPS", "17", "C", "Invalid zip")),
        Row("postal", "1234", Codes("PPS", "17", "C", "Invalid zip")),
        Row("postal", "123456", Codes("PPS", "17", "C", "Invalid zip")),
        Row("postal", "٣٣٣٣٣", Codes("PPS", "17", "C", "Invalid zip")),
        Row("postal", "12345-6789", approved), Row("postal", 30301, approved), Row("postal", "", approved),
        Row("currency", "EUR", Codes("PPS", "32", "C", "Wrong currency for merch")),
        Row("currency", "840", Codes("PPS", "32", "C", "Wrong currency for merch")),
        Row("currency", "USD", approved), Row("currency", "usd", approved), Row("currency", "", approved),
    ])
    func formats(_ row: Row) throws { try expect(row) }

    /// What is wrong first, answers (§4.4: fields, account, amount, currency, postal, CVV, expiry).
    @Test func order() throws {
        var fields: JSONObject = [
            "account": "larry", "amount": "1e9", "currency": "EUR", "postal": "junk", "cvv2": "abc", "expiry": "x",
        ]
        for (repair, code) in [
            ("", "11"), ("account", "43"), ("amount", "32"), ("currency", "17"), ("postal", "14"), ("cvv2", "15"),
            ("expiry", "00"),
        ] {
            let good: [String: JSONValue] = [
                "account": .string(Gateway.visa), "amount": "10.00", "currency": "USD", "postal": "30301",
                "cvv2": "123",
                "expiry": "1230",
            ]
            if let value = good[repair] { fields[repair] = value }
            #expect(try gateway.auth(Self.merchant, "10.00", fields)["respcode"] == code, "after \(repair)")
        }
    }

    @Test func postalCodeElsewhere() throws {
        for country in ["CA", "GB", "ca"] {
            let answer = try gateway.auth(
                Self.merchant, "10.00", ["postal": "2060", "country": .string(country)])
            #expect(Codes(answer) == Self.approved, "\(country)")
        }
    }

    /// Texts of any length and of any characters come back as they were, and break nothing.
    @Test(arguments: [
        "", "\u{0}\u{1}\u{1F}\u{7F}", "\"\\/\u{8}\u{C}\n\r\t", "ü😀\u{2028}\u{FFFF}", "e\u{301}", "<script>",
        String(repeating: "y", count: 10_000),
    ])
    func texts(_ text: String) throws {
        let gateway = try Gateway(
            """
            understudy: scenario/1
            name: keeping
            extends: uat-plain
            gateway: { longMembers: keep }
            """)
        let fields: JSONObject = ["name": .string(text), "orderid": .string("o" + text), "address": .string(text)]
        let answer = try gateway.auth(Self.merchant, "10.00", fields)
        #expect(Codes(answer) == Self.approved)
        #expect(answer["orderId"] == "o" + text)
        let inquiry = try gateway.inquire(try #require(answer["retref"]), Self.merchant)
        #expect(inquiry["name"] == text && inquiry["orderId"] == "o" + text)
        #expect(inquiry["address"] == nil)
    }

    struct Length: Sendable, CustomTestStringConvertible {
        let scenario: Session.Scenario
        let name: String
        let codes: Codes
        var testDescription: String { name }

        init(_ name: String, _ codes: Codes) {
            scenario = .inline(
                "understudy: scenario/1\nname: lengths\nextends: uat-plain\ngateway: { longMembers: \(name) }\n")
            self.name = name
            self.codes = codes
        }
    }

    /// A text of exactly the length of its member is as it should be; one more character, and the scenario decides.
    @Test(arguments: [
        Length("keep", approved), Length("cut", approved), Length("refuse", Codes("PPS", "34", "C", "Invalid field")),
    ])
    func longTexts(_ row: Length) throws {
        let gateway = try Gateway(row.scenario)
        let fits = String(repeating: "ü", count: 30)
        let good = try gateway.auth(Self.merchant, "10.00", ["name": .string(fits)])
        #expect(Codes(good) == Self.approved)
        #expect(try gateway.inquire(try #require(good["retref"]), Self.merchant)["name"] == fits)
        let long = try gateway.auth(Self.merchant, "10.00", ["name": .string(fits + "x")])
        #expect(Codes(long) == row.codes)
        let name = try gateway.inquire(try #require(long["retref"]), Self.merchant)["name"]
        #expect(name == (row.name == "cut" ? fits : fits + "x"))
    }

    /// Unknown members are no mistake (§4.1).
    @Test func unknownMembers() throws {
        let answer = try gateway.auth(
            Self.merchant, "10.00", ["": 1, "Amount": "20.00", "AMOUNT": [], "gsacard": "N", "ssnl4": "1234"])
        #expect(Codes(answer) == Self.approved && answer["amount"] == "10.00")
    }
}
