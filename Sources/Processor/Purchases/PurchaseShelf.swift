/// The purchase data of transactions, of which only so much is kept: the oldest is forgotten first.
struct PurchaseShelf: Equatable, Sendable {
    /// Payments and items together.
    let limit: Int

    private var data = PersistentSortedMap<Int, Boxed<PurchaseData>>()
    private var weight = 0

    init(limit: Int) { self.limit = limit }

    var isEmpty: Bool { data.isEmpty }

    subscript(id: TransactionID) -> PurchaseData? { data[id.number]?.value }

    mutating func keep(_ purchase: PurchaseData, of id: TransactionID) {
        forget(id)
        data[id.number] = Boxed(purchase)
        weight += Self.weight(purchase)
        while weight > limit, let oldest = data.first { forget(TransactionID(oldest.key)) }
    }

    mutating func forget(_ id: TransactionID) {
        guard !data.isEmpty, let purchase = data[id.number]?.value else { return }
        weight -= Self.weight(purchase)
        data[id.number] = nil
    }

    private static func weight(_ purchase: PurchaseData) -> Int { 1 + purchase.items.count }
}
