import JSON
import Payments
import Processor
import TestSupport
import Testing

/// Bank accounts (reference §14), through a card merchant with a linked one and through the linked one itself.
@Suite("Bank accounts")
struct BankAccountTests {
    let gateway: Gateway

    init() throws { gateway = try Gateway() }

    struct Route: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let merchant: String
        let booked: String
        let processor: ProcessorName
        let approval: Codes
        let code: @Sendable (String) -> Bool
    }

    static let routes = [
        Route(
            testDescription: "FNOR with ProfitStars", merchant: "496160873888", booked: "542041", processor: "PSTR",
            approval: Codes("PSTR", "00", "A", "Success"), code: { $0.wholeMatch(of: /[0-9A-Z]{6}/) != nil }),
        Route(
            testDescription: "ProfitStars", merchant: "542041", booked: "542041", processor: "PSTR",
            approval: Codes("PSTR", "00", "A", "Success"), code: { $0.wholeMatch(of: /[0-9A-Z]{6}/) != nil }),
        Route(
            testDescription: "RPCT with Fiserv ACH", merchant: "496170000606", booked: "542099", processor: "BPAY",
            approval: Codes("BPAY", "00", "A", "Approved"), code: { $0 == "AUTH" }),
        Route(
            testDescription: "Fiserv ACH", merchant: "542099", booked: "542099", processor: "BPAY",
            approval: Codes("BPAY", "00", "A", "Approved"), code: { $0 == "AUTH" }),
    ]

    private func debit(
        _ route: Route, _ account: String, _ routing: String?, _ fields: JSONObject = [:]
    ) throws -> Session.Answer {
        var fields = fields
        fields["account"] = .string(account)
        fields["expiry"] = .null
        if let routing { fields["bankaba"] = .string(routing) }
        return try gateway.auth(route.merchant, "12.00", fields)
    }

    @Test(arguments: routes)
    func approval(_ route: Route) throws {
        for routing in ["036001808", "011401533", "053000196", "124001545", "031000503"] {
            for account in ["1234", "15378535", "123123123123", "12345678901234567"] {
                let answer = try debit(route, account, routing, ["accttype": "ECHK", "capture": "Y"])
                #expect(Codes(answer) == route.approval, "\(routing)/\(account)")
                #expect(answer["amount"] == "12.00" && answer["merchid"] == route.booked)
                #expect(answer["avsresp"] == "U" && answer["cvvresp"] == "U")
                #expect(answer["authcode"].map(route.code) == true)
                #expect(answer["batchid"] == "100", "the merchant's first batch")
                let token = try #require(answer["token"])
                #expect(token.hasPrefix("9" + routing.prefix(2)) && token.hasSuffix(account.suffix(4)))
                #expect(answer["entrymode"] == nil && answer["bintype"] == nil)
                #expect(answer["commcard"] == (route.processor == "BPAY" ? "N" : nil), "reference §14")
                let inquiry = try gateway.inquire(try #require(answer["retref"]), route.merchant)
                #expect(inquiry["setlstat"] == "Queued for Capture")
                #expect(inquiry["lastfour"] == String(account.suffix(4)))
            }
        }
    }

    /// The token of `routing/account` does the same, and one from the first payment too.
    @Test(arguments: routes)
    func byToken(_ route: Route) throws {
        let token = try gateway.token(of: "036001808/987654321")
        let answer = try debit(route, token, nil, ["accttype": "ESAV"])
        #expect(Codes(answer) == route.approval && answer["token"] == token)
        #expect(answer["batchid"] == nil)
        let clear = try debit(route, "987654321", "036001808")
        #expect(clear["token"] == token)
        let slash = try debit(route, "036001808/987654321", nil)
        #expect(Codes(slash) == route.approval && slash["token"] == token)
    }

    @Test(arguments: routes)
    func badRoutingNumber(_ route: Route) throws {
        let short = try debit(route, "15378535", "23433")
        #expect(Codes(short) == Codes("PPS", "11", "C", "Invalid card"))
        #expect(short["cardproc"] == route.processor.text && short["merchid"] == route.booked)
        #expect(short["amount"] == "0.00")
        for routing in ["036001809", "000000001", "999999999"] {
            let answer = try debit(route, "15378535", routing)
            let expected =
                route.processor == "PSTR"
                ? Codes("PSTR", "99", "C", "The RoutingNumber (\(routing)) is not a valid routing number.")
                : Codes("BPAY", "99", "C", "Declined: bank account failed validation")
            #expect(Codes(answer) == expected)
            #expect(answer["amount"] == "0.00" && answer["authcode"] == nil && answer["batchid"] == nil)
        }
    }

    @Test(arguments: routes)
    func badAccountLength(_ route: Route) throws {
        for account in ["123", "123456789012345678"] {
            let answer = try debit(route, account, "036001808")
            let masked = String(repeating: "n", count: account.utf8.count)
            let expected =
                route.processor == "PSTR"
                ? Codes(
                    "PSTR", "99", "C", "The AccountNumber (\(masked)) must be between 4 and 17 digits long.")
                : Codes("BPAY", "99", "C", "Declined: bank account failed validation")
            #expect(Codes(answer) == expected)
        }
    }

    @Test(arguments: routes)
    func noZeroAmount(_ route: Route) throws {
        let answer = try gateway.auth(
            route.merchant, "0.00", ["account": "15378535", "bankaba": "036001808", "expiry": .null])
        #expect(Codes(answer) == Codes("PPS", "43", "C", "Invalid amount"))
    }

    /// No amount and no trigger means anything here.
    @Test(arguments: routes)
    func noTriggers(_ route: Route) throws {
        for amount in ["1051.00", "1116.00", "2999.01"] {
            let answer = try gateway.auth(
                route.merchant, amount,
                ["account": "15378535", "bankaba": "036001808", "expiry": .null, "postal": "19112", "cvv2": "111"])
            #expect(Codes(answer) == route.approval, "\(amount)")
            #expect(answer["avsresp"] == "U" && answer["cvvresp"] == "U")
        }
    }

    @Test func merchantWithout() throws {
        let answer = try gateway.auth(
            try gateway.merchant("VPS"), "12.00", ["account": "15378535", "bankaba": "036001808", "expiry": .null])
        #expect(Codes(answer) == Codes("PPS", "48", "C", "Echeck not supported"))
        #expect(answer["merchid"] == (try gateway.merchant("VPS")) && answer["amount"] == "0.00")
    }
}
