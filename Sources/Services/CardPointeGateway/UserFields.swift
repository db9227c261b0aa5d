import JSON
import Payments
import Processor
import ServiceKit

/// `userfields`: the client's own fields, as an array of objects of one pair each or as one object (reference §4.1).
enum UserFields {
    static let member = "userfields"

    /// The pairs in their order; nil when the value has neither form.
    static func pairs(_ value: JSONValue) -> [JSONObject.Member]? {
        if let object = value.object { return object.members }
        guard let elements = value.array else { return nil }
        var pairs: [JSONObject.Member] = []
        for element in elements {
            guard let object = element.object else { return nil }
            pairs += object.members
        }
        return pairs
    }

    // MARK: - Lengths

    /// What is too long: a pair, or all of them together.
    static func fault(
        _ pairs: [JSONObject.Member], _ value: JSONValue, _ row: MemberTable.Row, _ members: MemberTable
    ) -> MalformedMember? {
        for pair in pairs {
            guard let longest = longest(pair, members), (pair.value.text?.count ?? 0) > longest else { continue }
            return MalformedMember(name: pair.name, fault: .tooLong(longest))
        }
        guard let longest = row.longest, value.serialized().count > longest else { return nil }
        return MalformedMember(name: row.name, fault: .tooLong(longest))
    }

    /// Each text within its length, and from the front as many pairs as there is room for.
    static func cut(_ pairs: [JSONObject.Member], _ row: MemberTable.Row, _ members: MemberTable) -> JSONValue {
        var kept: [JSONValue] = []
        var bytes = 2
        for pair in pairs {
            var value = pair.value
            if let longest = longest(pair, members), let text = value.text {
                value = .string(String(text.prefix(longest)))
            }
            let element = JSONValue.object(JSONObject([JSONObject.Member(pair.name, value)]))
            bytes += element.serialized().count + 1
            if let longest = row.longest, bytes > longest { break }
            kept.append(element)
        }
        return .array(kept)
    }

    private static func longest(_ pair: JSONObject.Member, _ members: MemberTable) -> Int? {
        members["\(member)[].\(pair.name)"]?.longest
    }

    // MARK: - Reading and repeating

    /// What a payment came with; of equal names the last one counts.
    static func texts(_ transaction: Transaction) -> [String: String] {
        guard let value = transaction.details.memos.first(where: { $0.name == member })?.json, let pairs = pairs(value)
        else { return [:] }
        return Dictionary(
            pairs.compactMap { pair in pair.value.text.map { (pair.name, $0) } }, uniquingKeysWith: { $1 })
    }

    static func add(_ transaction: Transaction, _ call: GatewayCall, to object: inout AnswerObject) {
        guard let value = transaction.details.memos.first(where: { $0.name == member })?.json else { return }
        switch call.request.behavior.gateway.userFieldsForm {
        case .asSent: object.add(member, value: value)
        case .array: object.add(member, value: array(value))
        }
    }

    private static func array(_ value: JSONValue) -> JSONValue {
        guard let object = value.object else { return value }
        return .array(object.members.map { .object(JSONObject([$0])) })
    }
}
