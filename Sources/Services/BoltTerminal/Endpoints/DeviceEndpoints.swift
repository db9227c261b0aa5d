import JSON
import Payments
import Processor
import ServiceKit
import Texts

/// What a terminal does without a cardholder (reference §3.2).
enum DeviceEndpoints {
    static func ping(_ call: BoltCall) throws(BoltFault) -> ServiceAnswer {
        call.perform(.ping) { call, reply in
            guard case .connected(let isConnected) = reply else { return call.emptyAnswer() }
            var object = AnswerObject()
            object.add("connected", value: .bool(isConnected))
            return call.answer(object)
        }
    }

    /// `2019-04-22T15:49:55`: local, without an offset.
    static func dateTime(_ call: BoltCall) throws(BoltFault) -> ServiceAnswer {
        let text = try call.fields.required("dateTime")
        guard InstantText.read(text + "Z") != nil, text.utf8.count >= 16,
            text.utf8.dropFirst(10).first == UInt8(ascii: "T")
        else { throw BoltFault(.unreadableTime) }
        return call.perform(.setTime(text))
    }

    static func version(_ call: BoltCall) throws(BoltFault) -> ServiceAnswer {
        call.perform(.tellVersion) { call, reply in
            guard case .version(let version) = reply else { return call.emptyAnswer() }
            var object = AnswerObject()
            object.add("version", version)
            return call.answer(object)
        }
    }

    static func display(_ call: BoltCall) throws(BoltFault) -> ServiceAnswer {
        let text = try call.fields.required("text", upTo: 1000)
        return call.perform(.display(text.replacing("%%", with: "%")))
    }

    static func clearDisplay(_ call: BoltCall) throws(BoltFault) -> ServiceAnswer { call.perform(.display("")) }

    static func cancel(_ call: BoltCall) throws(BoltFault) -> ServiceAnswer { call.perform(.cancel) }

    static func activationCode(_ call: BoltCall) throws(BoltFault) -> ServiceAnswer {
        call.perform(.tellActivationCode) { call, reply in
            guard case .activationCode(let code) = reply else { return call.emptyAnswer() }
            var object = AnswerObject()
            object.add("terminalActivationCode", code)
            return call.answer(object)
        }
    }
}
