import JSON
import Payments
import Processor
import TestSupport
import Testing

/// The collected tables themselves, row by row through the service: independent of what the scenario makes of them.
@Suite("The service answers as the collected tables say", .enabled(if: Reference.isThere))
struct ReferenceTableTests {
    let gateway: Gateway

    init() throws { gateway = try Gateway() }

    private func auth(
        _ processor: ProcessorName, _ amount: String, _ fields: JSONObject = [:]
    ) throws -> Session.Answer {
        try gateway.auth(try gateway.merchant(processor), amount, fields)
    }

    private func account(_ row: Reference.Row, _ column: String = "pan") throws -> JSONObject {
        ["account": .string(try #require(row[column]))]
    }

    // MARK: - Amounts

    @Test(arguments: Table.amountEmulators)
    func amountCodes(_ processor: ProcessorName) throws {
        let rows = try Reference.rows("cardpointe-amount-codes")
        #expect(rows.count == 485)
        for row in rows where row["respproc"] == processor.text {
            let amount = try #require(row["amount"])
            let answer = try auth(processor, amount)
            #expect(Codes(answer) == Codes(row), "auth of \(amount)")
            #expect(answer["amount"] == (row["respstat"] == "A" ? amount : "0.00"), "auth of \(amount)")
        }
    }

    @Test(arguments: Table.refundEmulators)
    func refundCodes(_ processor: ProcessorName) throws {
        let merchant = try gateway.merchant(processor)
        let rows = try Reference.rows("cardpointe-amount-codes").filter {
            $0["respproc"] == processor.text && $0["refund_too"] == "yes"
        }
        let sales = try rows.map { _ in try gateway.sale(merchant, "5000.00") }
        try gateway.nextDay()
        for (row, sale) in zip(rows, sales) {
            let amount: JSONValue = .string(try #require(row["amount"]))
            let answer = try gateway.follow("refund", merchant, sale, ["amount": amount])
            #expect(Codes(answer) == Codes(row), "refund of \(amount.text ?? "")")
        }
        #expect(!rows.isEmpty)
    }

    /// Rows that give examples; the others are ranges, which the other tests walk through.
    @Test func amountRuleExamples() throws {
        #expect(try Reference.rows("cardpointe-amount-rules").count == 16)
        #expect(try auth("RPCT", "111695")["respcode"] == "116")
        #expect(try auth("RPCT", "111695")["resptext"] == "Not sufficient funds")
        #expect(try auth("RPCT", "1116.95")["respcode"] == "116")
        #expect(try auth("RPCT", "1332.00")["respcode"] == "332")
        #expect(try Codes(auth("RPCT", "1500.00")) == Codes("RPCT", "500", "C", "Decline"))
        #expect(try auth("FNOR", "1051.37")["respcode"] == "51")
        #expect(try auth("RPCT", "1100.35")["resptext"] == "Do not honor")
        #expect(try auth("FNOR", "1000")["amount"] == "10.00", "implied decimals")
    }

    // MARK: - Cards

    /// Rows that are a card, with what they say. Left out: `rule` (no card but a range: ``TestCardTests`` makes numbers
    /// of it), `advice` and `association` (their own tables say more), `account-updater` (last digits, and an endpoint
    /// that is none of these), `ach` and `ach-bad` (below).
    @Test(arguments: ["approve", "decline", "partial", "timeout", "pin-debit"])
    func testCards(_ category: String) throws {
        var checked = 0
        for row in try Reference.rows("cardpointe-test-cards") where row["category"] == category {
            for processor in Reference.processors(row["emulators"]) {
                try expect(row, category, processor)
                checked += 1
            }
        }
        let expected = ["approve": 18, "decline": 24, "partial": 6, "timeout": 6, "pin-debit": 4]
        #expect(checked == expected[category])
    }

    private func expect(_ row: Reference.Row, _ category: String, _ processor: ProcessorName) throws {
        // One row is an example of an amount rule, and its code is that of the amount.
        let isAmountSample = row["condition"]?.contains("111695") == true
        let codes = try codes(row, processor)
        let answer = try auth(processor, isAmountSample ? "111695" : "10.00", try account(row))
        #expect(Codes(answer) == codes, "\(row["pan"] ?? "") on \(processor)")
        switch category {
        case "partial": #expect(answer["amount"] == "5.00")
        case "timeout": #expect(answer.raw.delay == .seconds(32))
        case "decline": #expect(answer["amount"] == "0.00")
        default: #expect(answer["amount"] == (codes.isApproval ? "10.00" : "0.00"))
        }
        if row["authcode"]?.hasPrefix("PPS") == true { #expect(answer["authcode"]?.hasPrefix("PPS") == true) }
    }

    /// Some rows give the codes of FNOR and RPCT as `00/000`; those of PIN debit give none and approve.
    private func codes(_ row: Reference.Row, _ processor: ProcessorName) throws -> Codes {
        if row["category"] == "timeout" { return Codes(row, processor: "PPS") }
        if row["category"] == "pin-debit" { return Codes(try gateway.profile(processor).approval) }
        var codes = Codes(row, processor: processor.text)
        let parts = (row["respcode"] ?? "").split(separator: "/").map(String.init)
        if parts.count == 2 { codes.code = processor == "FNOR" ? parts[0] : parts[1] }
        return codes
    }

    @Test func associationCodes() throws {
        let rows = try Reference.rows("cardpointe-assoc-codes")
        #expect(rows.count == 178)
        for row in rows {
            for processor in ["FNOR", "RPCT"] as [ProcessorName] {
                for amount in [row["amount"], row["amount_minor"]] {
                    let answer = try auth(processor, try #require(amount), try account(row))
                    #expect(answer["respcode"] == row["respcode"], "\(row)")
                    #expect(answer["respstat"] == "C" && answer["respproc"] == processor.text, "\(row)")
                    #expect(answer["assocRespCode"] == row["assocRespCode"], "\(row)")
                    #expect(answer["assocRespText"] == row["assocRespText"], "\(row)")
                }
            }
        }
    }

    @Test func adviceCodes() throws {
        let rows = try Reference.rows("cardpointe-merch-advice")
        #expect(rows.count == 25)
        for row in rows {
            for processor in ["FNOR", "RPCT"] as [ProcessorName] {
                var fields = try account(row, "uat_pan")
                fields["cof"] = "C"
                fields["cofscheduled"] = "Y"
                #expect(try auth(processor, "1.00", fields)["respstat"] == "A")
                fields["cof"] = "M"
                let answer = try auth(processor, try #require(row["uat_amount_minor"]), fields)
                #expect(answer["respcode"] == row["uat_respcode"], "\(row)")
                #expect(answer["respstat"] == "C" && answer["respproc"] == processor.text, "\(row)")
                #expect(answer["merchAdviceCode"] == row["merchAdviceCode"], "\(row)")
                #expect(answer["merchAdviceText"] == row["merchAdviceText"], "\(row)")
                #expect(answer["declineCategory"] ?? "" == row["declineCategory"], "\(row)")
            }
        }
    }

    // MARK: - Verification

    /// Left out: the rows without a trigger, of which ``VerificationTests`` checks the defaults.
    @Test func addressVerification() throws {
        let rows = try Reference.rows("cardpointe-avs").filter { !$0["trigger_last3"]!.hasPrefix("(") }
        #expect(rows.count == 57)
        for row in rows {
            let trigger = try #require(row["trigger_last3"])
            for processor in Reference.processors(row["emulators"]) {
                let byAddress = try auth(processor, "10.00", ["address": .string("\(trigger) Main Street")])
                #expect(byAddress["avsresp"] == row["avsresp"], "\(trigger) on \(processor)")
                // A postal code with letters is for other countries, which two emulators do not know.
                let hasLetters = trigger.contains { $0.isLetter }
                if hasLetters, ["AMEX", "VANT"].contains(processor.text) { continue }
                let byPostal = try auth(
                    processor, "10.00",
                    ["postal": .string("19" + trigger), "country": .string(hasLetters ? "CA" : "US")])
                #expect(byPostal["avsresp"] == row["avsresp"], "\(trigger) on \(processor)")
            }
        }
    }

    /// Left out: the rows of kind `meaning`.
    @Test func cardVerification() throws {
        for row in try Reference.rows("cardpointe-cvv") where ["trigger", "observed"].contains(row["kind"]) {
            for processor in Reference.processors(row["emulators"]) {
                let answer = try verification(row, processor)
                #expect(answer["cvvresp"] == row["cvvresp"], "\(row) on \(processor)")
                #expect(answer["respstat"] == "A")
            }
        }
    }

    private func verification(_ row: Reference.Row, _ processor: ProcessorName) throws -> Session.Answer {
        switch row["cvv2"] {
        // A recurring payment stands for one with a profile; the empty result is one of a present card.
        case "(absent)" where row["cvvresp"] == "":
            return try auth(processor, "10.00", ["account": .null, "track": "TEST-CHIP"])
        case "(absent)":
            return try auth(processor, "10.00", row["cvvresp"] == "P" ? ["ecomind": "R"] : ["ecomind": "E"])
        case "(ACH)":
            return try auth(processor, "10.00", ["account": "15378535", "bankaba": "036001808", "expiry": .null])
        default: return try auth(processor, "10.00", ["cvv2": .string(row["cvv2"] ?? "")])
        }
    }

    // MARK: - Bank accounts and tokens

    @Test func bankAccounts() throws {
        // What the prose of the rows says: account, routing number.
        let rows = try Reference.rows("cardpointe-test-cards")
        let ach = rows.filter { $0["category"] == "ach" }
        #expect(ach.count == 4)
        for row in ach {
            let processor = try #require(Reference.processors(row["emulators"]).first)
            let routings = row["condition"]!.matches(of: /[0-9]{9}/).map { String($0.output) }
            let account = row["pan"]!.contains("any") ? "1234567" : row["pan"]!
            #expect(!routings.isEmpty)
            for routing in routings {
                let answer = try auth(
                    processor, "10.00",
                    ["account": .string(account), "bankaba": .string(routing), "expiry": .null, "accttype": "ECHK"])
                #expect(Codes(answer) == Codes(row, processor: processor.text), "\(routing)/\(account)")
            }
        }
        let bad = rows.filter { $0["category"] == "ach-bad" }
        #expect(bad.map { $0["respcode"] } == ["11", "99"])
        for (row, routing, respproc) in zip3(bad, ["23433", "036001809"], ["PPS", "PSTR"]) {
            let answer = try auth(
                "PSTR", "10.00", ["account": "15378535", "bankaba": .string(routing), "expiry": .null])
            var codes = Codes(row, processor: respproc)
            codes.text = codes.text?.replacing("<bankaba>", with: routing)
            #expect(Codes(answer) == codes)
        }
    }

    /// Rows of site fts; the others were seen on sites of merchants or without a site.
    @Test func knownTokens() throws {
        let rows = try Reference.rows("cardsecure-known-tokens").filter { $0["site"]?.hasPrefix("fts") == true }
        #expect(rows.count == 3)
        for row in rows {
            let input = try #require(row["input"])
            #expect(try gateway.token(of: input) == row["token"])
            #expect(try auth("FNOR", "10.00", ["account": .string(input)])["token"] == row["token"])
        }
    }

    private func zip3<A, B, C>(_ a: [A], _ b: [B], _ c: [C]) -> [(A, B, C)] {
        zip(a, zip(b, c)).map { ($0, $1.0, $1.1) }
    }
}
