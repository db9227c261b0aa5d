/// Finds the member that already has a name, while an object is read.
///
/// Most objects have a few dozen members and no name twice, so a set of bits over cheap fingerprints answers most
/// questions; a set bit leads to a scan. From ``scanned`` members on there is a table with a seeded hash, so that
/// no choice of names makes a big object slow.
struct MemberIndex {
    private var seenLow: UInt64 = 0
    private var seenHigh: UInt64 = 0
    private var places: [ExactName: Int] = [:]

    static let scanned = 32

    /// The place of the member of this name, or nil, in which case the caller appends it.
    ///
    /// - Parameter longName: empty when the name is all in the key.
    @inline(__always)
    mutating func place(_ longName: String, _ key: NameKey, in members: [JSONObject.Member]) -> Int? {
        guard members.count < MemberIndex.scanned else {
            return placeInTable(longName, key, in: members)
        }
        let fingerprint = MemberIndex.fingerprint(of: key)
        let bit = UInt64(1) << (fingerprint & 63)
        let isLow = fingerprint & 64 == 0
        let seen = (isLow ? seenLow : seenHigh) & bit != 0
        if isLow { seenLow |= bit } else { seenHigh |= bit }
        return seen ? scan(longName, key, in: members) : nil
    }

    @inline(never)
    private func scan(_ longName: String, _ key: NameKey, in members: [JSONObject.Member]) -> Int? {
        members.firstIndex { $0.hasName(longName, key) }
    }

    /// From 0 to 127.
    @inline(__always)
    static func fingerprint(of key: NameKey) -> UInt64 { (key.bits &* 0x9E37_79B9_7F4A_7C15) >> 57 }

    @inline(never)
    private mutating func placeInTable(
        _ longName: String, _ nameKey: NameKey, in members: [JSONObject.Member]
    ) -> Int? {
        let name = nameKey.isWhole ? nameKey.text : longName
        if places.isEmpty {
            for (index, member) in members.enumerated() { places[ExactName(name: member.name)] = index }
        }
        let key = ExactName(name: name)
        if let place = places[key] { return place }
        places[key] = members.count
        return nil
    }
}

/// A member name that is equal to another only byte by byte.
private struct ExactName: Hashable {
    var name: String

    static func == (left: ExactName, right: ExactName) -> Bool { left.name.hasSameBytes(as: right.name) }

    func hash(into hasher: inout Hasher) {
        name.withBytes { hasher.combine(bytes: UnsafeRawBufferPointer($0)) }
    }
}
