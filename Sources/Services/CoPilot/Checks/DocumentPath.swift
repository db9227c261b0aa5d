import JSON

/// The places in a document that a dotted path stands for: one, or one for each element of the lists on its way
/// (`merchant.ownership.additionalOwners[].ownerPhone`).
struct DocumentPath {
    struct Place {
        /// With the number of the element, counted from zero: `…additionalOwners[0].ownerPhone`.
        let path: String
        /// Nil: not there, or null.
        let value: JSONValue?
        /// The first object of the way that is not there; nil: all of them are.
        let missingParent: String?
    }

    /// - Parameter alias: a second spelling of the last name.
    static func places(_ path: String, alias: String? = nil, in object: JSONObject) -> [Place] {
        var open: [(path: String, value: JSONValue?, missing: String?)] = [("", .object(object), nil)]
        let names = path.split(separator: ".")
        for (number, name) in names.enumerated() {
            let isList = name.hasSuffix("[]")
            let plain = String(isList ? name.dropLast(2) : name)
            let isLast = number == names.count - 1
            open = open.flatMap { place -> [(String, JSONValue?, String?)] in
                let shown = place.path.isEmpty ? plain : place.path + "." + plain
                var value = place.value?.present(plain)
                if isLast, value == nil, let alias { value = place.value?.present(alias) }
                guard isList else {
                    let missing = place.missing ?? (value == nil && !isLast ? shown : nil)
                    return [(shown, value, missing)]
                }
                return (value?.array ?? []).enumerated().map { index, element in
                    ("\(shown)[\(index)]", element, nil)
                }
            }
        }
        return open.map { Place(path: $0.path, value: $0.value, missingParent: $0.missing) }
    }

    static func value(_ path: String, in object: JSONObject) -> JSONValue? {
        places(path, in: object).first?.value
    }
}
