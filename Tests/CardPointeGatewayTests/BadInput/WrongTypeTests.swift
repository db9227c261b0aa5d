import JSON
import Payments
import Processor
import TestSupport
import Testing

/// Documented members of `auth` with values of the wrong kind. That an optional one is refused is inferred; that it
/// counts as absent is the other guess.
@Suite("Members of the wrong type")
struct WrongTypeTests {
    private static let merchant = "496160873888"

    /// Every member that has to be a text, but `merchid`, `account`, `amount` and `expiry`.
    static let optional = [
        "currency", "capture", "orderid", "postal", "cvv2", "name", "address", "address2", "street", "city", "region",
        "country", "phone", "email", "company", "ecomind", "cof", "cofscheduled", "cofpermission", "profile", "acctid",
        "auoptout", "tokenize", "bin", "receipt", "authcode", "accttype", "achEntryCode", "achDescription", "track",
        "signature", "termid", "invoiceid", "ponumber", "taxamnt", "taxexempt", "frtamnt", "dutyamnt", "discamnt",
        "orderdate", "shiptozip", "shipfromzip", "shiptocountry", "securevalue", "securexid", "batchsource", "gsacard",
        "ssnl4", "license", "frontendid", "bankaba",
    ]
    static let wrong: [JSONValue] = [true, false, [], [:], ["Y"], ["value": "Y"], [.null], [[[1]]]]

    private static let ignoring: Session.Scenario = """
        understudy: scenario/1
        name: ignoring
        extends: uat-plain
        gateway: { mistypedMembers: ignore }
        """

    /// Of those that no table lists, other kinds have to be understood by what they are for.
    @Test(arguments: optional)
    func isRefused(_ name: String) throws {
        let gateway = try Gateway()
        guard gateway.behavior.gateway.members[name] != nil else { return }
        for value in Self.wrong {
            let answer = try gateway.auth(Self.merchant, "1.00", JSONObject(pairs: [(name, value)]))
            #expect(Codes(answer) == Codes("PPS", "34", "C", "Invalid field"), "\(value.serializedText())")
            #expect(answer["amount"] == "0.00" && answer["retref"] != nil)
        }
    }

    @Test(arguments: optional)
    func countsAsAbsent(_ name: String) throws {
        let plain = try Gateway(Self.ignoring).auth(Self.merchant, "1.00")
        #expect(plain["respstat"] == "A")
        for value in Self.wrong {
            let answer = try Gateway(Self.ignoring).auth(Self.merchant, "1.00", JSONObject(pairs: [(name, value)]))
            #expect(answer.raw.text == plain.raw.text, "\(value.serializedText())")
        }
    }

    struct Row: Sendable, CustomTestStringConvertible {
        let name: String
        let codes: Codes
        var testDescription: String { name }
    }

    @Test(arguments: [
        Row(name: "account", codes: Codes("PPS", "34", "C", "Invalid field")),
        Row(name: "expiry", codes: Codes("PPS", "34", "C", "Invalid field")),
        Row(name: "amount", codes: Codes("PPS", "43", "C", "Invalid amount")),
    ])
    func required(_ row: Row) throws {
        let gateway = try Gateway()
        for value in Self.wrong {
            let answer = try gateway.auth(Self.merchant, "1.00", JSONObject(pairs: [(row.name, value)]))
            #expect(answer.status == 200 && Codes(answer) == row.codes, "\(value.serializedText())")
            #expect(answer["amount"] == "0.00" && answer["retref"] != nil)
        }
    }

    @Test func merchant() throws {
        let gateway = try Gateway()
        for value in Self.wrong {
            #expect(try gateway.put("auth", ["merchid": value, "amount": "1.00"]).status == 401)
        }
    }

    /// A number stands for its digits, in every member.
    @Test(arguments: [
        "orderid", "name", "postal", "cvv2", "address", "phone", "expiry", "currency", "authcode", "tokenize",
        "unheard",
    ])
    func numbers(_ name: String) throws {
        for digits in ["123", "0", "12345"] {
            let text = try Gateway().auth(Self.merchant, "1.00", JSONObject(pairs: [(name, .string(digits))]))
            let number = try Gateway().auth(Self.merchant, "1.00", JSONObject(pairs: [(name, .number(digits))]))
            #expect(text.raw.text == number.raw.text, "\(digits)")
        }
    }
}
