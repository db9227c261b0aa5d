import HTTP
import JSON
import Payments
import TestSupport
import Testing

/// Members and values of capture, void, refund and inquire answers (reference §5 to §8).
@Suite("Members of follow-up answers")
struct FollowUpShapeTests {
    private static let fnor = "496160873888"
    private static let rpct = "496480518000"
    let gateway: Gateway

    init() throws { gateway = try Gateway() }

    private static let capture: Set = [
        "respproc", "amount", "resptext", "setlstat", "commcard", "retref", "respstat", "respcode", "batchid",
        "account",
        "merchid", "token", "authcode",
    ]
    private static let void: Set = [
        "authcode", "respproc", "amount", "resptext", "currency", "retref", "respstat", "respcode", "merchid",
    ]
    private static let refund: Set = [
        "authcode", "respproc", "amount", "resptext", "retref", "respstat", "respcode", "merchid",
    ]
    private static let missing: Set = ["respproc", "resptext", "retref", "respstat", "respcode"]
    private static let inquiry: Set = [
        "amount", "resptext", "setlstat", "respcode", "merchid", "token", "respproc", "authdate", "lastfour", "name",
        "expiry", "currency", "retref", "respstat", "account", "voidable", "refundable", "bintype", "entrymode",
    ]

    private func authorize(_ amount: String = "20.00", _ fields: JSONObject = [:]) throws -> String {
        try #require(try gateway.auth(Self.fnor, amount, fields)["retref"])
    }

    private func expect(
        _ answer: Session.Answer, _ members: Set<String>, _ values: [String: String],
        sourceLocation: SourceLocation = #_sourceLocation
    ) {
        #expect(answer.status == 200, sourceLocation: sourceLocation)
        #expect(answer.names.sorted() == members.sorted(), sourceLocation: sourceLocation)
        for (name, value) in values { #expect(answer[name] == value, "\(name)", sourceLocation: sourceLocation) }
    }

    // MARK: - Capture

    @Test func captureInFullInPartAndAgain() throws {
        let reference = try authorize()
        let full = try gateway.follow("capture", Self.fnor, reference)
        expect(
            full, Self.capture,
            [
                "respproc": "FNOR", "amount": "20.00", "resptext": "Approval", "setlstat": "Queued for Capture",
                "retref": reference, "respstat": "A", "respcode": "00", "batchid": "1900941444", "merchid": Self.fnor,
                "account": "9441149619831111", "token": "9441149619831111", "commcard": " C ",
            ])
        #expect(try gateway.follow("capture", Self.fnor, reference).raw.text == full.raw.text, "approved again")
        let part = try gateway.follow("capture", Self.fnor, try authorize(), ["amount": "5.00"])
        expect(part, Self.capture, ["amount": "5.00", "setlstat": "Queued for Capture", "batchid": "1900941444"])
        let byNumber = try gateway.put(
            "capture", ["merchid": .string(Self.fnor), "retref": .number(String(Int(reference)!))])
        #expect(byNumber["respcode"] == (reference.hasPrefix("0") ? "29" : "00"), "a number has no leading zero")
    }

    @Test func captureOfWhatCannotBe() throws {
        let voided = try authorize()
        _ = try gateway.follow("void", Self.fnor, voided)
        let after = try gateway.follow("capture", Self.fnor, voided)
        expect(after, Self.capture, ["setlstat": "Voided", "respcode": "00", "batchid": "-1", "amount": "0.00"])
        let declined = try gateway.follow("capture", Self.fnor, try authorize("1051.00"))
        expect(
            declined, Self.capture.subtracting(["authcode"]),
            ["setlstat": "Declined", "respcode": "51", "respstat": "C", "batchid": "-1"])
        let zero = try gateway.follow("capture", Self.fnor, try authorize("0.00"))
        expect(zero, Self.capture, ["setlstat": "Zero Amount", "respcode": "00", "batchid": "-1"])
        let settled = try gateway.sale(Self.fnor, "3.00")
        try gateway.nextDay()
        expect(try gateway.follow("capture", Self.fnor, settled), Self.capture, ["setlstat": "Accepted"])
    }

    @Test func captureThatIsRefused() throws {
        let members = Self.missing.union(["batchid", "account"])
        let unknown = try gateway.follow("capture", Self.fnor, "23221")
        expect(
            unknown, members,
            [
                "respproc": "PPS", "resptext": "Txn not found", "retref": "23221", "respstat": "C", "respcode": "29",
                "batchid": "-1", "account": "",
            ])
        let missing = try gateway.put("capture", ["merchid": .string(Self.fnor)])
        expect(
            missing, members,
            ["resptext": "Invalid field", "respcode": "34", "retref": "", "batchid": "-1", "account": ""])
        let reference = try authorize()
        let over = try gateway.follow("capture", Self.fnor, reference, ["amount": "20.01"])
        expect(over, members, ["respcode": "42", "resptext": "Above max amount", "retref": reference])
        let other = try gateway.follow("capture", Self.rpct, reference)
        #expect(other["respcode"] == "29", "of another merchant")
    }

    @Test(arguments: ["1e9", "-0", "10.001", "", "٣", "-5.00", "0", "0.00", "abc", String(repeating: "9", count: 40)])
    func captureOfABadAmount(_ amount: String) throws {
        let reference = try authorize()
        let answer = try gateway.follow("capture", Self.fnor, reference, ["amount": .string(amount)])
        if amount.isEmpty {
            #expect(answer["amount"] == "20.00", "an empty amount is none: all of it")
        } else {
            #expect(Codes(answer) == Codes("PPS", "43", "C", "Invalid amount"))
            #expect(try gateway.inquire(reference, Self.fnor)["setlstat"] == "Authorized")
        }
    }

    // MARK: - Void

    @Test func voidInFullInPartAndAgain() throws {
        let reference = try authorize()
        let part = try gateway.follow("void", Self.fnor, reference, ["amount": "5.00"])
        expect(
            part, Self.void,
            [
                "authcode": "REVERS", "respproc": "FNOR", "amount": "15.00", "resptext": "Approval", "currency": "USD",
                "retref": reference, "respstat": "A", "respcode": "00", "merchid": Self.fnor,
            ])
        #expect(try gateway.inquire(reference, Self.fnor)["setlstat"] == "Authorized")
        let rest = try gateway.follow("void", Self.fnor, reference, ["amount": "0"])
        expect(rest, Self.void, ["amount": "0.00", "authcode": "REVERS"])
        let inquiry = try gateway.inquire(reference, Self.fnor)
        #expect(inquiry["setlstat"] == "Voided" && inquiry["voidable"] == "N")
        #expect(try gateway.follow("void", Self.fnor, reference).raw.text == rest.raw.text, "the same once more")
    }

    @Test func voidOfASale() throws {
        let sale = try gateway.sale(Self.fnor, "20.00")
        let part = try gateway.follow("void", Self.fnor, sale, ["amount": "5.00"])
        #expect(part["respcode"] == "43", "a queued one only as a whole")
        let whole = try gateway.follow("void", Self.fnor, sale)
        expect(whole, Self.void, ["amount": "0.00", "authcode": "REVERS", "respstat": "A"])
    }

    @Test func voidThatIsRefused() throws {
        let unknown = try gateway.follow("void", Self.fnor, "23221")
        expect(unknown, Self.missing, ["respcode": "29", "retref": "23221", "respproc": "PPS", "respstat": "C"])
        let missing = try gateway.put("void", ["merchid": .string(Self.fnor)])
        expect(
            missing, Self.missing.union(["amount", "currency"]),
            ["respcode": "34", "amount": "0.00", "currency": "", "retref": ""])
        let declined = try gateway.follow("void", Self.fnor, try authorize("1051.00"))
        expect(declined, Self.missing, ["respcode": "25", "resptext": "No matching auth for reversal"])
        let voice = try gateway.follow("void", Self.fnor, try authorize("1.00", ["authcode": "A1B2C3"]))
        expect(voice, Self.missing, ["respcode": "70", "resptext": "Voice authorization cannot be voided"])
        let over = try gateway.follow("void", Self.fnor, try authorize(), ["amount": "20.01"])
        expect(over, Self.missing, ["respcode": "43"])
        let old = try authorize()
        let sale = try gateway.sale(Self.fnor, "3.00")
        try gateway.nextDay()
        expect(
            try gateway.follow("void", Self.fnor, sale), Self.missing, ["respcode": "27", "resptext": "Txn Batched"])
        try gateway.session.advance(by: .seconds(30 * 86_400))
        expect(
            try gateway.follow("void", Self.fnor, old), Self.missing,
            ["respcode": "39", "resptext": "Void not permitted after 30 days"])
    }

    @Test func voidByOrder() throws {
        let fields: JSONObject = ["orderid": "A-1"]
        let first = try authorize("20.00", fields)
        let second = try authorize("30.00", fields)
        _ = try authorize("1051.00", fields)
        let body: JSONObject = ["merchid": .string(Self.fnor), "orderid": "A-1"]
        for _ in 0..<3 {
            let answer = try gateway.put("voidByOrderId", body)
            expect(answer, Self.void.union(["orderId"]), ["retref": second, "amount": "0.00", "orderId": "A-1"])
        }
        #expect(try gateway.inquire(first, Self.fnor)["setlstat"] == "Authorized", "only the newest")
        let unknown = try gateway.put("voidByOrderId", body.replacing("orderid", "B"))
        #expect(unknown["respcode"] == "29")
        let elsewhere = try gateway.put("voidByOrderId", body.replacing("merchid", .string(Self.rpct)))
        #expect(elsewhere["respcode"] == "29", "looks inside the merchant")
        let missing = try gateway.put("voidByOrderId", ["merchid": .string(Self.fnor)])
        expect(missing, Self.missing.union(["amount", "currency"]), ["respcode": "34", "retref": ""])
    }

    // MARK: - Refund

    @Test func refundOnlineAndOffline() throws {
        let visa = try gateway.sale(Self.fnor, "20.00")
        let amex = try gateway.sale(Self.fnor, "20.00", ["account": .string(Gateway.amex)])
        let early = try gateway.follow("refund", Self.fnor, visa)
        expect(early, Self.missing, ["respcode": "28", "resptext": "Txn not settled", "retref": visa])
        try gateway.nextDay()
        let online = try gateway.follow("refund", Self.fnor, visa, ["amount": "5.00"])
        expect(
            online, Self.refund,
            ["respproc": "FNOR", "amount": "5.00", "resptext": "Approval", "respstat": "A", "merchid": Self.fnor])
        #expect(online["authcode"]?.hasPrefix("PPS") == true && online["retref"] != visa)
        let offline = try gateway.follow("refund", Self.fnor, amex)
        expect(
            offline, Self.refund,
            ["respproc": "PPS", "respcode": "00", "amount": "20.00", "authcode": "REFUND", "resptext": "Approval"])
        let rest = try gateway.follow("refund", Self.fnor, visa)
        expect(rest, Self.refund, ["amount": "15.00"])
        let over = try gateway.follow("refund", Self.fnor, visa)
        expect(over, Self.missing, ["respcode": "43", "resptext": "Invalid amount", "retref": visa])
        let inquiry = try gateway.inquire(visa, Self.fnor)
        #expect(inquiry["setlstat"] == "Accepted", "the original keeps its own (§7)")
    }

    @Test func refundThatIsRefused() throws {
        let unknown = try gateway.follow("refund", Self.fnor, "23221")
        expect(unknown, Self.missing, ["respcode": "29", "retref": "23221", "respproc": "PPS"])
        let missing = try gateway.put("refund", ["merchid": .string(Self.fnor)])
        expect(missing, Self.missing, ["respcode": "29", "retref": ""])
        let sale = try gateway.sale(Self.rpct, "20.00")
        #expect(try gateway.follow("refund", Self.fnor, sale)["respcode"] == "29", "of another merchant")
        for amount in ["20.01", "1e9", "-1.00", "10.001", "0", "x"] {
            let answer = try gateway.follow("refund", Self.rpct, sale, ["amount": .string(amount)])
            #expect(Codes(answer) == Codes("PPS", "43", "C", "Invalid amount"), "refund of \(amount)")
        }
        #expect(try gateway.follow("refund", Self.rpct, sale)["amount"] == "20.00", "nothing was refunded before")
    }

    // MARK: - Inquire

    @Test func inquireAlongTheWay() throws {
        let reference = try authorize("20.00", ["name": "Jo Doe", "capture": "N"])
        let values = [
            "amount": "20.00", "authdate": "20300102", "lastfour": "1111", "name": "Jo Doe", "currency": "USD",
        ]
        let members = Self.inquiry.union(["authcode"])
        expect(
            try gateway.inquire(reference, Self.fnor), members,
            values.merging(["setlstat": "Authorized", "voidable": "Y", "refundable": "N"]) { $1 })
        _ = try gateway.follow("capture", Self.fnor, reference)
        expect(
            try gateway.inquire(reference, Self.fnor), members.union(["batchid", "capturedate"]),
            values.merging([
                "setlstat": "Queued for Capture", "capturedate": "20300102100000", "voidable": "Y", "refundable": "N",
            ]) { $1 })
        try gateway.nextDay()
        expect(
            try gateway.inquire(reference, Self.fnor), members.union(["batchid", "capturedate", "settledate"]),
            values.merging([
                "setlstat": "Accepted", "settledate": "20300103000000", "voidable": "N", "refundable": "Y",
                "batchid": "1900941444",
            ]) { $1 })
    }

    @Test func inquireOfADecline() throws {
        let reference = try authorize("1051.00")
        expect(
            try gateway.inquire(reference, Self.fnor), Self.inquiry,
            [
                "setlstat": "Declined", "amount": "0.00", "respcode": "51", "name": "", "voidable": "N",
                "refundable": "N",
            ])
    }

    @Test func inquireOfARefund() throws {
        let sale = try gateway.sale(Self.rpct, "20.00")
        let refund = try #require(try gateway.follow("refund", Self.rpct, sale, ["amount": "5.00"])["retref"])
        let inquiry = try gateway.inquire(refund, Self.rpct)
        #expect(inquiry["amount"] == "5.00" && inquiry["setlstat"] == "Queued for Capture")
        let original = try gateway.inquire(sale, Self.rpct)
        #expect(original["amount"] == "20.00" && original["refundable"] == "Y")
    }

    /// What the request had beyond money and account comes back in inquiries only (§4.2, §8.1, §19).
    @Test func memos() throws {
        let fields: JSONObject = [
            "userfields": [["shift": "late"], ["till": "3"]], "secureflag": "05", "securedstid": "ab-12",
            "secureexemption": "lowrisk",
        ]
        let answer = try gateway.auth(Self.fnor, "1.00", fields)
        #expect(answer.names.isDisjoint(with: fields.names))
        let inquiry = try gateway.inquire(try #require(answer["retref"]), Self.fnor)
        for member in fields.members { #expect(inquiry.json[member.name] == member.value) }
    }

    @Test(arguments: ["CCSDK", "0", "999999999999", "%20", "a%2Fb"])
    func inquireOfNothing(_ reference: String) throws {
        let answer = try gateway.inquire(reference, Self.fnor)
        let decoded = ["%20": " ", "a%2Fb": "a/b"][reference] ?? reference
        expect(
            answer, Self.missing,
            ["resptext": "Txn not found", "respcode": "29", "retref": decoded, "respstat": "C", "respproc": "PPS"])
    }

    /// One object for one, an array for several; the site unless the merchant is asked for (§8.2).
    @Test func inquireByOrder() throws {
        func inquire(_ order: String, _ merchant: String, _ set: String = "") throws -> JSONValue {
            try gateway.session.send(.get, "\(Gateway.base)/inquireByOrderid/\(order)/\(merchant)\(set)").json
        }
        let first = try authorize("1.00", ["orderid": "A 1"])
        #expect(try inquire("A%201", Self.fnor)["retref"]?.text == first)
        let other = try #require(try gateway.auth(Self.rpct, "2.00", ["orderid": "A 1"])["retref"])
        #expect(try inquire("A%201", Self.fnor).array?.map { $0["retref"]?.text } == [first, other])
        #expect(try inquire("A%201", Self.fnor, "/1")["retref"]?.text == first)
        #expect(try inquire("A%201", Self.rpct, "/1")["retref"]?.text == other)
        #expect(try inquire("A%201", Self.rpct, "/0").array?.count == 2)
        let missing = try inquire("B", Self.fnor)
        #expect(missing["respcode"]?.text == "29" && missing["respproc"]?.text == "PPS")
        #expect(try inquire("A%201", try gateway.merchant("NASH"), "/1")["respcode"]?.text == "29")
    }
}
