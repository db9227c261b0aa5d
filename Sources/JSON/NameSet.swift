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

    package init(_ names: some Collection<String>) {
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

    package func contains(_ member: JSONObject.Member) -> Bool {
        member.name.withBytes { contains($0, member.key) }
    }

    package func contains(_ name: String) -> Bool { name.withBytes { contains($0, .unknown) } }

    /// False for most names that are not in it, without a look at them.
    @inline(__always)
    func mayHold(_ key: NameKey) -> Bool { key == .unknown || filter.mayHold(key) }

    /// - Parameter key: of the name, or ``NameKey/unknown``.
    @inline(__always)
    func contains(_ name: UnsafeBufferPointer<UInt8>, _ key: NameKey) -> Bool {
        guard name.count > 0 else { return hasEmptyName }
        let key = key == .unknown ? NameKey(name) : key
        guard filter.mayHold(key) else { return false }
        return slots.withUnsafeBufferPointer { slots in
            var place = self.place(key.bits)
            while slots[place].bits != 0 {
                let hasKey = slots[place].bits == key.bits
                if hasKey, key.isWhole || slots[place].name.hasSameBytes(as: name) { return true }
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
