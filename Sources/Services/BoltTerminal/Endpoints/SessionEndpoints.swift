import HTTP
import Payments
import Processor
import ServiceKit

/// `preconnect`, `connect`, `disconnect` (reference §2).
enum SessionEndpoints {
    static func preconnect(_ call: BoltCall) throws(BoltFault) -> ServiceAnswer {
        call.perform(.pair) { call, reply in
            guard case .pairing(let code) = reply else { return call.emptyAnswer() }
            var object = AnswerObject()
            object.add("token", secret: code, recordedAs: "(\(code.utf8.count) digits)")
            return call.answer(object)
        }
    }

    static func connect(_ call: BoltCall) throws(BoltFault) -> ServiceAnswer {
        let force = try call.fields.flag("force", default: false)
        let code = call.fields.text("token").map(Self.sixDigits)
        return call.perform(.connect(force: force, pairingCode: code)) { call, reply in
            guard case .session(let session, _) = reply else { return call.emptyAnswer() }
            let expiry = InstantText.utc(session.expiresAt)
            return call.emptyAnswer([HTTPField("X-CardConnect-SessionKey", "\(session.key);expires=\(expiry)")])
        }
    }

    /// The code may come as a number, which has lost its leading zeros.
    private static func sixDigits(_ text: String) -> String {
        String(repeating: "0", count: max(0, 6 - text.utf8.count)) + text
    }

    static func disconnect(_ call: BoltCall) throws(BoltFault) -> ServiceAnswer { call.perform(.disconnect) }
}
