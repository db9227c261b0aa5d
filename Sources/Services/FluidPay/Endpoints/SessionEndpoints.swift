import JSON
import Payments
import Processor
import ServiceKit

/// Signing in and out, and the health check. Reference §3.3.
enum SessionEndpoints {
    static func signIn(_ call: FluidCall) -> ServiceAnswer {
        let command: SignIn
        do throws(CallFault) {
            let fields = try call.fields()
            command = SignIn(
                username: try fields.required("username"),
                password: SecretDigest(of: try fields.required("password")), scope: call.scope)
        } catch {
            return call.failed(error)
        }
        let seed = call.request.world.seed
        return call.perform(command) { outcome throws(CallFault) in
            let session: AccessBooks.Session
            switch outcome {
            case .success(let made): session = made
            case .failure(let fault): throw .access(fault)
            }
            let token = WebToken.make(session.id, user: session.user, at: session.lastUsed, seed: seed)
            var envelope = Envelope(pair(token, session.id.text))
            envelope.extra = [("token", .string(token)), ("sid", .string(session.id.text))]
            envelope.recordedData = pair("(a token)", session.id.text)
            envelope.recordedExtra = [("token", "(a token)"), ("sid", .string(session.id.text))]
            return envelope
        }
    }

    private static func pair(_ token: String, _ sid: String) -> JSONValue {
        JSONValue(pairs: [("token", .string(token)), ("sid", .string(sid))])
    }

    static func signOut(_ call: FluidCall) -> ServiceAnswer {
        call.perform(.anybody) { caller in
            SignOut(session: caller.session)
        } answer: { _ throws(CallFault) in
            Envelope(.null)
        }
    }

    static func health(_ call: FluidCall) -> ServiceAnswer { call.answer(Envelope(nil)) }
}
