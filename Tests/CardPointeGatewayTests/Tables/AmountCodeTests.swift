import JSON
import Payments
import Processor
import TestSupport
import Testing

/// Amounts whose digits name a response code (reference §13.2, §13.3), each row of the scenario's own tables.
@Suite("Amounts that name a response code")
struct AmountCodeTests {
    let gateway: Gateway

    init() throws { gateway = try Gateway() }

    private func rows(_ processor: ProcessorName, _ operation: AmountCodeRule.Operation) throws -> [AmountRow] {
        AmountRow.all(try gateway.profile(processor), operation, gateway.behavior.responseCodes)
    }

    @Test func numberOfRows() throws {
        #expect(try Table.amountEmulators.reduce(0) { try $0 + rows($1, .authorization).count } == 485)
        // RPCT has one more than for authorizations: 1000.00 is in its range for refunds.
        #expect(try Table.refundEmulators.map { try rows($0, .refund).count } == [24, 24, 227, 74, 55])
        for processor in Set(Table.cardEmulators).subtracting(Table.refundEmulators) {
            #expect(try rows(processor, .refund).isEmpty)
        }
    }

    @Test(arguments: Table.amountEmulators)
    func authorization(_ processor: ProcessorName) throws {
        let merchant = try gateway.merchant(processor)
        for row in try rows(processor, .authorization) {
            try expect(row, merchant)
        }
    }

    private func expect(_ row: AmountRow, _ merchant: String) throws {
        for amount in row.spellings {
            let answer = try gateway.auth(merchant, amount)
            #expect(answer.status == 200)
            #expect(Codes(answer) == row.codes, "auth of \(amount)")
            let money = amount.contains(".") ? amount : "\(amount.dropLast(2)).\(amount.suffix(2))"
            #expect(answer["amount"] == (row.codes.isApproval ? money : "0.00"), "auth of \(amount): \(row)")
        }
    }

    /// The rows apply to a token as to a number.
    @Test(arguments: Table.amountEmulators)
    func authorizationOfAToken(_ processor: ProcessorName) throws {
        let token = try gateway.token(of: Gateway.visa)
        let merchant = try gateway.merchant(processor)
        for row in try rows(processor, .authorization) {
            let answer = try gateway.auth(merchant, row.amount, ["account": .string(token)])
            #expect(Codes(answer) == row.codes, "auth of \(row.amount) by token")
        }
    }

    /// A code that the processor does not have approves, and so do amounts around the range (reference §22).
    @Test(arguments: Table.amountEmulators)
    func otherAmountsApprove(_ processor: ProcessorName) throws {
        let profile = try gateway.profile(processor)
        let rule = try #require(profile.amountCodes.first { $0.operation == .authorization })
        let merchant = try gateway.merchant(processor)
        let named = Set(try rows(processor, .authorization).map(\.amount))
        let unnamed = (1000...1999).map { "\($0).00" }.filter { !named.contains($0) }
        for amount in ["999.99", "2000.00", "0.01", "10999.00"] + unnamed {
            let answer = try gateway.auth(merchant, amount)
            #expect(Codes(answer) == Codes(profile.approval), "auth of \(amount)")
            #expect(answer["amount"] == amount)
        }
        #expect(rule.amounts.upperBound == 199_999)
        #expect(unnamed.count == 1000 - named.count)
    }

    /// Emulators without documented amounts approve them all.
    @Test func noAmountsOnAmex() throws {
        let merchant = try gateway.merchant("AMEX")
        let approval = try gateway.profile("AMEX").approval
        for amount in stride(from: 1000, through: 1999, by: 37) {
            let answer = try gateway.auth(merchant, "\(amount).00", ["account": .string(Gateway.amex)])
            #expect(Codes(answer) == Codes(approval), "auth of \(amount).00")
        }
    }

    @Test(arguments: Table.refundEmulators)
    func refund(_ processor: ProcessorName) throws {
        let rows = try rows(processor, .refund)
        for merchant in gateway.merchants(processor) {
            let sales = try rows.map { _ in try gateway.sale(merchant, "2000.00") }
            try gateway.nextDay()
            for (row, sale) in zip(rows, sales) {
                try expectRefund(row, merchant, sale)
            }
        }
    }

    private func expectRefund(_ row: AmountRow, _ merchant: String, _ sale: String) throws {
        let answer = try gateway.follow("refund", merchant, sale, ["amount": .string(row.amount)])
        #expect(answer.status == 200)
        #expect(Codes(answer) == row.codes, "refund of \(row.amount)")
        #expect(answer["amount"] == (row.codes.isApproval ? row.amount : "0.00"), "refund: \(row)")
        #expect(answer["retref"] != sale, "a refund has a reference of its own: \(row)")
        if !row.codes.isApproval { #expect(answer["authcode"] == nil, "refund: \(row)") }
        let original = try gateway.inquire(sale, merchant)
        #expect(original["setlstat"] == "Accepted")
        #expect(original["amount"] == "2000.00")
    }

    /// Refunds that are approved have an authorization code since 11/2023 (reference §7), those by amount too.
    @Test(arguments: Table.refundEmulators)
    func authorizationCodeOfARefund(_ processor: ProcessorName) throws {
        let merchant = try gateway.merchant(processor)
        let rows = try rows(processor, .refund).filter(\.codes.isApproval)
        let sales = try rows.map { _ in try gateway.sale(merchant, "2000.00") }
        try gateway.nextDay()
        for (row, sale) in zip(rows, sales) {
            let answer = try gateway.follow("refund", merchant, sale, ["amount": .string(row.amount)])
            #expect(answer["authcode"] != nil, "refund: \(row)")
        }
    }

    /// Too small an original is refunded as usual, whatever the amount says.
    @Test(arguments: Table.refundEmulators)
    func refundOfASmallSale(_ processor: ProcessorName) throws {
        let merchant = try gateway.merchant(processor)
        let row = try #require(try rows(processor, .refund).first { !$0.codes.isApproval })
        let sale = try gateway.follow(
            "capture", merchant, try #require(try gateway.auth(merchant, "2500.00")["retref"]), ["amount": "1999.99"])
        try gateway.nextDay()
        let answer = try gateway.follow(
            "refund", merchant, try #require(sale["retref"]), ["amount": .string(row.amount)])
        #expect(answer["respstat"] == "A", "refund of \(row.amount) of 1999.99")
        #expect(answer["amount"] == row.amount)
    }

    @Test(arguments: ["PTAM", "VPS"] as [ProcessorName])
    func noRefundCodes(_ processor: ProcessorName) throws {
        let merchant = try gateway.merchant(processor)
        let rows = try rows(processor, .authorization)
        let sales = try rows.map { _ in try gateway.sale(merchant, "2000.00") }
        try gateway.nextDay()
        for (row, sale) in zip(rows, sales) {
            let answer = try gateway.follow("refund", merchant, sale, ["amount": .string(row.amount)])
            #expect(answer["respstat"] == "A", "refund of \(row.amount)")
            #expect(answer["amount"] == row.amount)
        }
    }
}
