/// The signatures of transactions, of which only so many are kept: the oldest are forgotten first.
struct SignatureShelf: Equatable, Sendable {
    let limit: Int

    private var images = PersistentSortedMap<Int, Boxed<SignatureImage>>()

    init(limit: Int) { self.limit = limit }

    subscript(id: TransactionID) -> SignatureImage? { images[id.number]?.value }

    mutating func keep(_ image: Boxed<SignatureImage>, of id: TransactionID) {
        images[id.number] = image
        if images.count > limit, let oldest = images.first { images[oldest.key] = nil }
    }

    mutating func forget(_ id: TransactionID) {
        if !images.isEmpty { images[id.number] = nil }
    }
}
