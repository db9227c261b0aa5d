extension SectionShape {
    /// Whether a scenario has this key: `gateway.secondVoid`, `sites[].merchants[].currency`, `processors.X.avs`, where
    /// any name may stand for `X`. What follows a colon or a blank is for people: `include: [uat/older-wordings]`.
    package func hasKey(_ path: String) -> Bool {
        let keys = path.prefix { $0 != ":" && $0 != " " }.split(separator: ".", omittingEmptySubsequences: false)
        return Shape.section(self).hasKey(keys[...])
    }
}

extension Shape {
    fileprivate func hasKey(_ keys: ArraySlice<Substring>) -> Bool {
        guard let key = keys.first else { return true }
        switch self {
        case .text, .integer, .flag, .choice, .nothing: return false
        case .list(let element), .oneOrMany(let element): return element.hasKey(keys)
        case .map(_, let element): return !key.isEmpty && element.hasKey(keys.dropFirst())
        case .either(let shapes): return shapes.contains { $0.hasKey(keys) }
        case .section(let section):
            let isList = key.hasSuffix("[]")
            let name = isList ? key.dropLast(2) : key
            guard let member = section.members.first(where: { $0.key == name }) else { return false }
            return (!isList || member.shape.isList) && member.shape.hasKey(keys.dropFirst())
        }
    }

    private var isList: Bool {
        switch self {
        case .list, .oneOrMany: true
        case .text, .integer, .flag, .choice, .nothing, .map, .section, .either: false
        }
    }
}
