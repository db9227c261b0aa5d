/// The signatures of transactions, of which only so many are kept: the oldest are forgotten first.
struct SignatureShelf: Equatable, Sendable {
    /// Each has up to ``SignatureImage/longest`` characters, so all of them take 60 MB at most.
    static let limit = 10_000

    private var images = PersistentSortedMap<Int, Boxed<SignatureImage>>()

    subscript(id: TransactionID) -> SignatureImage? { images[id.number]?.value }

    mutating func keep(_ image: Boxed<SignatureImage>, of id: TransactionID) {
        images[id.number] = image
        if images.count > Self.limit, let oldest = images.first { images[oldest.key] = nil }
    }

    mutating func forget(_ id: TransactionID) {
        if !images.isEmpty { images[id.number] = nil }
    }
}
