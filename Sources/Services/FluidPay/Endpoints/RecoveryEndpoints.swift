import JSON
import Payments
import Processor
import ServiceKit

/// Forgotten names and passwords: nobody has signed in, so no credentials are looked at. Reference §3.3.
enum RecoveryEndpoints {
    static func username(_ call: FluidCall) -> ServiceAnswer {
        let command: RemindOfUsername
        do throws(CallFault) {
            let fields = try call.fields()
            let email = try fields.required("email", atMost: 254)
            guard AddressReading.isEmail(email) else { throw fields.invalid("email") }
            command = RemindOfUsername(email: email, scope: call.scope)
        } catch {
            return call.failed(error)
        }
        return call.perform(command) { _ throws(CallFault) in processed(call) }
    }

    static func password(_ call: FluidCall) -> ServiceAnswer {
        let command: RequestPasswordReset
        do throws(CallFault) {
            command = RequestPasswordReset(username: try call.fields().required("username"), scope: call.scope)
        } catch {
            return call.failed(error)
        }
        return call.perform(command) { _ throws(CallFault) in processed(call) }
    }

    static func reset(_ call: FluidCall) -> ServiceAnswer {
        let command: ResetPassword
        do throws(CallFault) {
            let fields = try call.fields()
            command = ResetPassword(
                of: try fields.required("username"), code: SecretDigest(of: try fields.required("reset_code")),
                new: ShownSecret(try fields.required("password")), scope: call.scope)
        } catch {
            return call.failed(error)
        }
        return call.perform(command) { outcome throws(CallFault) in
            if case .failure(let fault) = outcome { throw UserEndpoints.fault(fault) }
            return processed(call)
        }
    }

    private static func processed(_ call: FluidCall) -> Envelope {
        var envelope = Envelope(.null)
        envelope.message = call.policy.recoveryMessage
        return envelope
    }
}
