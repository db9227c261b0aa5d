import JSON
import Payments
import ServiceKit

/// The shape of a JSON value. One description serves three purposes: it checks what comes in, it becomes the JSON
/// Schema of the OpenAPI document, and tests check with it what goes out.
indirect enum Schema: Sendable {
    case text
    case choice([String])
    case formatted(Format)
    case integer(ClosedRange<UInt64>)
    /// A number with at most three decimals; the bounds are in thousandths.
    case thousandths(ClosedRange<UInt64>)
    case boolean
    case list(Schema)
    case object([Field])
    /// An object whose member names are data.
    case map(Schema)
    /// Any JSON value.
    case anything
    case nullable(Schema)
    /// A schema with a name of its own in the document.
    case named(Component)

    /// Texts with an inner form.
    enum Format: Sendable {
        case instant, duration, worldName, status
    }

    /// A member of an object.
    struct Field: Sendable {
        let name: String
        let schema: Schema
        let isRequired: Bool
        let about: String

        init(_ name: String, _ schema: Schema, required: Bool = true, _ about: String = "") {
            self.name = name
            self.schema = schema
            isRequired = required
            self.about = about
        }
    }

    /// A shape that several places share.
    final class Component: Sendable {
        let name: String
        let about: String
        let schema: Schema

        init(_ name: String, _ about: String, _ schema: Schema) {
            self.name = name
            self.about = about
            self.schema = schema
        }
    }

    static let anyInteger = Schema.integer(0...UInt64(Int.max))
}

extension Schema.Format {
    func accepts(_ text: String) -> Bool {
        switch self {
        case .instant: InstantText.read(text) != nil
        case .duration: DurationText.read(text) != nil
        case .worldName: WorldRegistry.isName(text)
        case .status: StatusFilter(text) != nil
        }
    }

    /// In the words of an error message.
    var expectation: String {
        switch self {
        case .instant: "an instant from 1970 to 2199 with a zone, such as 2030-01-02T10:00:00Z"
        case .duration: "a duration such as 1d 2h, 32s or 250ms, largest unit first, of at most a hundred years"
        case .worldName: "1 to 64 letters, digits, '-', '_' or '.', not a dot first"
        case .status: "a status such as 404, or a class such as 4xx"
        }
    }
}
