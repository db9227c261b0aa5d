import JSON
import Processor

/// Fills an object up with `null` for every member of the table that was never sent (reference §8.5).
enum NullEcho {
    /// - Parameter name: of the object within the table: `merchant`.
    static func complete(_ object: JSONObject, _ name: String, _ settings: BoardingSettings) -> JSONObject {
        guard settings.echoesNulls else { return object }
        let rows = settings.members.filter { $0.path.hasPrefix(name + ".") }
        return complete(object, name + ".", rows)
    }

    private static func complete(_ object: JSONObject, _ prefix: String, _ rows: [ApplicationMember]) -> JSONObject {
        var object = object
        for row in rows {
            let rest = row.path.dropFirst(prefix.count)
            guard row.path.hasPrefix(prefix), !rest.contains(".") else { continue }
            let name = String(rest)
            let isAliased = row.alias.map { object[$0] != nil } ?? false
            switch object[name] {
            case .object(let inner):
                object[name] = .object(complete(inner, row.path + ".", rows))
            case .array(let elements):
                object[name] = .array(
                    elements.map { element in
                        element.object.map { .object(complete($0, row.path + "[].", rows)) } ?? element
                    })
            case nil: if !isAliased { object[name] = .null }
            case .null, .bool, .number, .string: break
            }
        }
        return object
    }
}
