/// A key that has a hash of its own already, so that dictionaries need not hash it anew.
///
/// For keys that clients cannot choose: those of the scenario, and what is made with a secret. Whoever could choose
/// them could make them collide.
@usableFromInline
package protocol Prehashed: Hashable {
    /// The same for equal keys, and as good as never for others.
    var prehash: UInt64 { get }
}

extension Prehashed {
    @inlinable
    package func hash(into hasher: inout Hasher) { hasher.combine(prehash) }

    /// What hash tables ask for; Swift's own version would feed the number to a keyed hash function.
    @inlinable
    package func _rawHashValue(seed: Int) -> Int {
        let mixed = (prehash ^ UInt64(bitPattern: Int64(seed))) &* 0x9E37_79B9_7F4A_7C15
        return Int(truncatingIfNeeded: mixed ^ mixed >> 32)
    }
}
