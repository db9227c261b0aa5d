import JSON
import Payments
import Processor
import ServiceKit

/// Questions to the cardholder without a card (reference §3.3).
enum QuestionEndpoints {
    static func confirmation(_ call: BoltCall) throws(BoltFault) -> ServiceAnswer {
        _ = try call.fields.required("prompt", upTo: 1000)
        _ = try call.fields.flag("beep")
        return call.perform(.ask(.confirm), Answering.answer)
    }

    static func input(_ call: BoltCall) throws(BoltFault) -> ServiceAnswer {
        _ = try call.fields.required("prompt", upTo: 1000)
        _ = try call.fields.flag("beep")
        guard let format = InputFormat(try call.fields.required("format")) else { throw BoltFault(.invalidFormat) }
        return call.perform(.ask(.enter(format)), Answering.answer)
    }

    static func signature(_ call: BoltCall) throws(BoltFault) -> ServiceAnswer {
        if let prompt = call.fields.text("prompt"), prompt.count > 16 { throw BoltFault(.promptTooLong) }
        let form = try SignatureForm(call.fields)
        return call.perform(.ask(.sign)) { call, reply in Answering.answer(call, reply, form) }
    }

    static func tip(_ call: BoltCall) throws(BoltFault) -> ServiceAnswer {
        let amount = try call.fields.requiredAmount("amount")
        _ = try call.fields.required("prompt", upTo: 1000)
        _ = try call.fields.flag("includeAmountDisplay")
        let allowsOther = try call.fields.flag("includeCustomTipAmount", default: true)
        let presets = try presets(call.fields)
        if !allowsOther, presets == nil { throw BoltFault(.presetsRequired, "tipPercentPresets") }
        let question = TipQuestion(amount: amount, presets: presets ?? [], allowsOther: allowsOther)
        return call.perform(.ask(.tip(question)), Answering.answer)
    }

    /// Exactly three whole numbers.
    private static func presets(_ fields: BoltFields) throws(BoltFault) -> [Int]? {
        guard let value = fields.object.present("tipPercentPresets") else { return nil }
        guard let entries = value.array else { throw BoltFault(.presetNotInteger) }
        var presets: [Int] = []
        for entry in entries {
            if entry.isNull || entry.text == "" { throw BoltFault(.presetBlank) }
            guard let text = entry.text, let percent = Int(text), (0...1000).contains(percent) else {
                throw BoltFault(.presetNotInteger)
            }
            presets.append(percent)
        }
        guard presets.count == 3 else { throw BoltFault(.presetNotInteger) }
        return presets
    }
}
