package import Payments

/// Names a batch: the merchant and its rising number.
package struct BatchID: Hashable, Comparable, Sendable {
    package let merchant: MerchantKey
    package let number: Int

    /// By merchant, then by number: an order that no hash decides.
    package static func < (a: BatchID, b: BatchID) -> Bool {
        (a.merchant.description, a.number) < (b.merchant.description, b.number)
    }

    package init(merchant: MerchantKey, number: Int) {
        self.merchant = merchant
        self.number = number
    }
}

/// What a merchant captured between two closings. Totals are derived from the members, never stored.
package struct SettlementBatch: Equatable, Sendable {
    package let id: BatchID
    package let openedAt: Instant
    package var settledAt: Instant?
    package var members = PersistentArray<TransactionID>()

    package init(id: BatchID, openedAt: Instant) {
        self.id = id
        self.openedAt = openedAt
    }

    package var isOpen: Bool { settledAt == nil }

    /// Adds a member, and lets go of the first ones that the ledger has forgotten.
    mutating func take(_ id: TransactionID, oldestKept: TransactionID) {
        members.append(id)
        while let first = members[members.start], first < oldestKept { members.removeFirst() }
    }
}
