/// Lays one file's values over another's.
enum Merging {
    /// - Parameters:
    ///   - front: the file that has the last word.
    ///   - back: the file it extends or includes.
    static func merge(_ front: YAMLNode, over back: YAMLNode, _ plan: MergePlan) -> YAMLNode {
        switch plan {
        case .replace: return front
        case .append: return joined(back, front, at: front.place) ?? front
        case .prepend: return joined(front, back, at: front.place) ?? front
        case .keyed(let key, let plan): return keyed(front, over: back, by: key, plan)
        case .members(let plans): return members(front, over: back) { plans[$0] ?? .replace }
        case .each(let plan): return members(front, over: back) { _ in plan }
        }
    }

    private static func joined(_ first: YAMLNode, _ second: YAMLNode, at place: Place) -> YAMLNode? {
        guard let a = items(first), let b = items(second) else { return nil }
        return YAMLNode(.sequence(a + b), at: place)
    }

    /// A single value counts as a list of one.
    private static func items(_ node: YAMLNode) -> [YAMLNode]? {
        switch node.content {
        case .sequence(let items): items
        case .scalar: node.isNull ? [] : [node]
        case .mapping: nil
        }
    }

    private static func members(
        _ front: YAMLNode, over back: YAMLNode, plan: (String) -> MergePlan
    ) -> YAMLNode {
        guard case .mapping(let over) = front.content, case .mapping(var result) = back.content else { return front }
        var positions = Dictionary(result.enumerated().map { ($0.element.key, $0.offset) }, uniquingKeysWith: min)
        for member in over {
            if let position = positions[member.key] {
                let value = merge(member.value, over: result[position].value, plan(member.key))
                result[position] = YAMLNode.Member(key: member.key, keyPlace: member.keyPlace, value: value)
            } else {
                positions[member.key] = result.count
                result.append(member)
            }
        }
        return YAMLNode(.mapping(result), at: front.place)
    }

    private static func keyed(_ front: YAMLNode, over back: YAMLNode, by key: String, _ plan: MergePlan) -> YAMLNode {
        guard case .sequence(let over) = front.content, case .sequence(var result) = back.content else { return front }
        var positions: [String: Int] = [:]
        for (position, item) in result.enumerated() {
            if let name = item[key]?.text { positions[name] = position }
        }
        for item in over {
            if let name = item[key]?.text, let position = positions[name] {
                result[position] = merge(item, over: result[position], plan)
            } else {
                result.append(item)
            }
        }
        return YAMLNode(.sequence(result), at: front.place)
    }
}
