/// The members of a JSON object, in the order in which they were written.
///
/// A value built by hand may hold two members of one name (RFC 8259 §4 allows it); every lookup finds the first.
/// Names are compared byte by byte, as RFC 8259 §8.3 advises, and not by Unicode equivalence.
package struct JSONObject: Hashable, Sendable {
    package struct Member: Hashable, Sendable {
        /// The name, where it is not all in the key. Most are, and no text is made of them before somebody asks.
        private(set) var longName: String
        package var value: JSONValue {
            didSet { source = .none }
        }
        private(set) var key: NameKey
        /// Where it stands in the document that it was read from.
        private(set) var source = SourceRange.none

        package init(_ name: String, _ value: JSONValue) {
            self.init(longName: name, value, key: .unknown)
        }

        /// - Parameters:
        ///   - longName: empty when the name is all in the key.
        ///   - key: of the name, or ``NameKey/unknown``.
        @inline(__always)
        init(longName: String, _ value: JSONValue, key: NameKey, source: SourceRange = .none) {
            self.longName = longName
            self.value = value
            self.key = key
            self.source = source
        }

        package var name: String {
            get { key.isWhole ? key.text : longName }
            set {
                longName = newValue
                key = .unknown
                source = .none
            }
        }

        /// Whether it has the name of another one; both have been read.
        func hasName(_ longName: String, _ key: NameKey) -> Bool {
            self.key == key && self.longName.hasSameBytes(as: longName)
        }

        package static func == (a: Member, b: Member) -> Bool { a.name == b.name && a.value == b.value }

        package func hash(into hasher: inout Hasher) {
            hasher.combine(name)
            hasher.combine(value)
        }
    }

    package var members: [Member] {
        didSet { filter = .anything }
    }
    /// Which names may be there.
    private var filter = NameFilter.anything

    package init(_ members: [Member] = []) { self.members = members }

    /// - Parameter filter: of the names of the members.
    init(_ members: [Member], _ filter: NameFilter) {
        self.members = members
        self.filter = filter
    }

    /// An object with these members, in this order.
    package init(pairs: [(String, JSONValue)]) {
        members = pairs.map { Member($0.0, $0.1) }
    }

    package static func == (a: JSONObject, b: JSONObject) -> Bool { a.members == b.members }

    package func hash(into hasher: inout Hasher) { hasher.combine(members) }

    /// How many members there are.
    package var count: Int { members.count }

    package var isEmpty: Bool { members.isEmpty }

    /// The names in their order.
    package var names: [String] { members.map(\.name) }

    /// The value of a member, or nil when there is none of this name.
    ///
    /// Setting replaces the value where the member stands, or adds a member at the end; setting nil removes it.
    package subscript(name: String) -> JSONValue? {
        get { index(of: name).map { members[$0].value } }
        set {
            switch (index(of: name), newValue) {
            case (let index?, let value?): members[index].value = value
            case (let index?, nil): members.remove(at: index)
            case (nil, let value?): members.append(Member(name, value))
            case (nil, nil): break
            }
        }
    }

    /// The value of a member that is there and is not `null`: most wire formats treat both alike.
    package func present(_ name: String) -> JSONValue? {
        guard let index = index(of: name) else { return nil }
        if case .null = members[index].value { return nil }
        return members[index].value
    }

    /// ``present(_:)`` for a name in code, of which a member that is not there costs next to nothing.
    package func present(_ name: MemberName) -> JSONValue? {
        guard let index = index(of: name) else { return nil }
        if case .null = members[index].value { return nil }
        return members[index].value
    }

    /// The text of a string or the literal of a number, when the member is there.
    package func text(_ name: String) -> String? {
        guard let index = index(of: name) else { return nil }
        switch members[index].value {
        case .string(let text), .number(let text): return text
        case .null, .bool, .array, .object: return nil
        }
    }

    /// ``text(_:)`` for a name in code, of which a member that is not there costs next to nothing.
    package func text(_ name: MemberName) -> String? {
        guard let index = index(of: name) else { return nil }
        switch members[index].value {
        case .string(let text), .number(let text): return text
        case .null, .bool, .array, .object: return nil
        }
    }

    /// Adds a member at the end, without looking whether the name is taken.
    package mutating func append(_ name: String, _ value: JSONValue) {
        members.append(Member(name, value))
    }

    /// Where the first member of this name stands.
    private func index(of name: String) -> Int? {
        index(NameKey(name)) { $0.hasSameBytes(as: name) }
    }

    @inline(__always)
    private func index(of name: MemberName) -> Int? {
        index(name.key) { $0.hasSameBytes(as: name.text) }
    }

    /// - Parameter isMeant: asked about the names that are not all in their keys.
    @inline(__always)
    private func index(_ wanted: NameKey, _ isMeant: (String) -> Bool) -> Int? {
        guard filter.mayHold(wanted) else { return nil }
        return members.withUnsafeBufferPointer { members in
            for index in 0..<members.count {
                // Nothing but the key is looked at of most: to ask the member would copy all of it.
                let key = members[index].key
                if key.fits(wanted), key.isWhole || isMeant(members[index].longName) { return index }
            }
            return nil
        }
    }
}
