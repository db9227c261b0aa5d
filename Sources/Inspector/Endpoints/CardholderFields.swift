import JSON
import Payments
import Processor

/// What somebody does at a terminal. Each field fits its schema; here is what they mean together.
enum CardholderFields {
    static func action(_ body: JSONObject) throws(ControlFault) -> CardholderAction {
        guard let member = body.members.first, body.count == 1 else {
            throw .field(
                Schema.Misfit(
                    path: "",
                    expected: "exactly one of 'present', 'confirm', 'enter', 'sign', 'tip', 'cancel' and 'fail'",
                    found: body.isEmpty ? "none" : "several"))
        }
        switch member.name {
        case "present": return .present(try card(member.value))
        case "confirm": return .confirm(member.value.boolValue ?? false)
        case "enter": return .enter(member.value.stringValue ?? "")
        case "sign": return .sign
        case "tip": return .tip(.minorUnits(Int64(member.value.integer ?? 0)))
        case "cancel": return .cancel
        default: return .fail(member.value.stringValue.flatMap { TerminalFault(rawValue: $0) } ?? .failure)
        }
    }

    /// The number is in no message.
    private static func card(_ value: JSONValue) throws(ControlFault) -> PresentedCard {
        let digits = value["card"]?.stringValue ?? ""
        guard Digits.areAll(digits), let number = PrimaryAccountNumber(digits),
            let entry = entry(value["by"]?.stringValue ?? "")
        else {
            throw .field(Schema.Misfit(path: "present.card", expected: "12 to 19 digits", found: "something else"))
        }
        var card = PresentedCard(number: number, entry: entry)
        card.name = value["name"]?.stringValue
        card.entersPIN = value["pin"]?.boolValue ?? false
        card.isDebit = value["debit"]?.boolValue ?? false
        return card
    }

    private static func entry(_ by: String) -> EntryMode? {
        switch by {
        case "chip": .chip
        case "tap": .contactless
        case "swipe": .swiped
        case "key": .keyed
        case "fallbackSwipe": .fallbackSwipe
        case "fallbackKeyed": .fallbackKeyed
        default: nil
        }
    }
}
