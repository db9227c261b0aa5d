package import HTTP
package import Payments
package import Processor
package import ServiceKit
import BoltTerminal
import CardPointeGateway
import CardSecure
import CoPilot
import FluidPay
import HostedTokenizer
import Platform
import Store

/// The whole product without sockets: requests in, answers out. The server and in-process replays share it.
package final class Emulator: HTTPHandler {
    package let worlds: WorldRegistry
    private let services: [any Service]
    private let waiting: WaitingAnswers
    private let courier: WebhookCourier?
    /// How many answers wait for their moment.
    package var waitingCount: Int { waiting.count }

    /// - Parameters:
    ///   - behavior: the scenario of the main world.
    ///   - seed: takes the place of the scenario's.
    ///   - clock: takes the place of what the scenario says about the clock's mode and start.
    ///   - realTime: the machine's clock, or one that a test moves by hand.
    ///   - appointments: call back in real time; needed only where answers are delivered over sockets.
    ///   - webhooks: sends messages; nil leaves them in the outboxes.
    package init(
        behavior: Behavior, seed: UInt64? = nil, clock: ClockStart = ClockStart(),
        realTime: @escaping @Sendable () -> Instant,
        appointments: @escaping Appointments = { _, work in
            work()
            return {}
        },
        webhooks sender: WebhookSender? = nil
    ) {
        let waiting = WaitingAnswers(appointments: appointments)
        self.waiting = waiting
        let known = KnownWorlds()
        let courier = sender.map { sender in
            WebhookCourier(
                appointments: appointments, sender: sender, known: { known.world($0) },
                tested: { waiting.wake(WebhookWaiting.key($0, $1)) })
        }
        self.courier = courier
        worlds = WorldRegistry(
            main: WorldRegistry.Blueprint(behavior: behavior, seed: seed, clock: clock),
            makeJournal: { MemoryJournal(limit: $0.journalEntries) }, realTime: realTime,
            clockChanged: { name in
                waiting.lookAgain()
                if let courier, let world = known.world(name) { courier.look(at: world) }
            })
        known.set(worlds)
        services = [
            CardPointeGateway(), CardSecure(), BoltTerminal(), HostedTokenizer(), CoPilot(), FluidPay(),
        ]
    }

    /// Does what takes long before a request needs it. Blocks: never call it on an event loop.
    package func prepare(_ behavior: Behavior) {
        for service in services { service.prepare(behavior) }
    }

    /// Nothing of that is left to be done for worlds with this scenario.
    package func isPrepared(for behavior: Behavior) -> Bool {
        services.allSatisfy { $0.isPrepared(for: behavior) }
    }

    /// Sends no more messages to webhooks, and waits for those that are on their way. Blocks.
    ///
    /// - Returns: whether all had been dealt with in time.
    package func stopWebhooks(atMost deadline: Duration) -> Bool { courier?.stop(atMost: deadline) ?? true }

    package func respond(to request: consuming HTTPRequest) -> HTTPReply {
        var delivered = deliver(request)
        guard delivered.held != nil || delivered.delay > .zero else { return .now(delivered.response.take()) }
        return later(delivered)
    }

    private func later(_ delivered: Delivered) -> HTTPReply {
        if delivered.held != nil { return .later { await self.waited(for: delivered) } }
        guard let world = delivered.world, let due = delivered.due else { return .now(delivered.response) }
        let waiting = waiting
        return .later {
            await waiting.wait(until: due, in: world)
            return delivered.response
        }
    }

    /// Waits until a held answer is known, and then until it is due.
    private nonisolated(nonsending) func waited(for delivered: Delivered) async -> HTTPResponse {
        var delivered = delivered
        while let held = delivered.held, let world = delivered.world {
            await waiting.wait(for: held, in: world)
            // The client has gone; what it asked for goes on without it.
            if Task.isCancelled { return delivered.response }
            delivered = held.look()
        }
        if delivered.delay > .zero, let world = delivered.world, let due = delivered.due {
            await waiting.wait(until: due, in: world)
        }
        return delivered.response
    }

    /// An answer and how it is to be delivered; what in-process replays look at instead of waiting.
    package struct Delivered: Sendable {
        package var response: HTTPResponse
        /// World time between request and answer.
        package var delay: Duration = .zero
        package var due: Instant?
        package var world: WorldHandle?
        /// Set when there is no answer yet.
        package var held: Held?
    }

    /// An answer that is not known yet.
    package struct Held: Sendable {
        package let due: Instant
        let key: HeldAnswer.Key
        let isOver: @Sendable () -> Bool
        /// Looks again: an answer, or one that is still held.
        package let look: @Sendable () -> Delivered
    }

    /// The way of a request: world, site, service, journal, delivery.
    package func deliver(_ request: consuming HTTPRequest) -> Delivered {
        let address = RequestAddress(request)
        let method = request.method
        let world: WorldHandle
        do throws(WorldRegistry.Fault) {
            world = try address.world.map { name throws(WorldRegistry.Fault) in try worlds.find(name) } ?? worlds.main
        } catch {
            return Delivered(response: OwnAnswers.unknownWorld(error.description))
        }
        let behavior = world.behavior
        guard let scope = behavior.directory.scope(ofHost: address.host) else {
            return Delivered(response: OwnAnswers.noSite())
        }
        guard let service = services.first(where: { $0.claims(address.path) }) else {
            return Delivered(response: OwnAnswers.noService(address.path))
        }
        let answer = service.respond(
            to: ServiceRequest(
                http: request, path: address.path, query: address.query, scope: scope, world: world,
                behavior: behavior))
        for key in answer.wakes { waiting.wake(key) }
        let delivered = finish(consume answer, of: method, service.name, world)
        if let courier, behavior.accounts.hasWebhooks || service.sendsMessages { courier.look(at: world) }
        return delivered
    }

    private func finish(
        _ answer: consuming ServiceAnswer, of method: HTTPMethod, _ service: String, _ world: WorldHandle
    ) -> Delivered {
        guard let held = answer.held else { return record(answer, of: method, service, world) }
        var delivered = Delivered(response: answer.response, world: world)
        delivered.held = Held(due: held.due, key: held.key, isOver: held.isOver) {
            self.finish(held.look(), of: method, service, world)
        }
        return delivered
    }

    private func record(
        _ answer: consuming ServiceAnswer, of method: HTTPMethod, _ service: String, _ world: WorldHandle
    ) -> Delivered {
        let exchange = Exchange(
            service: service, method: method.token, target: answer.recordedTarget,
            requestBody: answer.recordedRequest, status: answer.response.status,
            responseBody: answer.recordedBody ?? answer.response.body)
        do throws(JournalFault) {
            if let sequence = answer.sequence {
                world.attach(exchange, to: sequence, era: answer.era)
            } else {
                try world.note(exchange, operation: answer.operation, reasons: answer.reasons)
            }
        } catch {
            return Delivered(response: OwnAnswers.journalFailed(error))
        }
        DeliveryFaults.apply(answer.delivery, to: &answer.response)
        let due = answer.decidedAt.map { $0 + answer.delivery.delay }
        return Delivered(response: answer.response.take(), delay: answer.delivery.delay, due: due, world: world)
    }
}

/// The worlds, for those who were there before them and must not keep them.
private final class KnownWorlds: Sendable {
    private struct Reference {
        weak var worlds: WorldRegistry?
    }

    private let reference = Lock(Reference())

    func set(_ worlds: WorldRegistry) { reference.withLock { $0.worlds = worlds } }

    func world(_ name: String) -> WorldHandle? { reference.withLock { $0.worlds }?.handle(name) }
}
