import JSON

extension Schema {
    /// As JSON Schema 2020-12, the dialect of OpenAPI 3.1.
    var document: JSONValue {
        switch self {
        case .text: ["type": "string"]
        case .choice(let names): ["type": "string", "enum": .array(names.map { .string($0) })]
        case .formatted(let format): format.document
        case .integer(let range): Self.integerDocument(range)
        case .thousandths(let range):
            [
                "type": "number", "minimum": .number(Self.decimal(range.lowerBound)),
                "maximum": .number(Self.decimal(range.upperBound)), "multipleOf": .number("0.001"),
            ]
        case .boolean: ["type": "boolean"]
        case .list(let schema): ["type": "array", "items": schema.document]
        case .object(let fields): Self.objectDocument(fields)
        case .map(let schema): ["type": "object", "additionalProperties": schema.document]
        case .anything: [:]
        case .nullable(let schema): ["anyOf": [schema.document, ["type": "null"]]]
        case .named(let component): ["$ref": .string("#/components/schemas/\(component.name)")]
        }
    }

    /// The named schemas in here, outer ones first.
    var components: [Component] {
        switch self {
        case .text, .choice, .formatted, .integer, .thousandths, .boolean, .anything: []
        case .list(let schema), .map(let schema), .nullable(let schema): schema.components
        case .object(let fields): fields.flatMap(\.schema.components)
        case .named(let component): [component] + component.schema.components
        }
    }

    /// A number that fills 64 bits has no bound in the document: readers would round it.
    private static func integerDocument(_ range: ClosedRange<UInt64>) -> JSONValue {
        var object: JSONObject = ["type": "integer", "minimum": JSONValue(range.lowerBound)]
        if range.upperBound >= UInt64(Int.max) {
            object["format"] = range.upperBound == .max ? "uint64" : "int64"
        } else {
            object["maximum"] = JSONValue(range.upperBound)
        }
        return .object(object)
    }

    private static func objectDocument(_ fields: [Field]) -> JSONValue {
        var properties = JSONObject()
        for field in fields {
            var property = field.schema.document.object ?? JSONObject()
            if !field.about.isEmpty { property["description"] = .string(field.about) }
            properties.append(field.name, .object(property))
        }
        var object: JSONObject = ["type": "object", "properties": .object(properties)]
        let required = fields.filter(\.isRequired).map { JSONValue.string($0.name) }
        if !required.isEmpty { object["required"] = .array(required) }
        object["additionalProperties"] = false
        return .object(object)
    }
}

extension Schema.Format {
    var document: JSONValue {
        switch self {
        case .instant: ["type": "string", "format": "date-time"]
        case .duration:
            [
                "type": "string",
                "pattern": .string("^(?=[0-9])" + ["d", "h", "m", "s"].map(Self.part).joined() + "([0-9]+ms)?$"),
                "examples": ["1d 2h", "250ms"],
            ]
        case .worldName: ["type": "string", "pattern": "^[A-Za-z0-9_-][A-Za-z0-9._-]{0,63}$"]
        case .status: ["type": "string", "pattern": "^[1-5]([0-9][0-9]|xx)$"]
        }
    }

    /// One unit of a duration; a blank behind it only when another follows.
    private static func part(_ unit: String) -> String { "([0-9]+\(unit)( (?=[0-9])|$))?" }
}
