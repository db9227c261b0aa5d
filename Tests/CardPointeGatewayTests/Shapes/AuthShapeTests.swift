import HTTP
import JSON
import Payments
import Processor
import TestSupport
import Testing

/// Which members an `auth` answer has (reference §4.2, §4.3): all of them named, so that none comes or goes unseen.
@Suite("Members of auth answers")
struct AuthShapeTests {
    let gateway: Gateway

    init() throws { gateway = try Gateway() }

    /// Each answer of the gateway has these (§4.2: always).
    static let always: Set = [
        "respproc", "respcode", "respstat", "resptext", "retref", "merchid", "account", "amount",
    ]
    static let approval = always.union(["token", "expiry", "authcode", "avsresp", "cvvresp", "commcard"])
    static let decline = always.union(["token", "expiry", "cardproc", "commcard"])

    struct Row: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let processor: ProcessorName
        let amount: String
        let fields: JSONObject
        let members: Set<String>

        init(
            _ name: String, _ processor: ProcessorName, _ amount: String, _ fields: JSONObject,
            _ members: Set<String>
        ) {
            testDescription = name
            self.processor = processor
            self.amount = amount
            self.fields = fields
            self.members = members
        }

        init(_ name: String, _ processor: ProcessorName, _ amount: String, _ members: Set<String>) {
            self.init(name, processor, amount, [:], members)
        }
    }

    static let declined = "4387751111111053"

    static let rows: [Row] = [
        Row("approval on FNOR", "FNOR", "1.00", approval.union(["bintype", "entrymode"])),
        Row("sale on FNOR", "FNOR", "1.00", ["capture": "Y"], approval.union(["bintype", "entrymode", "batchid"])),
        Row("approval on RPCT", "RPCT", "1.00", approval.union(["bintype", "entrymode"])),
        Row("approval on NASH", "NASH", "1.00", approval),
        Row("approval on PMT", "PMT", "1.00", approval),
        Row("approval on PTAM", "PTAM", "1.00", approval.union(["entrymode"])),
        Row("approval on VPS", "VPS", "1.00", approval.union(["entrymode"])),
        Row("approval on VANT", "VANT", "1.00", approval.union(["entrymode"])),
        Row("approval on AMEX", "AMEX", "1.00", approval.union(["entrymode"])),
        Row("zero amount", "FNOR", "0.00", approval.union(["bintype", "entrymode"])),
        Row(
            "zero amount with capture", "FNOR", "0.00", ["capture": "Y"], approval.union(["bintype", "entrymode"])),
        Row(
            "partial approval", "FNOR", "9.00", ["account": "4387750101010101"],
            approval.union(["bintype", "entrymode"])),
        Row("amount decline on FNOR", "FNOR", "1051.00", decline.union(["entrymode"])),
        Row(
            "categorized decline", "FNOR", "1012.00",
            decline.union(["entrymode", "declineCategory", "declineCategoryText"])),
        Row("card decline on FNOR", "FNOR", "1.00", ["account": .string(declined)], decline.union(["entrymode"])),
        Row("card decline on RPCT", "RPCT", "1.00", ["account": .string(declined)], decline),
        Row("decline on NASH", "NASH", "1051.00", decline),
        Row(
            "association", "FNOR", "2888.01", ["account": "4387751111111012"],
            decline.union([
                "entrymode", "assocRespCode", "assocRespText", "declineCategory", "declineCategoryText",
            ])),
        Row(
            "timeout", "FNOR", "1.00", ["account": "4999006200620062"],
            decline.union(["setlstat", "entrymode"])),
        Row(
            "no card", "FNOR", "1.00", ["account": "larry"],
            always.union(["expiry", "cardproc", "commcard", "entrymode"])),
        Row(
            "foreign token", "FNOR", "1.00", ["account": "9418594164549999"],
            always.union(["expiry", "cardproc", "commcard", "entrymode"])),
        Row(
            "no account", "FNOR", "1.00", ["account": .null],
            always.union(["expiry", "cardproc", "commcard", "entrymode"])),
        Row("bad postal code", "FNOR", "1.00", ["postal": "junk"], decline.union(["entrymode"])),
        Row(
            "no expiry", "FNOR", "1.00", ["expiry": .null],
            decline.subtracting(["expiry"]).union(["entrymode"])),
        Row("agreement", "RPCT", "1.00", ["cof": "C"], approval.union(["bintype", "entrymode", "cof"])),
        Row("agreement that is none", "RPCT", "1.00", ["cof": "X"], approval.union(["bintype", "entrymode"])),
        Row("order", "NASH", "1.00", ["orderid": "A-1"], approval.union(["orderId"])),
        Row(
            "bank account", "FNOR", "1.00", ["account": "15378535", "bankaba": "036001808", "expiry": .null],
            approval.subtracting(["expiry", "commcard"])),
        Row(
            "bank account that is bad", "FNOR", "1.00",
            ["account": "15378535", "bankaba": "036001809", "expiry": .null],
            always.union(["token", "cardproc"])),
        Row("voice authorization", "FNOR", "1.00", ["authcode": "A1B2C3"], approval.union(["bintype", "entrymode"])),
    ]

    @Test(arguments: rows)
    func members(_ row: Row) throws {
        let answer = try gateway.auth(try gateway.merchant(row.processor), row.amount, row.fields)
        #expect(answer.names.sorted() == row.members.sorted())
        #expect(answer.json.object?.members.allSatisfy { $0.value.stringValue != nil } == true, "all are texts")
    }

    // MARK: - Values

    @Test func approval() throws {
        let answer = try gateway.auth("496160873888", "1.00", ["capture": "Y", "cvv2": "123", "ecomind": "E"])
        let expected: [String: String] = [
            "amount": "1.00", "resptext": "Approval", "commcard": " C ", "cvvresp": "M", "batchid": "1900941444",
            "avsresp": " ", "respcode": "00", "merchid": "496160873888", "respproc": "FNOR", "respstat": "A",
            "token": "9441149619831111", "account": "9441149619831111", "expiry": "1230", "bintype": "",
            "entrymode": "ECommerce",
        ]
        for (name, value) in expected { #expect(answer[name] == value, "\(name)") }
        // The day of the year, a counter, a node, and the second of the day at 10:00 US Eastern (§16).
        #expect(answer["retref"]?.wholeMatch(of: /002[0-9]{3}136000/) != nil)
    }

    @Test(arguments: [
        ("E", "ECommerce"), ("T", "Moto"), ("R", "Recurring"), ("", "Keyed"), ("x", "Keyed"),
    ])
    func entryMode(_ ecomind: String, _ expected: String) throws {
        let answer = try gateway.auth("496160873888", "1.00", ["ecomind": .string(ecomind)])
        #expect(answer["entrymode"] == expected)
        let declined = try gateway.auth("496160873888", "1051.00", ["ecomind": .string(ecomind)])
        #expect(declined["entrymode"] == expected, "FNOR tells it on declines too")
    }

    /// `tokenize`: the masked number in `account`, the token in `token`.
    @Test func maskedAccount() throws {
        let clear = try gateway.auth("496160873888", "1.00", ["tokenize": "Y", "account": "4111111111111111"])
        #expect(clear["account"] == "41XXXXXXXXXX1111" && clear["token"] == "9418594164541111")
        let short = try gateway.auth("496160873888", "1.00", ["tokenize": "Y", "account": .string(Gateway.amex)])
        #expect(short["account"] == "37XXXXXXXXX8431")
        let byToken = try gateway.auth("496160873888", "1.00", ["tokenize": "Y", "account": "9418594164541111"])
        #expect(byToken["account"] == "41XXXXXXXXXX1111")
        let off = try gateway.auth("496160873888", "1.00", ["tokenize": "N", "account": "4111111111111111"])
        #expect(off["account"] == "9418594164541111")
    }

    /// What was no account comes back as it was sent (§4.2).
    @Test(arguments: ["larry", "4111", "abc def", "<b>&\"'", "ü", "9418594164549999"])
    func rawAccount(_ account: String) throws {
        let answer = try gateway.auth("496160873888", "1.00", ["account": .string(account)])
        #expect(answer["account"] == account && answer["token"] == nil)
        #expect(answer["respproc"] == "PPS" && answer["respstat"] == "C" && answer["amount"] == "0.00")
    }

    @Test func echoedInitiation() throws {
        for cof in ["C", "M", "c"] {
            let answer = try gateway.auth("496160873888", "1.00", ["cof": .string(cof)])
            #expect(answer["cof"] == cof.uppercased())
        }
    }

    /// A voice authorization records the given code and is approved by the gateway (§4.1).
    @Test func voiceAuthorization() throws {
        let answer = try gateway.auth("496160873888", "1.00", ["authcode": "A1B2C3"])
        #expect(Codes(answer) == Codes("PPS", "01", "A", "VoiceAuth Approved"))
        #expect(answer["authcode"] == "A1B2C3" && answer["amount"] == "1.00")
    }

    /// PUT and POST mean the same (§2.1).
    @Test func verbs() throws {
        let body: JSONObject = [
            "merchid": "496160873888", "account": .string(Gateway.visa), "expiry": "1230", "amount": "1.00",
        ]
        let (put, post) = (try Gateway().put("auth", body), try Gateway().put("auth", body, method: .post))
        #expect(put.raw.text == post.raw.text && put["respstat"] == "A")
    }

    /// Numbers are taken as texts, and `null` as absent: clients send both (§4.1).
    @Test func numbersAndNulls() throws {
        let plain = try Gateway().auth("496160873888", "1.00")
        let numbers = try Gateway().put(
            "auth",
            [
                "merchid": 496_160_873_888, "account": .number(Gateway.visa), "expiry": 1230, "amount": .number("1.00"),
                "orderid": .null, "cvv2": .null, "capture": .null, "unheard": [1, 2],
            ])
        #expect(plain.raw.text == numbers.raw.text)
        let minor = try Gateway().auth("496160873888", "100")
        #expect(minor.raw.text == plain.raw.text, "without a point the amount is in cents")
    }
}
