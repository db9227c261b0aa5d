/// What a client says about the codings it can read: the field `Accept-Encoding` (RFC 9110 §12.5.3).
package struct AcceptedCodings: Hashable, Sendable {
    /// In thousandths, for each coding that is named.
    private var weights: [ContentCoding: Int] = [:]
    /// Of `*`: of codings that are not named.
    private var others: Int?
    private var identity: Int?

    /// - Parameter field: the value, with commas between several lines of it. What cannot be read is passed over.
    package init(_ field: String) {
        for element in field.split(separator: ",") {
            let parts = element.split(separator: ";", omittingEmptySubsequences: false).map(\.trimmed)
            guard let name = parts.first, !name.isEmpty, let weight = Self.weight(parts.dropFirst()) else { continue }
            if name == "*" {
                others = weight
            } else if name.lowercased() == "identity" {
                identity = weight
            } else if let coding = ContentCoding(name: name) {
                weights[coding] = weight
            }
        }
    }

    /// The coding that the client likes best; of equals `gzip`. Nil when it is to be sent as it is: because the client
    /// prefers that, or because it takes none of ours.
    package var preferred: ContentCoding? {
        var best: (coding: ContentCoding, weight: Int)?
        for coding in ContentCoding.allCases {
            let weight = weights[coding] ?? others ?? 0
            if weight > best?.weight ?? 0 { best = (coding, weight) }
        }
        guard let best, best.weight >= identity ?? 0 else { return nil }
        return best.coding
    }

    /// `q=0.5` is 500; 1000 without one; nil for what is no weight.
    private static func weight(_ parameters: ArraySlice<Substring>) -> Int? {
        guard let parameter = parameters.first else { return 1000 }
        guard parameters.count == 1, parameter.lowercased().hasPrefix("q=") else { return nil }
        let text = parameter.dropFirst(2)
        let parts = text.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
        guard let whole = parts.first, whole == "0" || whole == "1" else { return nil }
        let decimals = parts.count > 1 ? parts[1] : ""
        guard decimals.utf8.count <= 3, decimals.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
        let thousandths = Int(decimals + String(repeating: "0", count: 3 - decimals.utf8.count)) ?? 0
        let weight = (whole == "1" ? 1000 : 0) + thousandths
        return weight <= 1000 ? weight : nil
    }
}

extension Substring {
    fileprivate var trimmed: Substring {
        var rest = drop { $0 == " " || $0 == "\t" }
        while let last = rest.last, last == " " || last == "\t" { rest.removeLast() }
        return rest
    }
}
