import JSON
import Payments
import Processor
import TestSupport
import Testing

/// The categories of declines by brand, processor and code (reference §13.10), where an amount reaches the code.
@Suite("Decline categories")
struct DeclineCategoryTests {
    static let processors: [ProcessorName] = ["FNOR", "RPCT", "PMT", "PTAM", "VPS", "VANT"]

    @Test(arguments: Table.amountEmulators)
    func visaDeclines(_ processor: ProcessorName) throws {
        let gateway = try Gateway()
        let profile = try gateway.profile(processor)
        let merchant = try gateway.merchant(processor)
        var found = 0
        for row in AmountRow.all(profile, .authorization, gateway.behavior.responseCodes) where !row.codes.isApproval {
            let key = TestCardTable.CategoryKey(brand: "Visa", processor: processor, code: row.codes.code ?? "")
            let category = gateway.behavior.cards.categories[key]
            found += category == nil ? 0 : 1
            let answer = try gateway.auth(merchant, row.amount)
            #expect(answer["declineCategory"] == category?.code, "\(row)")
            #expect(answer["declineCategoryText"] == category?.text, "\(row)")
            let inquiry = try gateway.inquire(try #require(answer["retref"]), merchant)
            #expect(inquiry["declineCategory"] == category?.code, "\(row)")
            let other = try gateway.auth(merchant, row.amount, ["account": .string(Gateway.amex)])
            #expect(other["declineCategory"] == nil, "Visa has categories, Amex has none: \(row)")
        }
        #expect((found > 0) == Self.processors.contains(processor))
    }
}
