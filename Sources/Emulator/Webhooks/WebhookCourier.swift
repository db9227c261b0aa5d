import FluidPay
import Payments
import Platform
import Processor
import ServiceKit

/// Carries messages from the outboxes of worlds to where they belong: one at a time to each hook, in the order in which
/// their time came. It looks after every request, when a clock was set, and when real time brings something due.
final class WebhookCourier: Sendable {
    /// A hook of a world; tests, which have none, go by themselves.
    private struct Lane: Hashable {
        let world: ObjectIdentifier
        let hook: ObjectID
        let test: Int?
    }

    private struct State {
        var busy: Set<Lane> = []
        /// Set when nothing is sent any more; opened when nothing is on its way.
        var ending: Gate?
        /// Takes back the next look at a world.
        var appointments: [ObjectIdentifier: @Sendable () -> Void] = [:]
    }

    /// Nobody is surprised by a message that is a minute late because the machine's clock was set.
    private static let longestSleep = Duration.seconds(60)

    private let state = Lock(State())
    private let appointments: Appointments
    private let sender: WebhookSender
    /// The world of a name. Kept in mind by name, for whoever is held weakly is counted the slow way ever after.
    private let known: @Sendable (String) -> WorldHandle?
    /// Told when the message of a test has been dealt with.
    private let tested: @Sendable (WorldHandle, Int) -> Void

    init(
        appointments: @escaping Appointments, sender: WebhookSender,
        known: @escaping @Sendable (String) -> WorldHandle?,
        tested: @escaping @Sendable (WorldHandle, Int) -> Void
    ) {
        self.appointments = appointments
        self.sender = sender
        self.known = known
        self.tested = tested
    }

    /// Sends what is ready, and plans the next look.
    func look(at world: WorldHandle) {
        guard !world.isRetired else { return forget(ObjectIdentifier(world)) }
        let view: World
        do throws(JournalFault) { view = try world.settledView().world } catch { return }
        for message in view.books.gateway.webhooks.readyMessages {
            let lane = Lane(
                world: ObjectIdentifier(world), hook: message.hook, test: message.kind == .test ? message.number : nil)
            guard state.withLock({ $0.ending == nil && $0.busy.insert(lane).inserted }) else { continue }
            carry(message, view, of: world, on: lane)
        }
        plan(world, view)
    }

    private func carry(_ message: WebhookMessage, _ view: World, of world: WorldHandle, on lane: Lane) {
        let outgoing = OutgoingWebhook(message, in: view)
        let policy = view.behavior.accounts.policy
        Task {
            let receipt: WebhookPost.Receipt
            if let outgoing {
                receipt = await BlockingWork.run { [sender] in sender.send(outgoing, policy) }
            } else {
                receipt = WebhookPost.Receipt(result: .failed("what it is about is forgotten"))
            }
            WebhookPost.finish(message.number, outgoing, receipt, in: world)
            if message.kind == .test { tested(world, message.number) }
            leave(lane)
            look(at: world)
        }
    }

    private func leave(_ lane: Lane) {
        state.withLock { state in
            state.busy.remove(lane)
            if state.busy.isEmpty { state.ending?.open() }
        }
    }

    /// Sends nothing more, and waits for what is on its way. Blocks: never call it on an event loop.
    func stop(atMost deadline: Duration) -> Bool {
        let gate = Gate()
        let isIdle = state.withLock { state in
            state.ending = gate
            return state.busy.isEmpty
        }
        return isIdle || gate.wait(atMost: deadline)
    }

    private func plan(_ world: WorldHandle, _ view: World) {
        guard state.withLock({ $0.ending == nil }) else { return }
        guard let next = view.books.agenda.first, let wait = world.realTime(until: next.due) else {
            return forget(ObjectIdentifier(world))
        }
        let (id, name) = (ObjectIdentifier(world), world.name)
        let takeBack = appointments(min(max(wait, .milliseconds(1)), Self.longestSleep)) {
            self.lookAgain(at: name, id)
        }
        let earlier = state.withLock { state in
            let earlier = state.appointments[id]
            state.appointments[id] = takeBack
            return earlier
        }
        earlier?()
    }

    /// Looks at a world when its time has come, unless another one has its name by now.
    private func lookAgain(at name: String, _ id: ObjectIdentifier) {
        guard let world = known(name), ObjectIdentifier(world) == id else { return forget(id) }
        look(at: world)
    }

    private func forget(_ world: ObjectIdentifier) {
        state.withLock { $0.appointments.removeValue(forKey: world) }?()
    }
}
