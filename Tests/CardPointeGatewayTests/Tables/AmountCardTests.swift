import JSON
import Payments
import Processor
import TestSupport
import Testing

/// Cards that decline at exact amounts, with the codes of their association or with a merchant advice (§13.10).
@Suite("Cards that answer by amount")
struct AmountCardTests {
    let gateway: Gateway
    private static let agreement: JSONObject = ["cof": "C", "cofscheduled": "Y"]
    private static let recurring: JSONObject = ["cof": "M", "cofscheduled": "Y"]

    init() throws { gateway = try Gateway() }

    /// One case for each card and processor; its rows are in the failure texts.
    struct Card: Hashable, Sendable, CustomTestStringConvertible {
        let number: String
        let processor: ProcessorName
        var testDescription: String { "\(processor) …\(number.suffix(4))" }

        static func all(recurring: Bool) -> [Card] {
            let cards = CardCase.all {
                if case .byAmount(_, let answer) = $0 { answer.onlyRecurring == recurring } else { false }
            }
            return Set(cards.map { Card(number: $0.number, processor: $0.processor) })
                .sorted { $0.testDescription < $1.testDescription }
        }

        var rows: [(minorUnits: Int64, answer: AmountAnswer)] {
            CardCase.all.filter { $0.number == number && $0.processor == processor }.compactMap {
                if case .byAmount(let minorUnits, let answer) = $0.effect.kind { (minorUnits, answer) } else { nil }
            }
        }
    }

    private func auth(_ card: Card, _ minorUnits: Int64, _ fields: JSONObject = [:]) throws -> Session.Answer {
        var fields = fields
        fields["account"] = .string(card.number)
        return try gateway.auth(try gateway.merchant(card.processor), text(minorUnits), fields)
    }

    @Test(arguments: Card.all(recurring: false))
    func association(_ card: Card) throws {
        for row in card.rows {
            let answer = try auth(card, row.minorUnits)
            #expect(Codes(answer) == Codes(row.answer.response), "auth of \(text(row.minorUnits))")
            #expect(answer["amount"] == "0.00")
            expectExtras(answer, row.answer.extras, text(row.minorUnits))
        }
        try expectApproval(card, card.rows.map(\.minorUnits).max()! + 1)
        try expectApproval(card, 1000)
    }

    @Test(arguments: Card.all(recurring: true))
    func advice(_ card: Card) throws {
        // Without an agreement of the cardholder the amounts mean nothing, however the payment is called.
        for fields in [[:], Self.recurring, ["cof": "M"]] as [JSONObject] {
            for row in card.rows { try expectApproval(card, row.minorUnits, fields) }
        }
        try expectApproval(card, 500, Self.agreement)
        for row in card.rows {
            let answer = try auth(card, row.minorUnits, Self.recurring)
            #expect(Codes(answer) == Codes(row.answer.response), "auth of \(text(row.minorUnits))")
            #expect(answer["amount"] == "0.00" && answer["cof"] == "M")
            expectExtras(answer, row.answer.extras, text(row.minorUnits))
            let inquiry = try gateway.inquire(
                try #require(answer["retref"]), try gateway.merchant(card.processor))
            #expect(inquiry["merchAdviceCode"] == row.answer.extras.advice?.code)
            #expect(inquiry["declineCategory"] == row.answer.extras.category?.code)
        }
        // Payments outside of the agreement stay ordinary.
        for fields in [[:], ["cof": "M"], ["cof": "M", "cofscheduled": "N"], Self.agreement] as [JSONObject] {
            for row in card.rows { try expectApproval(card, row.minorUnits, fields) }
        }
        try expectApproval(card, card.rows.map(\.minorUnits).max()! + 1, Self.recurring)
    }

    /// An agreement that was declined, or that is not for scheduled payments, is none.
    @Test(arguments: Card.all(recurring: true))
    func noAgreement(_ card: Card) throws {
        let row = try #require(card.rows.first)
        _ = try auth(card, 500, ["cof": "C"])
        _ = try auth(card, 500, ["cof": "C", "cofscheduled": "N"])
        let declined = try auth(card, 0, Self.agreement.replacing("postal", "junk"))
        #expect(declined["respcode"] == "17")
        try expectApproval(card, row.minorUnits, Self.recurring)
    }

    /// The agreement belongs to the card, not to the merchant that made it, but to the site.
    @Test func agreementWithinASite() throws {
        let card = try #require(Card.all(recurring: true).first { $0.processor == "RPCT" })
        let row = try #require(card.rows.first)
        let merchants = gateway.merchants("RPCT")
        let account: JSONValue = .string(card.number)
        _ = try gateway.auth(merchants[0], "5.00", Self.agreement.replacing("account", account))
        let answer = try gateway.auth(
            merchants[1], text(row.minorUnits), Self.recurring.replacing("account", account))
        #expect(Codes(answer) == Codes(row.answer.response))
    }

    private func expectApproval(_ card: Card, _ minorUnits: Int64, _ fields: JSONObject = [:]) throws {
        let answer = try auth(card, minorUnits, fields)
        let approval = Codes(try gateway.profile(card.processor).approval)
        #expect(Codes(answer) == approval, "auth of \(text(minorUnits)) with \(fields.names)")
        #expect(answer["amount"] == text(minorUnits))
        expectExtras(answer, DeclineExtras(), text(minorUnits))
    }

    private func expectExtras(_ answer: Session.Answer, _ extras: DeclineExtras, _ amount: String) {
        #expect(answer["assocRespCode"] == extras.association?.code, "\(amount)")
        #expect(answer["assocRespText"] == extras.association?.text, "\(amount)")
        #expect(answer["merchAdviceCode"] == extras.advice?.code, "\(amount)")
        #expect(answer["merchAdviceText"] == extras.advice?.text, "\(amount)")
        if extras.advice != nil {
            #expect(answer["declineCategory"] == extras.category?.code, "\(amount)")
            #expect(answer["declineCategoryText"] == extras.category?.text, "\(amount)")
        }
    }
}

extension JSONObject {
    /// With one member more, or another value for it.
    func replacing(_ name: String, _ value: JSONValue) -> JSONObject {
        var object = self
        object[name] = value
        return object
    }
}
