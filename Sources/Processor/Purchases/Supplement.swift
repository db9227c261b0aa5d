import Payments

/// What a request adds to a payment beside money and account.
package struct Supplement: Hashable, Sendable {
    package var purchase: PurchaseData?
    /// Each replaces the one of its name.
    package var memos: [TransactionDetails.Memo]

    package init(purchase: PurchaseData? = nil, memos: [TransactionDetails.Memo] = []) {
        self.purchase = purchase
        self.memos = memos
    }

    package var isEmpty: Bool { purchase == nil && memos.isEmpty }
}

extension TransactionDetails {
    package func memo(_ name: String) -> String? { memos.first { $0.name == name }?.text }

    mutating func replace(_ newer: [Memo]) {
        memos.removeAll { memo in newer.contains { $0.name == memo.name } }
        memos += newer
    }
}

extension TransactionDraft {
    /// Keeps the purchase data of an approved payment.
    mutating func keepPurchase() {
        guard let purchase = command.purchase?.value, transaction.isApproved else { return }
        let supplement = Supplement(purchase: purchase.named(after: transaction))
        laterEvents.append(.ledger(.supplemented(transaction.id, Boxed(supplement))))
    }
}

extension PurchaseData {
    /// The number of the order, where none was sent: the order id of the payment, else its reference (reference §4.1).
    func named(after transaction: Transaction) -> PurchaseData {
        guard purchaseOrder == nil else { return self }
        var named = self
        named.purchaseOrder = transaction.details.orderID?.text ?? transaction.reference.text
        return named
    }
}
