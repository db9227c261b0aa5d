import Payments

/// What members of a request may hold: which kind of value, and how long. A class, so that handing it on costs nothing.
package final class MemberTable: Sendable {
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
    /// The bytes of all names in a row, and where each begins: a text would be retained to be looked at.
    private let names: [UInt8]
    private let starts: [Int]
    /// A power of two of slots, at most a quarter of them taken, by a few bytes of the name: where the row stands in
    /// ``rows``, or -1.
    private let slots: [Int32]

    package init(_ rows: [Row] = []) {
        self.rows = rows
        names = rows.flatMap { $0.name.utf8 }
        starts = rows.reduce(into: [0]) { $0.append($0[$0.count - 1] + $1.name.utf8.count) }
        var size = 8
        while size < 4 * rows.count { size *= 2 }
        var slots = [Int32](repeating: -1, count: size)
        for index in rows.indices {
            var place = rows[index].name.withBytes { Self.place(of: $0, in: size) }
            while slots[place] >= 0, rows[Int(slots[place])].name != rows[index].name {
                place = (place + 1) & (size - 1)
            }
            // Of two rows for one name the first counts.
            if slots[place] < 0 { slots[place] = Int32(index) }
        }
        self.slots = slots
    }

    package subscript(name: String) -> Row? { name.withBytes { index(of: $0) }.map { rows[$0] } }

    /// Where the row of a member stands in ``rows``.
    package func index(of name: UnsafeBufferPointer<UInt8>) -> Int? {
        slots.withUnsafeBufferPointer { slots in
            var place = Self.place(of: name, in: slots.count)
            while slots[place] >= 0 {
                let index = Int(slots[place])
                if isName(at: index, name) { return index }
                place = (place + 1) & (slots.count - 1)
            }
            return nil
        }
    }

    @inline(__always)
    private func isName(at index: Int, _ name: UnsafeBufferPointer<UInt8>) -> Bool {
        let range = starts[index]..<starts[index + 1]
        return names.withUnsafeBufferPointer { UnsafeBufferPointer(rebasing: $0[range]).isSame(as: name) }
    }

    /// Whether a member is a text, as its row wants it, and short enough.
    ///
    /// - Parameters:
    ///   - length: of the text in UTF-8; nil when it is none.
    ///   - index: of the row in ``rows``.
    package func isShort(_ length: Int?, _ index: Int) -> Bool {
        guard let length, rows[index].kind == .text else { return false }
        return length <= rows[index].longest ?? .max
    }

    /// Not keyed: whatever names a client makes up, no more rows are passed than stand in a row.
    private static func place(of name: UnsafeBufferPointer<UInt8>, in size: Int) -> Int {
        guard let first = name.first, let last = name.last else { return 0 }
        let few =
            UInt64(first) | UInt64(name[name.count / 2]) << 8 | UInt64(last) << 16
            | UInt64(truncatingIfNeeded: name.count) << 24
        return Int(truncatingIfNeeded: (few &* 0x9E37_79B9_7F4A_7C15) >> 40) & (size - 1)
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
