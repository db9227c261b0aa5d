import Payments
import Testing

@testable import Processor

/// Level 2 and level 3 data: what the processor has against them, and how long they are kept.
@Suite struct PurchaseDataTests {
    struct Row: Sendable, CustomTestStringConvertible {
        let name: String
        let data: PurchaseData
        let fault: String?
        let kind: PurchaseData.Fault.Kind?

        init(
            _ name: String, _ fault: String? = nil, _ kind: PurchaseData.Fault.Kind? = nil,
            _ make: (inout PurchaseData) -> Void
        ) {
            self.name = name
            self.fault = fault
            self.kind = kind
            var data = PurchaseData()
            make(&data)
            self.data = data
        }

        var testDescription: String { name }
    }

    private static func item(net: Int64, tax: Int64? = nil, discount: Int64? = nil) -> PurchaseData.Item {
        var item = PurchaseData.Item()
        item.net = .minorUnits(net)
        item.tax = tax.map { .minorUnits($0) }
        item.discount = discount.map { .minorUnits($0) }
        return item
    }

    private static func one(_ change: (inout PurchaseData.Item) -> Void) -> [PurchaseData.Item] {
        var item = PurchaseData.Item()
        change(&item)
        return [PurchaseData.Item(), item]
    }

    @Test(arguments: [
        Row("nothing") { _ in },
        Row("an order without items") { $0.tax = .minorUnits(100) },
        Row("a tax that is none", "taxamnt is no amount", .unreadable) { $0.tax = .unreadable(.notADecimal) },
        Row("a freight that is none", "frtamnt is no amount", .unreadable) { $0.freight = .unreadable(.empty) },
        Row("a day of a year") { $0.orderDate = "20301231" },
        Row("a day that no year has", "orderdate is no date", .unreadable) { $0.orderDate = "20301232" },
        Row("a short day", "orderdate is no date", .unreadable) { $0.orderDate = "301231" },
        Row("three decimals") { $0.items = one { $0.quantity = "1.125" } },
        Row("four decimals", "quantity is no number in item 2", .unreadable) {
            $0.items = one { $0.quantity = "1.1250" }
        },
        Row("less than nothing", "quantity is no number in item 2", .unreadable) {
            $0.items = one { $0.quantity = "-1" }
        },
        Row("a line of letters", "lineno is no number in item 2", .unreadable) {
            $0.items = one { $0.lineNumber = "A" }
        },
        Row("a product of zeros", "upc is nothing but zeros in item 2", .unreadable) {
            $0.items = one { $0.productCode = "000" }
        },
        Row("a price that is none", "unitcost is no amount in item 2", .unreadable) {
            $0.items = one { $0.unitCost = .unreadable(.tooLarge) }
        },
        Row("items that make the amount") { $0.items = [item(net: 700, tax: 50), item(net: 240, tax: 10)] },
        Row("items that do not", "the items do not make the amount", .sum) { $0.items = [item(net: 700)] },
        Row("taxes that do not make the tax", "the taxes of the items do not make the tax of the order", .sum) {
            $0.tax = .minorUnits(70)
            $0.items = [item(net: 940, tax: 60)]
        },
        Row("discounts that do not", "the discounts of the items do not make the discount of the order", .sum) {
            $0.discount = .minorUnits(70)
            $0.items = [item(net: 1000, discount: 60)]
        },
        Row("amounts beyond all bounds") { $0.items = [item(net: .max), item(net: .max)] },
    ])
    func faults(_ row: Row) {
        let fault = row.data.fault(of: 1000, comparesSums: true)
        #expect(fault?.text == row.fault && fault?.kind == row.kind)
        let withoutSums = row.data.fault(of: 1000, comparesSums: false)
        #expect(withoutSums?.text == (row.kind == .unreadable ? row.fault : nil))
    }

    @Test func aCaptureCompletesTheAuthorization() {
        var first = PurchaseData()
        first.invoice = "1"
        first.purchaseOrder = "A"
        first.tax = .minorUnits(5)
        first.items = [Self.item(net: 1)]
        var second = PurchaseData()
        second.purchaseOrder = "B"
        second.freight = .minorUnits(6)
        let whole = second.completed(by: first)
        #expect(whole.invoice == "1" && whole.purchaseOrder == "B" && whole.items == first.items)
        #expect(whole.tax == .minorUnits(5) && whole.freight == .minorUnits(6))
        #expect(second.completed(by: nil) == second)
    }

    struct Name: Sendable, CustomTestStringConvertible {
        let sent: String?
        let order: String?
        let expected: String?
        var testDescription: String { "\(sent ?? "-") \(order ?? "-")" }
    }

    @Test(arguments: [
        Name(sent: "PO", order: "O", expected: "PO"), Name(sent: nil, order: "O", expected: "O"),
        Name(sent: nil, order: nil, expected: nil),
    ])
    func theOrderHasAName(_ row: Name) throws {
        var world = Sample.world()
        var data = PurchaseData()
        data.invoice = "1"
        data.purchaseOrder = row.sent
        let sale = try world.authorize(100) {
            $0.orderID = row.order.map { OrderID($0) }
            $0.purchase = Boxed(data)
        }
        let kept = try #require(world.books.ledger.purchase(of: sale.id))
        #expect(kept.purchaseOrder == row.expected ?? sale.reference.text)
        #expect(kept.invoice == "1")
    }

    @Test func declinesKeepNothing() throws {
        var world = Sample.world()
        let sale = try world.authorize(100, Sample.declining) { $0.purchase = Boxed(PurchaseData()) }
        #expect(!sale.isApproved && world.books.ledger.purchase(of: sale.id) == nil)
        #expect(!world.books.ledger.holdsPurchases)
    }

    @Test func theOldestAreForgotten() {
        var shelf = PurchaseShelf(limit: 4 * (PurchaseData.mostItems + 1))
        var large = PurchaseData()
        large.items = Array(repeating: PurchaseData.Item(), count: PurchaseData.mostItems)
        let count = 4
        for number in 0..<count { shelf.keep(large, of: TransactionID(number)) }
        #expect(shelf[TransactionID(0)] != nil, "exactly as many as fit")
        shelf.keep(large, of: TransactionID(count))
        #expect(shelf[TransactionID(0)] == nil && shelf[TransactionID(1)] != nil && shelf[TransactionID(count)] != nil)
        // Room that was given back can be used again.
        shelf.forget(TransactionID(1))
        shelf.keep(large, of: TransactionID(count + 1))
        #expect(shelf[TransactionID(2)] != nil)
        for number in 0...(count + 1) { shelf.forget(TransactionID(number)) }
        #expect(shelf == PurchaseShelf(limit: 4 * (PurchaseData.mostItems + 1)))
    }

    @Test(arguments: [true, false]) func whatCannotBeReadIsAFormatError(_ checks: Bool) throws {
        var world = Sample.world(Sample.behavior { $0.settlement.checksPurchases = checks })
        var data = PurchaseData()
        data.tax = .unreadable(.notADecimal)
        let sale = try world.authorize(100, capture: true) { $0.purchase = Boxed(data) }
        let other = try world.authorize(100, capture: true)
        _ = try world.settleNow(at: Sample.real)
        #expect(world.status(sale) == (checks ? .formatError : .accepted))
        #expect(world.status(other) == .accepted)
    }

    @Test(arguments: SettlementSettings.ItemSums.allCases)
    func itemsThatDoNotMakeTheAmount(_ sums: SettlementSettings.ItemSums) throws {
        var world = Sample.world(
            Sample.behavior {
                $0.settlement.checksPurchases = true
                $0.settlement.itemSums = sums
            })
        var data = PurchaseData()
        data.items = [Self.item(net: 1)]
        let sale = try world.authorize(100, capture: true) { $0.purchase = Boxed(data) }
        _ = try world.settleNow(at: Sample.real)
        #expect(world.status(sale) == (sums == .ignore ? .accepted : .formatError))
    }
}
