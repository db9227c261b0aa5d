import HashTreeCollections

/// The counters of all merchants, which lie in a row so that they change where they are.
struct MerchantShelf: Equatable, Sendable {
    /// By merchant, the position among ``books``.
    private var positions: TreeDictionary<MerchantKey, Int> = [:]
    private var books = PersistentArray<MerchantBooks>()

    subscript(merchant: MerchantKey) -> MerchantBooks? {
        positions[merchant].flatMap { books[$0] }
    }

    /// Every merchant that something happened at, in no order.
    var all: [(merchant: MerchantKey, books: MerchantBooks)] {
        positions.compactMap { key, position in books[position].map { (key, $0) } }
    }

    /// Changes the counters of a merchant, which start at nothing.
    mutating func change(_ merchant: MerchantKey, _ change: (inout MerchantBooks) -> Void) {
        guard let position = positions[merchant] else {
            positions[merchant] = books.end
            books.append(MerchantBooks())
            return books.change(at: books.end - 1, change)
        }
        books.change(at: position, change)
    }
}
