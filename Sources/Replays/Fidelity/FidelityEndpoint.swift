/// The path of a request without what differs from call to call: `/cardconnect/rest/inquire/…/…`.
package struct FidelityEndpoint: Hashable, Sendable, Comparable, CustomStringConvertible {
    /// What stands for a segment that is a value.
    static let value = "…"

    let segments: [String]

    init(segments: [String]) { self.segments = segments }

    /// Segments with a placeholder or a digit are values, and so are empty ones between others; versions such as `v2`
    /// are names. The query does not count, nor does a slash at the end.
    init(_ target: ReplayText) {
        let path = target.description.prefix { $0 != "?" && $0 != "#" }
        var parts = path.split(separator: "/", omittingEmptySubsequences: false)[...]
        if parts.first == "" { parts.removeFirst() }
        if parts.last == "" { parts.removeLast() }
        segments = parts.map { !$0.isEmpty && Self.isName($0) ? String($0) : Self.value }
    }

    private static func isName(_ segment: Substring) -> Bool {
        if segment.first == "v", segment.count > 1, segment.dropFirst().allSatisfy(\.isNumber) { return true }
        return segment.allSatisfy { $0.isLetter || $0 == "-" || $0 == "_" || $0 == "." }
    }

    package var description: String { "/" + segments.joined(separator: "/") }

    package static func < (a: Self, b: Self) -> Bool {
        a.segments.lexicographicallyPrecedes(b.segments)
    }

    /// Whether this is `other` with values in some places where `other` has names.
    func covers(_ other: FidelityEndpoint) -> Bool {
        segments.count == other.segments.count && self != other
            && zip(segments, other.segments).allSatisfy { $0 == $1 || $0 == Self.value }
    }

    /// An endpoint that differs from a known one only in that a value looks like a name (`…/larry`) is that one.
    static func merging(_ endpoints: Set<FidelityEndpoint>) -> [FidelityEndpoint: FidelityEndpoint] {
        let sorted = endpoints.sorted()
        return Dictionary(
            uniqueKeysWithValues: sorted.map { endpoint in
                (endpoint, sorted.first { $0.covers(endpoint) } ?? endpoint)
            })
    }
}

extension ReplayText {
    /// As it stands in the file.
    package var description: String {
        pieces.map { piece in
            switch piece {
            case .literal(let text): text
            case .placeholder(let placeholder): placeholder.description
            }
        }.joined()
    }
}
