import JSON
import Payments
import Processor

/// What a request says about a clock. Each field fits its schema; here is what they mean together.
struct ClockFields {
    let mode: ClockSettings.Mode?
    let time: Instant?
    let advance: Duration?

    /// - Parameter prefix: what stands before the field names in error messages.
    init(_ object: JSONObject, at prefix: String = "") throws(ControlFault) {
        mode = try Self.mode(object, prefix)
        time = object["time"]?.stringValue.flatMap { InstantText.read($0) }
        advance = object["advance"]?.stringValue.flatMap { DurationText.read($0) }
        if time != nil, advance != nil {
            throw .field(
                Schema.Misfit(path: prefix + "advance", expected: "either 'time' or 'advance'", found: "both"))
        }
    }

    var isEmpty: Bool { mode == nil && time == nil && advance == nil }

    private static func mode(_ object: JSONObject, _ prefix: String) throws(ControlFault) -> ClockSettings.Mode? {
        let name = object["mode"]?.stringValue
        let factor = object["factor"].flatMap { Schema.thousandths(of: $0) }
        if factor != nil, name != "faster" {
            throw .field(
                Schema.Misfit(path: prefix + "factor", expected: "it with the mode 'faster' only", found: "it"))
        }
        switch name {
        case nil: return nil
        case "real": return .real
        case "frozen": return .frozen
        default:
            guard let factor else {
                throw .field(
                    Schema.Misfit(path: prefix + "factor", expected: Shapes.factor.expectation, found: nil))
            }
            return .scaled(perMille: Int64(clamping: factor))
        }
    }
}
