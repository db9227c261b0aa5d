import Payments
import Processor
import ServiceKit

/// A request whose cardholder has not answered yet. The books know how far it is; the connection only waits.
struct HeldTerminalRequest: Sendable {
    let call: BoltCall
    let id: TerminalRequestID
    /// The journal entry that gets the exchange when it is over.
    let sequence: Int
    let answer: @Sendable (BoltCall, TerminalReply) -> ServiceAnswer

    func held(until due: Instant) -> ServiceAnswer {
        var result = call.emptyAnswer()
        result.held = HeldAnswer(
            due: due, key: HeldAnswer.Key(call.request.world, id.number),
            isOver: { call.request.world.snapshot.books.terminals.request(id) == nil }, look: { look() })
        return result
    }

    private func look() -> ServiceAnswer {
        let world: World
        do throws(JournalFault) { world = try call.request.world.settledView().world } catch {
            return call.failed(error)
        }
        if let result = world.books.terminals.result(id) {
            var reply = answer(call, .ended(result))
            reply.sequence = sequence
            reply.delivery = result.delivery
            reply.decidedAt = result.endedAt
            return reply
        }
        guard world.books.terminals.request(id) != nil else {
            // The world went back to a time before the request, or has forgotten its end.
            return ErrorBody.answer(BoltFault(.commandCancelled), to: call.request, operation: call.operation, call)
        }
        return held(until: world.books.agenda.due(.terminal(id)) ?? call.request.world.now)
    }
}
