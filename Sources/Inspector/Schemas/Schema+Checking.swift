import JSON
import Payments

extension Schema {
    /// The first thing about a value that does not fit.
    struct Misfit: Hashable, Sendable {
        /// For example `clock.mode`; empty for the value itself.
        var path: String
        var expected: String
        /// What there was instead; nil when something was missing.
        var found: String?
        /// What would be allowed, where that can be listed.
        var allowed: [String] = []
    }

    /// Nil when the value fits.
    func misfit(_ value: JSONValue, at path: String = "") -> Misfit? {
        switch self {
        case .anything: return nil
        case .nullable(let schema): return value.isNull ? nil : schema.misfit(value, at: path)
        case .named(let component): return component.schema.misfit(value, at: path)
        case .list(let schema): return Self.misfit(list: schema, value, path)
        case .object(let fields): return Self.misfit(fields, value, path)
        case .map(let schema): return Self.misfit(map: schema, value, path)
        case .text, .choice, .formatted, .integer, .thousandths, .boolean:
            if accepts(value) { return nil }
            return Misfit(path: path, expected: expectation, found: Self.words(value), allowed: choices)
        }
    }

    /// In the words of an error message.
    var expectation: String {
        switch self {
        case .text: "a text"
        case .choice(let names): names.map { "'\($0)'" }.joined(separator: " or ")
        case .formatted(let format): format.expectation
        case .integer(let range):
            range.upperBound >= UInt64(Int.max)
                ? "a whole number from \(range.lowerBound)"
                : "a whole number from \(range.lowerBound) to \(range.upperBound)"
        case .thousandths(let range):
            "a number from \(Self.decimal(range.lowerBound)) to \(Self.decimal(range.upperBound)) with at most three "
                + "decimals"
        case .boolean: "true or false"
        case .list: "an array"
        case .object, .map: "an object"
        case .anything: "any value"
        case .nullable(let schema): schema.expectation + " or null"
        case .named(let component): component.schema.expectation
        }
    }

    /// A number of ``thousandths(_:)``, as thousandths.
    static func thousandths(of value: JSONValue) -> UInt64? {
        guard let literal = value.numberLiteral else { return nil }
        do throws(DecimalText.Fault) {
            return UInt64(exactly: try DecimalText.majorUnits(literal, decimals: 3))
        } catch {
            return nil
        }
    }

    /// Without trailing zeros: `1.5`, `60`.
    static func decimal(_ thousandths: UInt64) -> String {
        var text = DecimalText.write(Int64(clamping: thousandths), decimals: 3)
        while text.last == "0" { text.removeLast() }
        if text.last == "." { text.removeLast() }
        return text
    }

    private var choices: [String] {
        if case .choice(let names) = self { return names }
        return []
    }

    private func accepts(_ value: JSONValue) -> Bool {
        switch self {
        case .text: value.stringValue != nil
        case .choice(let names): value.stringValue.map { names.contains($0) } ?? false
        case .formatted(let format): value.stringValue.map { format.accepts($0) } ?? false
        case .integer(let range): value.numberLiteral.flatMap { UInt64($0) }.map { range.contains($0) } ?? false
        case .thousandths(let range): Self.thousandths(of: value).map { range.contains($0) } ?? false
        case .boolean: value.boolValue != nil
        case .list, .object, .map, .anything, .nullable, .named: misfit(value) == nil
        }
    }

    private static func misfit(_ fields: [Field], _ value: JSONValue, _ path: String) -> Misfit? {
        guard let object = value.object else {
            return Misfit(path: path, expected: "an object", found: words(value))
        }
        let names = fields.map(\.name)
        for member in object.members {
            let place = join(path, member.name)
            guard let field = fields.first(where: { $0.name == member.name }) else {
                let expected = names.isEmpty ? "no field at all" : "one of the fields \(names.joined(separator: ", "))"
                return Misfit(path: place, expected: expected, found: "an unknown field", allowed: names)
            }
            if let misfit = field.schema.misfit(member.value, at: place) { return misfit }
        }
        for field in fields where field.isRequired && object[field.name] == nil {
            return Misfit(path: join(path, field.name), expected: field.schema.expectation, found: nil)
        }
        return nil
    }

    private static func misfit(map schema: Schema, _ value: JSONValue, _ path: String) -> Misfit? {
        guard let object = value.object else {
            return Misfit(path: path, expected: "an object", found: words(value))
        }
        return object.members.lazy.compactMap { schema.misfit($0.value, at: join(path, $0.name)) }.first
    }

    private static func misfit(list schema: Schema, _ value: JSONValue, _ path: String) -> Misfit? {
        guard let elements = value.array else {
            return Misfit(path: path, expected: "an array", found: words(value))
        }
        return elements.enumerated().lazy.compactMap { schema.misfit($1, at: "\(path)[\($0)]") }.first
    }

    private static func join(_ path: String, _ name: String) -> String { path.isEmpty ? name : "\(path).\(name)" }

    /// A value in the words of an error message.
    private static func words(_ value: JSONValue) -> String {
        switch value {
        case .null: "null"
        case .bool(let flag): flag ? "true" : "false"
        case .number(let literal): literal
        case .string(let text): "'\(text)'"
        case .array: "an array"
        case .object: "an object"
        }
    }
}
