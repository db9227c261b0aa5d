import HTTP
import JSON
import Payments
import Processor
import ServiceKit

/// The members of an object of a request, read with their types. `null` counts as absent; what does not fit is said.
struct WireFields: WireFacts {
    let object: JSONObject
    let headers: HTTPFields
    /// Where the object stands, for messages: `billing_address.`
    let path: String

    init(_ object: JSONObject, _ headers: HTTPFields = HTTPFields(), path: String = "") {
        self.object = object
        self.headers = headers
        self.path = path
    }

    func has(_ name: MemberName) -> Bool { object.present(name) != nil }

    /// A text, or a number as written.
    func text(_ name: MemberName, atMost limit: Int? = nil) throws(CallFault) -> String? {
        guard let value = object.present(name) else { return nil }
        guard let text = value.text else { throw invalid(name) }
        if let limit, text.count > limit { throw .invalid("invalid \(path)\(name): more than \(limit) characters") }
        return text
    }

    /// A text that is there and is not empty.
    func required(_ name: MemberName, atMost limit: Int? = nil) throws(CallFault) -> String {
        guard let text = try text(name, atMost: limit), !text.isEmpty else {
            throw .invalid("\(path)\(name) is required")
        }
        return text
    }

    func nonempty(_ name: MemberName, atMost limit: Int? = nil) throws(CallFault) -> String? {
        guard let text = try text(name, atMost: limit), !text.isEmpty else { return nil }
        return text
    }

    /// A whole number of minor units, from 0.
    func amount(_ name: MemberName) throws(CallFault) -> Int64? {
        guard let value = object.present(name) else { return nil }
        guard let literal = value.numberLiteral ?? value.stringValue, literal.utf8.count <= 18,
            let amount = Int64(literal), amount >= 0, Digits.areAll(literal)
        else { throw invalid(name) }
        return amount
    }

    func integer(_ name: MemberName, in range: ClosedRange<Int>) throws(CallFault) -> Int? {
        guard let value = object.present(name) else { return nil }
        guard let number = value.integer ?? value.stringValue.flatMap({ Int($0) }), range.contains(number) else {
            throw .invalid("invalid \(path)\(name): \(range.lowerBound) to \(range.upperBound)")
        }
        return number
    }

    func flag(_ name: MemberName) throws(CallFault) -> Bool? {
        guard let value = object.present(name) else { return nil }
        guard let flag = Self.flag(value) else { throw invalid(name) }
        return flag
    }

    /// The same for a name that a client chose.
    func flag(called name: String) throws(CallFault) -> Bool? {
        guard let value = object.present(name) else { return nil }
        guard let flag = Self.flag(value) else { throw invalid(called: name) }
        return flag
    }

    private static func flag(_ value: JSONValue) -> Bool? {
        if let flag = value.boolValue { return flag }
        switch value.text {
        case "true": return true
        case "false": return false
        default: return nil
        }
    }

    func choice<Choice: RawRepresentable>(
        _ name: MemberName, _ type: Choice.Type = Choice.self
    ) throws(CallFault) -> Choice? where Choice.RawValue == String {
        guard let text = try nonempty(name) else { return nil }
        guard let choice = Choice(rawValue: text) else { throw invalid(name) }
        return choice
    }

    func fields(_ name: MemberName) throws(CallFault) -> WireFields? {
        guard let value = object.present(name) else { return nil }
        return try fields(of: value, name.description)
    }

    /// The same for a name that a client chose.
    func fields(called name: String) throws(CallFault) -> WireFields? {
        guard let value = object.present(name) else { return nil }
        return try fields(of: value, name)
    }

    private func fields(of value: JSONValue, _ name: String) throws(CallFault) -> WireFields {
        guard let object = value.object else { throw invalid(called: name) }
        return WireFields(object, path: path + name + ".")
    }

    func list(_ name: MemberName) throws(CallFault) -> [JSONValue]? {
        guard let value = object.present(name) else { return nil }
        guard let list = value.array else { throw invalid(name) }
        return list
    }

    func objects(_ name: MemberName) throws(CallFault) -> [WireFields]? {
        guard let list = try list(name) else { return nil }
        var result: [WireFields] = []
        for (position, value) in list.enumerated() {
            guard let object = value.object else { throw .invalid("invalid \(path)\(name)[\(position)]") }
            result.append(WireFields(object, path: "\(path)\(name)[\(position)]."))
        }
        return result
    }

    /// A member as it is, for answers that repeat it; what could be a card number is masked.
    func memo(_ name: MemberName) -> TransactionDetails.Memo? {
        object.present(name).map {
            TransactionDetails.Memo(name: name.description, text: Redaction.redacted($0).serializedText())
        }
    }

    func invalid(_ name: MemberName) -> CallFault { invalid(called: name.description) }

    func invalid(called name: String) -> CallFault { .invalid("invalid \(path)\(name)") }

    // MARK: - WireFacts

    /// `type`, or with points `payment_method.card.expiration_date`; secret members are absent.
    func field(_ name: String) -> String? {
        var value: JSONValue? = .object(object)
        for part in name.split(separator: ".") {
            if Redaction.isSecret(String(part)) { return nil }
            value = value?.present(String(part))
        }
        return value?.text
    }

    func header(_ name: String) -> String? {
        name.lowercased() == "authorization" ? nil : headers[name]
    }
}
