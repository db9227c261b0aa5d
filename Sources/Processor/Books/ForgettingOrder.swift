/// The order in which things came, so that the oldest can be forgotten when there are too many.
///
/// Things that were forgotten meanwhile for another reason may still be in it.
struct ForgettingOrder<Key: Hashable & Sendable>: Equatable, Sendable {
    private var keys = PersistentArray<Key>()

    mutating func append(_ key: Key) { keys.append(key) }

    /// Takes the oldest off; nil when there is none.
    mutating func takeOldest() -> Key? {
        guard let oldest = keys[keys.start] else { return nil }
        keys.removeFirst()
        return oldest
    }
}
