import HTTP
import JSON
import Payments
import TestSupport
import Testing

/// When `orderId` is in an answer (reference §8.3), for each operation.
@Suite("orderId in answers")
struct OrderShapeTests {
    /// May refund what is not settled.
    private static let merchant = "496480518000"
    let gateway: Gateway

    init() throws { gateway = try Gateway() }

    struct Row: Sendable, CustomTestStringConvertible {
        let order: String?
        let receipt: String?
        let expected: String?
        var testDescription: String { "order \(order ?? "absent"), receipt \(receipt ?? "absent")" }
        var fields: JSONObject {
            var fields: JSONObject = [:]
            if let order { fields["orderid"] = .string(order) }
            if let receipt { fields["receipt"] = .string(receipt) }
            return fields
        }
        /// Only the receipt: for operations that name no order.
        var receiptOnly: JSONObject { receipt.map { ["receipt": .string($0)] } ?? [:] }
    }

    static let rows = [
        Row(order: "A-1", receipt: "Y", expected: "A-1"), Row(order: nil, receipt: "Y", expected: ""),
        Row(order: nil, receipt: "N", expected: nil), Row(order: nil, receipt: "json", expected: nil),
        Row(order: nil, receipt: nil, expected: nil), Row(order: "A-1", receipt: nil, expected: "A-1"),
        Row(order: "A-1", receipt: "N", expected: "A-1"), Row(order: "", receipt: "Y", expected: ""),
        Row(order: "", receipt: nil, expected: nil),
    ]

    @Test(arguments: rows)
    func authorization(_ row: Row) throws {
        #expect(try gateway.auth(Self.merchant, "1.00", row.fields)["orderId"] == row.expected)
        #expect(try gateway.auth(Self.merchant, "1116.00", row.fields)["orderId"] == row.expected, "declined")
    }

    @Test(arguments: rows)
    func followUps(_ row: Row) throws {
        let order: JSONObject = row.order.map { ["orderid": .string($0)] } ?? [:]
        let reference = try #require(try gateway.auth(Self.merchant, "1.00", order)["retref"])
        let capture = try gateway.follow("capture", Self.merchant, reference, row.receiptOnly)
        #expect(capture["orderId"] == row.expected, "capture")
        let refund = try gateway.follow(
            "refund", Self.merchant, reference, row.receiptOnly.replacing("amount", "0.40"))
        #expect(refund["orderId"] == row.expected, "refund")
        #expect(refund["respstat"] == "A")
    }

    /// Void and inquire show the order of the original authorization.
    @Test func ofTheOriginal() throws {
        for order in ["A-1", nil] {
            let fields: JSONObject = order.map { ["orderid": .string($0)] } ?? [:]
            let reference = try #require(try gateway.auth(Self.merchant, "1.00", fields)["retref"])
            #expect(try gateway.inquire(reference, Self.merchant)["orderId"] == order)
            #expect(try gateway.follow("void", Self.merchant, reference)["orderId"] == order)
        }
    }

    /// A refund takes over the order of its original, or has one of its own (§7).
    @Test func ofARefund() throws {
        let sale = try gateway.sale(Self.merchant, "9.00", ["orderid": "A-1"])
        let inherited = try gateway.follow("refund", Self.merchant, sale, ["amount": "1.00"])
        #expect(inherited["orderId"] == "A-1")
        let own = try gateway.follow("refund", Self.merchant, sale, ["amount": "1.00", "orderid": "R-1"])
        #expect(own["orderId"] == "R-1")
        #expect(try gateway.inquire(try #require(own["retref"]), Self.merchant)["orderId"] == "R-1")
        #expect(try gateway.inquire(sale, Self.merchant)["orderId"] == "A-1")
    }

    /// One that passes the Luhn check is kept masked, and finds nothing (§4.1).
    @Test func maskedOrder() throws {
        let number = Gateway.visa
        let answer = try gateway.auth(Self.merchant, "1.00", ["orderid": .string(number)])
        #expect(answer["orderId"]?.hasSuffix("1111") == true && answer["orderId"] != number)
        let path = "\(Gateway.base)/inquireByOrderid/\(number)/\(Self.merchant)"
        #expect(try gateway.session.send(.get, path)["respcode"] == "29")
        let void = try gateway.put("voidByOrderId", ["merchid": .string(Self.merchant), "orderid": .string(number)])
        #expect(void["respcode"] == "29")
    }
}
