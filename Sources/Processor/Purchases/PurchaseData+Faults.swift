import Payments

extension PurchaseData {
    /// Something that cannot be read, or sums that do not agree.
    package struct Fault: Hashable, Sendable {
        package enum Kind: Hashable, Sendable {
            case unreadable
            /// Every value can be read, but they do not fit together.
            case sum
        }

        package let kind: Kind
        /// For people, within a sentence.
        package let text: String
    }

    /// What a processor has against it, for a payment of so much; the first that is found.
    ///
    /// - Parameter comparesSums: also sums that do not agree count.
    package func fault(of minorUnits: Int64, comparesSums: Bool) -> Fault? {
        if let text = unreadable { return Fault(kind: .unreadable, text: text) }
        guard comparesSums, let text = disagreement(minorUnits) else { return nil }
        return Fault(kind: .sum, text: text)
    }

    private var unreadable: String? {
        let amounts = [("taxamnt", tax), ("frtamnt", freight), ("dutyamnt", duty), ("discamnt", discount)]
        if let name = amounts.first(where: { $0.1?.isUnreadable == true })?.0 { return "\(name) is no amount" }
        if let orderDate, !Self.isDate(orderDate) { return "orderdate is no date" }
        for (position, item) in items.enumerated() {
            if let text = item.unreadable { return "\(text) in item \(position + 1)" }
        }
        return nil
    }

    /// Item taxes make the tax of the order, item discounts its discount, and all items the payment.
    private func disagreement(_ minorUnits: Int64) -> String? {
        guard !items.isEmpty else { return nil }
        let taxes = items.compactMap(\.tax?.minorUnits)
        if let tax = tax?.minorUnits, !taxes.isEmpty, Self.sum(taxes) != tax {
            return "the taxes of the items do not make the tax of the order"
        }
        let discounts = items.compactMap(\.discount?.minorUnits)
        if let discount = discount?.minorUnits, !discounts.isEmpty, Self.sum(discounts) != discount {
            return "the discounts of the items do not make the discount of the order"
        }
        let nets = items.compactMap(\.net?.minorUnits)
        guard nets.count == items.count, let whole = Self.sum(nets + taxes) else { return nil }
        return whole == minorUnits ? nil : "the items do not make the amount"
    }

    private static func sum(_ amounts: [Int64]) -> Int64? {
        var sum: Int64 = 0
        for amount in amounts {
            let (next, overflowed) = sum.addingReportingOverflow(amount)
            guard !overflowed else { return nil }
            sum = next
        }
        return sum
    }

    /// `YYYYMMDD`.
    private static func isDate(_ text: String) -> Bool {
        guard text.utf8.count == 8, Digits.areAll(text), let month = Int(text.dropFirst(4).prefix(2)),
            let day = Int(text.suffix(2))
        else { return false }
        return (1...12).contains(month) && (1...31).contains(day)
    }
}

extension PurchaseData.Item {
    fileprivate var unreadable: String? {
        let amounts = [("unitcost", unitCost), ("netamnt", net), ("taxamnt", tax), ("discamnt", discount)]
        if let name = amounts.first(where: { $0.1?.isUnreadable == true })?.0 { return "\(name) is no amount" }
        if let quantity, !Self.isQuantity(quantity) { return "quantity is no number" }
        if let lineNumber, !Digits.areAll(lineNumber) { return "lineno is no number" }
        if let productCode, productCode.utf8.allSatisfy({ $0 == UInt8(ascii: "0") }) {
            return "upc is nothing but zeros"
        }
        return nil
    }
}

extension PurchaseData.Item {
    /// With up to three decimals.
    private static func isQuantity(_ text: String) -> Bool {
        do throws(DecimalText.Fault) {
            return try DecimalText.majorUnits(text, decimals: 3) >= 0
        } catch {
            return false
        }
    }
}

extension Authorize.AmountEntry {
    fileprivate var isUnreadable: Bool {
        if case .unreadable = self { return true }
        return false
    }
}
