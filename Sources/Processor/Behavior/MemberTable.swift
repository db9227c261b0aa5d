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
    /// By the length of the name: few names share one, so that a look-up compares few.
    private let byLength: [[Row]]

    package init(_ rows: [Row] = []) {
        self.rows = rows
        var byLength = [[Row]](repeating: [], count: 1 + (rows.map(\.name.utf8.count).max() ?? 0))
        for row in rows { byLength[row.name.utf8.count].append(row) }
        self.byLength = byLength
    }

    package subscript(name: String) -> Row? {
        let length = name.utf8.count
        guard length < byLength.count else { return nil }
        return byLength[length].first { $0.name == name }
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
