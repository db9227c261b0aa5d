/// Finds the member that already has a name, while an object is read.
///
/// Most objects have a few dozen members and no name twice, so a set of bits over cheap fingerprints answers most
/// questions; a set bit leads to a scan. From ``scanned`` members on there is a table with a seeded hash, so that
/// no choice of names makes a big object slow.
struct MemberIndex {
    private var seen: UInt64 = 0
    private var places: [ExactName: Int] = [:]

    static let scanned = 32

    /// The place of the member of this name, or nil, in which case the caller appends it.
    mutating func place(_ name: String, in members: [JSONObject.Member]) -> Int? {
        guard members.count < MemberIndex.scanned else { return placeInTable(name, in: members) }
        let bit = UInt64(1) << MemberIndex.fingerprint(name)
        defer { seen |= bit }
        guard seen & bit != 0 else { return nil }
        return members.firstIndex { $0.name.hasSameBytes(as: name) }
    }

    private mutating func placeInTable(_ name: String, in members: [JSONObject.Member]) -> Int? {
        if places.isEmpty {
            for (index, member) in members.enumerated() { places[ExactName(name: member.name)] = index }
        }
        let key = ExactName(name: name)
        if let place = places[key] { return place }
        places[key] = members.count
        return nil
    }

    /// From 0 to 63, from the length and two bytes.
    private static func fingerprint(_ name: String) -> UInt64 {
        let utf8 = name.utf8
        guard let first = utf8.first, let last = utf8.last else { return 0 }
        let middle = utf8[utf8.index(utf8.startIndex, offsetBy: utf8.count / 2)]
        let mixed = UInt64(first) &* 5 &+ UInt64(middle) &* 3 &+ UInt64(last) &* 17 &+ UInt64(utf8.count) &* 29
        return mixed & 63
    }
}

/// A member name that is equal to another only byte by byte.
private struct ExactName: Hashable {
    var name: String

    static func == (left: ExactName, right: ExactName) -> Bool { left.name.hasSameBytes(as: right.name) }

    func hash(into hasher: inout Hasher) {
        var name = name
        name.withUTF8 { hasher.combine(bytes: UnsafeRawBufferPointer($0)) }
    }
}
