/// A set of member names that is asked for every member of every document.
package struct NameSet: Sendable {
    private struct Slot {
        var bits: UInt32
        var name: String
    }

    /// A power of two of slots, at most half of them taken; free ones have a name of no bytes.
    private var slots: [Slot]
    private let hasEmptyName: Bool

    package init(_ names: some Collection<String>) {
        var size = 8
        while size < 2 * names.count { size *= 2 }
        slots = Array(repeating: Slot(bits: 0, name: ""), count: size)
        hasEmptyName = names.contains("")
        for name in names where !name.isEmpty && !contains(name) {
            let bits = NameKey(name).bits
            var place = self.place(bits)
            while slots[place].bits != 0 { place = (place + 1) & (slots.count - 1) }
            slots[place] = Slot(bits: bits, name: name)
        }
    }

    package func contains(_ member: JSONObject.Member) -> Bool {
        member.name.withBytes { contains($0, member.key) }
    }

    package func contains(_ name: String) -> Bool { name.withBytes { contains($0, .unknown) } }

    /// - Parameter key: of the name, or ``NameKey/unknown``.
    @inline(__always)
    func contains(_ name: UnsafeBufferPointer<UInt8>, _ key: NameKey) -> Bool {
        guard name.count > 0 else { return hasEmptyName }
        let bits = key == .unknown ? NameKey(name).bits : key.bits
        return slots.withUnsafeBufferPointer { slots in
            var place = self.place(bits)
            while slots[place].bits != 0 {
                if slots[place].bits == bits, slots[place].name.hasSameBytes(as: name) { return true }
                place = (place + 1) & (slots.count - 1)
            }
            return false
        }
    }

    @inline(__always)
    private func place(_ bits: UInt32) -> Int {
        Int(truncatingIfNeeded: (UInt64(bits) &* 0x9E37_79B9_7F4A_7C15) >> 40) & (slots.count - 1)
    }
}
