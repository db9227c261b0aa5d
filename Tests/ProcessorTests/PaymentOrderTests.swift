import Payments
import Testing

@testable import Processor

/// What few payments have takes no room in the others, and is there all the same.
struct PaymentOrderTests {
    private static let plain = PaymentOrder(account: "a", user: "u", userName: "n", kind: .sale)

    struct Member: CustomTestStringConvertible, Sendable {
        let testDescription: String
        let change: @Sendable (inout PaymentOrder) -> Void
        let back: @Sendable (inout PaymentOrder) -> Void
        let reads: @Sendable (PaymentOrder) -> Bool

        static func member<Value: Equatable & Sendable>(
            _ name: String, _ path: any WritableKeyPath<PaymentOrder, Value> & Sendable, _ value: Value
        ) -> Member {
            let before = PaymentOrderTests.plain[keyPath: path]
            return Member(
                testDescription: name, change: { $0[keyPath: path] = value }, back: { $0[keyPath: path] = before },
                reads: { $0[keyPath: path] == value })
        }
    }

    private static let address: PostalAddress = {
        var address = PostalAddress()
        address.city = "Exton"
        return address
    }()

    static let members: [Member] = [
        .member("idempotency key", \.idempotencyKey, "k"), .member("description", \.description, "d"),
        .member("order id", \.orderID, "o"), .member("purchase order", \.poNumber, "p"),
        .member("address of the client", \.ipAddress, "::1"), .member("receipt wanted", \.sendsReceipt, true),
        .member("e-mail", \.email, "a@example.com"), .member("ships from", \.shipFromPostalCode, "19341"),
        .member("commodity code", \.commodityCode, "c"), .member("VAT of the merchant", \.merchantVAT, "m"),
        .member("VAT of the customer", \.customerVAT, "v"), .member("customer", \.customer, "c1"),
        .member("kind of the stored account", \.customerPaymentType, "card"),
        .member("stored account", \.customerPayment, "p1"), .member("subscription", \.subscription, "s1"),
        .member("referenced", \.referenced, "t1"), .member("terminal", \.terminal, "t2"),
        .member("card on file", \.cardOnFile, "C"), .member("billing method", \.billingMethod, "straight"),
        .member("initial transaction", \.initialTransaction, "i"), .member("returned", \.returned, .late),
        .member("billing address", \.billing, address), .member("shipping address", \.shipping, address),
        .member("routing number", \.instrument.routingNumber, "021000021"),
        .member("SEC code", \.instrument.secCode, "web"),
        .member("kind of bank account", \.instrument.accountType, "checking"),
        .member("terminal's answer", \.instrument.terminal, PaymentOrder.TerminalAnswer(id: "t", description: "d")),
        .member("page elsewhere", \.instrument.redirect, PaymentOrder.Redirect(type: "t", url: "u")),
    ]

    @Test(arguments: members)
    func keepsWhatFewPaymentsHave(_ member: Member) {
        var order = Self.plain
        member.change(&order)
        #expect(member.reads(order))
        #expect(order != Self.plain)
        #expect(Self.members.filter { $0.reads(order) }.map(\.testDescription) == [member.testDescription])
        let other = order
        member.back(&order)
        #expect(order == Self.plain)
        #expect(order.rarities == nil && order.instrument.rarities == nil)
        #expect(member.reads(other))
    }

    @Test func keepsAllOfItAtOnce() {
        var order = Self.plain
        for member in Self.members { member.change(&order) }
        for member in Self.members { #expect(member.reads(order), "\(member.testDescription)") }
        for member in Self.members.reversed() { member.back(&order) }
        #expect(order == Self.plain)
    }

    @Test(arguments: [
        ("a card", MaskedNumber("411111", hidden: 6, "1111"), "411111******1111"),
        ("a bank account", MaskedNumber("", hidden: 7, "89"), "*******89"),
        ("nothing is hidden", MaskedNumber("4111", hidden: -2, "1111"), "41111111"),
        ("nothing at all", MaskedNumber("", hidden: 0, ""), ""),
    ])
    func masks(_ name: String, _ number: MaskedNumber, _ text: String) {
        #expect(number.text == text, "\(name)")
    }

    @Test(arguments: ["12*****34", "", "*", "****", "1*", "*1", "12**34**56", "no star", "ä**ö"])
    func takesAMaskOfWhateverForm(_ text: String) {
        #expect(MaskedNumber(text).text == text)
    }
}
