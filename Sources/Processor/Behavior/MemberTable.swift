import Payments

/// What members of a request may hold: which kind of value, and how long.
package struct MemberTable: Sendable {
    package enum Kind: String, Hashable, Sendable, CaseIterable {
        /// A text or a number.
        case text
        /// An object, or an array of objects.
        case list
    }

    package struct Row: Sendable {
        package let name: String
        package let kind: Kind
        /// In characters; of a list in bytes. Nil: as long as it likes.
        package let longest: Int?

        package init(name: String, kind: Kind, longest: Int?) {
            self.name = name
            self.kind = kind
            self.longest = longest
        }
    }

    package let rows: [Row]
    /// A power of two of slots, at most a quarter of them taken, by a fingerprint of the name.
    private let slots: [Row?]

    package init(_ rows: [Row] = []) {
        self.rows = rows
        var size = 8
        while size < 4 * rows.count { size *= 2 }
        var slots = [Row?](repeating: nil, count: size)
        for row in rows {
            var place = Self.place(of: row.name, in: size)
            while let other = slots[place], other.name != row.name { place = (place + 1) & (size - 1) }
            // Of two rows for one name the first counts.
            if slots[place] == nil { slots[place] = row }
        }
        self.slots = slots
    }

    package subscript(name: String) -> Row? {
        var place = Self.place(of: name, in: slots.count)
        while let row = slots[place] {
            if row.name == name { return row }
            place = (place + 1) & (slots.count - 1)
        }
        return nil
    }

    /// Not keyed: whatever names a client makes up, no more rows are passed than stand in a row.
    private static func place(of name: String, in size: Int) -> Int {
        let fingerprint = TextFingerprint.of(name, after: 0)
        return Int(truncatingIfNeeded: fingerprint ^ fingerprint >> 32) & (size - 1)
    }
}

/// A member that the gateway does not take.
package struct MalformedMember: Hashable, Sendable {
    package enum Fault: Hashable, Sendable {
        case mistyped(wanted: MemberTable.Kind)
        case tooLong(Int)
    }

    package let name: String
    package let fault: Fault

    package init(name: String, fault: Fault) {
        self.name = name
        self.fault = fault
    }

    /// A sentence; it never shows what the member holds.
    package var text: String {
        switch fault {
        case .mistyped(.text): "the member '\(name)' is neither a text nor a number"
        case .mistyped(.list): "the member '\(name)' is no list"
        case .tooLong(let longest): "the member '\(name)' is longer than \(longest)"
        }
    }
}
