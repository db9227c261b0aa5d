/// What the bank of a purchasing card wants to know of a payment: level 2 (invoice, order, tax) and level 3 (freight,
/// duty, items).
///
/// Kept as sent, within the lengths of the fields. What of it is wrong is found when the payment is settled. Source:
/// reference §4.1, §18.
package struct PurchaseData: Hashable, Sendable {
    package typealias Amount = Authorize.AmountEntry

    package var invoice: String?
    /// As sent, else the order id, else the reference of the payment.
    package var purchaseOrder: String?
    /// `YYYYMMDD`, as sent.
    package var orderDate: String?
    package var shipToPostalCode: String?
    package var shipFromPostalCode: String?
    package var shipToCountry: String?
    /// `Y` or `N`, as sent.
    package var taxExempt: String?
    package var tax: Amount?
    package var freight: Amount?
    package var duty: Amount?
    package var discount: Amount?
    package var items: [Item] = []

    /// One line of an order.
    package struct Item: Hashable, Sendable {
        package var description: String?
        package var lineNumber: String?
        package var material: String?
        package var unit: String?
        package var productCode: String?
        /// Up to three decimals, as sent.
        package var quantity: String?
        package var taxExempt: String?
        package var unitCost: Amount?
        package var net: Amount?
        package var tax: Amount?
        package var discount: Amount?

        package init() {}
    }

    /// More items than this are not kept; no card network takes as many.
    package static let mostItems = 999

    package init() {}

    /// What is said here, and where nothing is said, what was said before.
    package func completed(by earlier: PurchaseData?) -> PurchaseData {
        guard let earlier else { return self }
        var whole = self
        for part in Self.texts { whole[keyPath: part] = self[keyPath: part] ?? earlier[keyPath: part] }
        for part in Self.amounts { whole[keyPath: part] = self[keyPath: part] ?? earlier[keyPath: part] }
        if items.isEmpty { whole.items = earlier.items }
        return whole
    }

    private static var texts: [WritableKeyPath<PurchaseData, String?>] {
        [
            \.invoice, \.purchaseOrder, \.orderDate, \.shipToPostalCode, \.shipFromPostalCode, \.shipToCountry,
            \.taxExempt,
        ]
    }

    private static var amounts: [WritableKeyPath<PurchaseData, Amount?>] {
        [\.tax, \.freight, \.duty, \.discount]
    }
}
