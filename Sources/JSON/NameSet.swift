/// A set of member names that is asked for every member of every document.
package struct NameSet: Sendable {
    private struct Slot {
        var bits: UInt64
        var name: String
    }

    /// A power of two of slots, at most half of them taken; free ones have a name of no bytes.
    private var slots: [Slot]
    private let hasEmptyName: Bool
    private var filter = NameFilter.nothing

    /// - Parameter names: without a byte that a writer escapes.
    package init(_ names: some Collection<String>) {
        precondition(names.allSatisfy { !$0.utf8.contains(where: ByteWord.needsEscape) }, "names without escapes")
        var size = 8
        while size < 2 * names.count { size *= 2 }
        slots = Array(repeating: Slot(bits: 0, name: ""), count: size)
        hasEmptyName = names.contains("")
        for name in names where !name.isEmpty && !contains(name) {
            let bits = NameKey(name).bits
            filter.insert(NameKey(bits: bits))
            var place = self.place(bits)
            while slots[place].bits != 0 { place = (place + 1) & (slots.count - 1) }
            slots[place] = Slot(bits: bits, name: name)
        }
    }

    package func contains(_ member: JSONObject.Member) -> Bool { contains(member.longName, member.key) }

    /// - Parameter key: of a name that is all in it.
    @inline(__always)
    func contains(whole key: NameKey) -> Bool { filter.mayHold(key) && isFound(key) { _ in true } }

    /// - Parameters:
    ///   - longName: of a member whose name is not all in its key.
    ///   - key: of the name, or ``NameKey/unknown``.
    @inline(__always)
    func contains(_ longName: String, _ key: NameKey) -> Bool {
        if key == .unknown { return contains(longName) }
        return filter.mayHold(key) && isFound(key) { longName.hasSameBytes(as: $0) }
    }

    package func contains(_ name: String) -> Bool {
        guard !name.isEmpty else { return hasEmptyName }
        let key = NameKey(name)
        return filter.mayHold(key) && isFound(key) { name.hasSameBytes(as: $0) }
    }

    /// - Parameter isMeant: asked about names with this key that are not all in it.
    @inline(__always)
    private func isFound(_ key: NameKey, _ isMeant: (String) -> Bool) -> Bool {
        slots.withUnsafeBufferPointer { slots in
            var place = self.place(key.bits)
            while slots[place].bits != 0 {
                if slots[place].bits == key.bits, key.isWhole || isMeant(slots[place].name) { return true }
                place = (place + 1) & (slots.count - 1)
            }
            return false
        }
    }

    @inline(__always)
    private func place(_ bits: UInt64) -> Int {
        Int(truncatingIfNeeded: (bits &* 0x9E37_79B9_7F4A_7C15) >> 40) & (slots.count - 1)
    }
}
