import JSON
import Payments
import Processor
import TestSupport
import Testing

/// Every row of the scenario's table of test cards, through the service (reference §13.4 to §13.7).
@Suite("Test cards")
struct TestCardTests {
    let gateway: Gateway

    init() throws { gateway = try Gateway() }

    private func auth(_ row: CardCase, _ amount: String, _ fields: JSONObject = [:]) throws -> Session.Answer {
        var fields = fields
        if fields["account"] == nil { fields["account"] = .string(row.number) }
        return try gateway.auth(try gateway.merchant(row.processor), amount, fields)
    }

    @Test func numberOfRows() {
        var counts: [String: Int] = [:]
        for row in CardCase.all {
            switch row.effect.kind {
            case .approve: counts["approve", default: 0] += 1
            case .decline: counts["decline", default: 0] += 1
            case .partial: counts["partial", default: 0] += 1
            case .share: counts["share", default: 0] += 1
            case .declineRefund: counts["declineRefund", default: 0] += 1
            case .timeout: counts["timeout", default: 0] += 1
            case .debit: counts["debit", default: 0] += 1
            case .byAmount(_, let answer): counts[answer.onlyRecurring ? "advice" : "association", default: 0] += 1
            }
        }
        #expect(
            counts == [
                "approve": 18, "decline": 24, "partial": 6, "timeout": 6, "debit": 4, "advice": 50, "association": 356,
            ])
    }

    @Test(arguments: CardCase.all { if case .approve = $0 { true } else { false } })
    func approve(_ row: CardCase) throws {
        let answer = try auth(row, "10.00")
        #expect(Codes(answer) == Codes(try gateway.profile(row.processor).approval))
        #expect(answer["amount"] == "10.00")
        #expect(answer["authcode"]?.wholeMatch(of: /PPS[0-9]{3}/) != nil)
        let reference = try #require(answer["retref"])
        #expect(try gateway.inquire(reference, try gateway.merchant(row.processor))["setlstat"] == "Authorized")
    }

    /// With the switch for it, the documented authorization codes of the table come out.
    @Test(arguments: CardCase.all { if case .approve(_?) = $0 { true } else { false } })
    func fixedAuthorizationCode(_ row: CardCase) throws {
        let fixed = try Gateway(
            "understudy: scenario/1\nname: x\nextends: uat-plain\ngateway: { fixedAuthorizationCodes: true }\n")
        guard case .approve(let code?) = row.effect.kind else { return }
        let answer = try fixed.auth(
            try fixed.merchant(row.processor), "10.00", ["account": .string(row.number)])
        #expect(answer["authcode"] == code)
    }

    /// Whatever the amount, also one that asks for another code; by number and by token.
    @Test(arguments: CardCase.all { if case .decline = $0 { true } else { false } })
    func decline(_ row: CardCase) throws {
        guard case .decline(let response) = row.effect.kind else { return }
        let token = try gateway.token(of: row.number)
        for account in [row.number, token] {
            for amount in ["10.00", "0.00", "1116.00", "2888.01", "99999.99"] {
                let answer = try auth(row, amount, ["account": .string(account), "capture": "Y"])
                #expect(Codes(answer) == Codes(response), "auth of \(amount)")
                #expect(answer["amount"] == "0.00")
                #expect(answer["token"] == token)
                #expect(answer["cardproc"] == row.processor.text)
                #expect(answer["authcode"] == nil && answer["batchid"] == nil)
            }
        }
    }

    @Test(arguments: CardCase.all { if case .partial = $0 { true } else { false } })
    func partial(_ row: CardCase) throws {
        guard case .partial(let approved, let response) = row.effect.kind else { return }
        let lowest = row.effect.amounts.lowerBound
        #expect(lowest == 600)
        // The last amount asks for another code by its digits: the card comes first (§13.1).
        for amount in [lowest, lowest + 1, 10_000, 105_100] {
            let answer = try auth(row, text(amount))
            #expect(Codes(answer) == Codes(response), "auth of \(text(amount))")
            #expect(answer["amount"] == text(approved), "auth of \(text(amount))")
            let inquiry = try gateway.inquire(
                try #require(answer["retref"]), try gateway.merchant(row.processor))
            #expect(inquiry["amount"] == text(approved))
        }
        let below = try auth(row, text(lowest - 1))
        #expect(Codes(below) == Codes(try gateway.profile(row.processor).approval))
        #expect(below["amount"] == text(lowest - 1))
    }

    @Test(arguments: CardCase.all { if case .timeout = $0 { true } else { false } })
    func timeout(_ row: CardCase) throws {
        let token = try gateway.token(of: row.number)
        for (account, amount) in [(row.number, "10.00"), (token, "1116.00")] {
            let answer = try auth(row, amount, ["account": .string(account), "capture": "Y"])
            #expect(answer.status == 200)
            #expect(answer.raw.delay == .seconds(32))
            #expect(Codes(answer) == Codes("PPS", "62", "B", "Timed out"))
            #expect(answer["setlstat"] == "Declined")
            #expect(answer["amount"] == amount, "the requested amount (reference §22)")
            #expect(answer["token"] == token && answer["account"] == token)
            #expect(answer["authcode"] == nil && answer["batchid"] == nil)
            let inquiry = try gateway.inquire(
                try #require(answer["retref"]), try gateway.merchant(row.processor))
            #expect(inquiry["setlstat"] == "Declined")
            #expect(inquiry["respcode"] == "62" && inquiry["voidable"] == "N" && inquiry["refundable"] == "N")
        }
    }

    /// Elsewhere the numbers of timeouts are ordinary ones.
    @Test(arguments: Table.cardEmulators.filter { !["FNOR", "RPCT"].contains($0) })
    func noTimeout(_ processor: ProcessorName) throws {
        for row in CardCase.all({ if case .timeout = $0 { true } else { false } }) {
            let answer = try gateway.auth(
                try gateway.merchant(processor), "10.00", ["account": .string(row.number)])
            #expect(answer.raw.delay == .zero)
            #expect(Codes(answer) == Codes(try gateway.profile(processor).approval))
        }
    }

    @Test(arguments: CardCase.all { if case .debit = $0 { true } else { false } })
    func debit(_ row: CardCase) throws {
        #expect(row.effect.amounts == 0...4999)
        let approval = try gateway.profile(row.processor).approval
        for minorUnits in [row.effect.amounts.lowerBound, row.effect.amounts.upperBound, 5000] {
            let answer = try auth(row, text(minorUnits))
            #expect(Codes(answer) == Codes(approval), "auth of \(text(minorUnits))")
            #expect(answer["amount"] == text(minorUnits))
        }
    }

    /// Any other number with the prefix and length of a brand approves where the scenario takes such numbers, and is
    /// refused otherwise; made up from the brand table.
    @Test(arguments: Table.cardEmulators)
    func anyNumberOfABrand(_ processor: ProcessorName) throws {
        let approval = try gateway.profile(processor).approval
        let taking = try Gateway(
            "understudy: scenario/1\nname: a\nextends: uat-plain\ngateway: { acceptsRealCardNumbers: true }\n")
        for range in gateway.behavior.brands.ranges {
            for prefix in [range.prefixes.lowerBound, range.prefixes.upperBound] {
                for length in range.lengths {
                    let stem = prefix + String(repeating: "7", count: length - prefix.utf8.count - 1)
                    let number = stem + String(Luhn.checkDigit(for: stem))
                    let merchant = try gateway.merchant(processor)
                    let refused = try gateway.auth(merchant, "10.00", ["account": .string(number)])
                    #expect(refused["respproc"] == "PPS" && refused["respcode"] == "11")
                    let answer = try taking.auth(merchant, "10.00", ["account": .string(number)])
                    #expect(Codes(answer) == Codes(approval), "\(range.brand) \(prefix)…")
                    #expect(answer["token"]?.hasPrefix("9" + number.prefix(2)) == true)
                }
            }
        }
    }
}
