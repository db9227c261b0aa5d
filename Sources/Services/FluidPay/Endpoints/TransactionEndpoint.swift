import Payments
import Processor
import ServiceKit

/// `POST /api/transaction`: sale, authorization, verification, credit. Reference §4.
enum TransactionEndpoint {
    static func answer(_ call: FluidCall) -> ServiceAnswer {
        let request: ChargeRequest
        do throws(CallFault) {
            request = try ChargeReading.read(try call.fields())
        } catch {
            // Whoever has no right to ask learns nothing of the body.
            return call.refused(error, AccessNeed())
        }
        return call.perform(AccessNeed(request.kind.permission)) { caller in
            Charge(request.sent(by: caller), for: caller.account)
        } answer: { outcome throws(CallFault) in
            try call.transaction(outcome)
        }
    }
}

extension ChargeRequest {
    /// The order in the name of whoever sent it.
    func sent(by caller: Caller) -> ChargeRequest {
        var request = self
        request.order.account = caller.account.id
        request.order.user = caller.user.id
        request.order.userName = caller.user.username
        return request
    }
}

/// Does nothing: for refusals that come after the credentials were looked at.
struct NoCommand: Command {
    let operation: String
    func decide(in context: DecisionContext) -> Decision<Void> { Decision(outcome: ()) }
}

extension FluidCall {
    /// A payment alone, as the answer of whatever made or changed it.
    func transaction(_ outcome: Result<Charged, ChargeFault>) throws(CallFault) -> Envelope {
        switch outcome {
        case .success(let charged): return Envelope(TransactionDocument(charged, request.behavior))
        case .failure(let fault): throw .charge(fault)
        }
    }

    /// Refuses a request, but only after its credentials: bad ones come first.
    func refused(
        _ fault: CallFault, _ need: AccessNeed, as credential: PresentedCredential? = nil
    ) -> ServiceAnswer {
        let operation = operation
        return perform(need, as: credential) { _ in
            NoCommand(operation: operation)
        } answer: { _ throws(CallFault) in
            throw fault
        }
    }
}
