/// The counters of all merchants, which lie in a row so that they change where they are.
package struct MerchantShelf: Equatable, Sendable {
    private struct Entry: Equatable, Sendable {
        let merchant: MerchantKey
        var books: MerchantBooks
    }

    private var entries = PersistentArray<Entry>()
    /// By merchant, the position among ``entries``: a power of two of slots, at most half of them taken, by the hash of
    /// the merchant; -1 where there is none.
    private var slots = [Int32](repeating: -1, count: 8)

    package init() {}

    package subscript(merchant: MerchantKey) -> MerchantBooks? {
        position(of: merchant).flatMap { entries[$0]?.books }
    }

    /// From where a merchant's reference numbers go on; nil before the first.
    package func references(of merchant: MerchantKey) -> ReferenceSequence? {
        position(of: merchant).flatMap { entries.look(at: $0) { $0.pointee.books.references } } ?? nil
    }

    /// Every merchant that something happened at, the one first at which it happened first.
    package var all: [(merchant: MerchantKey, books: MerchantBooks)] {
        entries.all.map { ($0.merchant, $0.books) }
    }

    /// Changes the counters of a merchant, which start at nothing.
    package mutating func change(_ merchant: MerchantKey, _ change: (inout MerchantBooks) -> Void) {
        guard let position = position(of: merchant) else {
            add(merchant)
            return entries.change(at: entries.end - 1) { change(&$0.books) }
        }
        entries.change(at: position) { change(&$0.books) }
    }

    private func position(of merchant: MerchantKey) -> Int? {
        slots.withUnsafeBufferPointer { slots in
            var slot = Self.slot(of: merchant, among: slots.count)
            while slots[slot] >= 0 {
                let position = Int(slots[slot])
                if entries.look(at: position, { $0.pointee.merchant == merchant }) == true { return position }
                slot = (slot + 1) & (slots.count - 1)
            }
            return nil
        }
    }

    private mutating func add(_ merchant: MerchantKey) {
        if 2 * (entries.count + 1) > slots.count {
            slots = [Int32](repeating: -1, count: 2 * slots.count)
            for position in entries.positions {
                entries.look(at: position) { Self.take(Int32(position), for: $0.pointee.merchant, in: &slots) }
            }
        }
        Self.take(Int32(entries.end), for: merchant, in: &slots)
        entries.append(Entry(merchant: merchant, books: MerchantBooks()))
    }

    private static func take(_ position: Int32, for merchant: MerchantKey, in slots: inout [Int32]) {
        var slot = slot(of: merchant, among: slots.count)
        while slots[slot] >= 0 { slot = (slot + 1) & (slots.count - 1) }
        slots[slot] = position
    }

    private static func slot(of merchant: MerchantKey, among count: Int) -> Int {
        Int(truncatingIfNeeded: merchant.prehash ^ merchant.prehash >> 32) & (count - 1)
    }
}
