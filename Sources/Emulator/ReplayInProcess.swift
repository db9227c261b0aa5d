package import HTTP
import Payments
import Platform
package import Processor
package import Replays
import ServiceKit

/// Plays replays against an emulator of its own in this process: no socket, no waiting, no thread.
///
/// An answer that a client would wait for moves the world's clock to the moment at which it comes.
package final class InProcessTarget: ReplayTarget {
    package let emulator: Emulator
    /// The journal entry of the last answer.
    private var lastEntry: Int?
    /// Requests that were left waiting.
    private var waiting: [String: Emulator.Delivered] = [:]
    private let webhooks = WebhookSink()
    /// Messages to webhooks stay in the outbox.
    package var leavesWebhooks = false

    package init(behavior: Behavior, setup: ReplaySetup) {
        let start = setup.clock
        let mode = setup.effectiveClockMode?.clockMode
        let standsStill = mode == .frozen
        let fixed = start ?? Instant(nanoseconds: SystemClock.now())
        emulator = Emulator(
            behavior: behavior, seed: setup.seed, clock: ClockStart(mode: mode, time: start),
            realTime: { standsStill ? fixed : Instant(nanoseconds: SystemClock.now()) })
    }

    package func send(
        _ request: HTTPRequest, expecting delay: ReplayExpectation.Delay
    ) throws(ReplayTargetFault) -> ReplayAnswer {
        var delivered = emulator.deliver(request)
        lastEntry = nil
        deliverWebhooks()
        if delivered.held != nil { delivered = try answered(delivered) }
        if delivered.delay > .zero, let world = delivered.world, let due = delivered.due {
            lastEntry = world.snapshot.lastSequence
            try change { () throws(JournalFault) in
                _ = try world.setClock { clock, real in clock.showing(max(due, clock.now(at: real)), at: real) }
            }
        }
        return ReplayAnswer(delivered.response, delay: delivered.delay)
    }

    /// Moves the clock to where a held answer is known.
    private func answered(_ held: Emulator.Delivered) throws(ReplayTargetFault) -> Emulator.Delivered {
        var delivered = held
        guard let world = delivered.world else { return delivered }
        let start = world.now
        while let held = delivered.held {
            if held.isOver() {
                delivered = held.look()
                continue
            }
            try change { () throws(JournalFault) in
                _ = try world.setClock { clock, real in clock.showing(max(held.due, clock.now(at: real)), at: real) }
            }
            delivered = held.look()
        }
        // What a client waits: for the cardholder, and then for the delivery.
        let due = delivered.due ?? world.now
        delivered.delay = max(due, world.now) - start
        delivered.due = max(due, world.now)
        return delivered
    }

    /// Messages to webhooks come at once, as far as their time has come.
    private func deliverWebhooks() {
        let world = emulator.worlds.main
        lastEntry = lastEntry ?? world.snapshot.lastSequence
        guard !leavesWebhooks else { return }
        webhooks.collect(from: world)
    }

    package func nextDelivery() throws(ReplayTargetFault) -> ReplayDelivery? { webhooks.next() }

    package func begin(_ request: HTTPRequest, as name: String) throws(ReplayTargetFault) {
        let delivered = emulator.deliver(request)
        guard delivered.held != nil else { throw .failed("the answer came at once") }
        waiting[name] = delivered
    }

    package func finish(_ name: String) throws(ReplayTargetFault) -> ReplayAnswer {
        guard let sent = waiting.removeValue(forKey: name), let held = sent.held, let world = sent.world else {
            throw .failed("no request waits as '\(name)'")
        }
        let delivered = held.look()
        let isDue = delivered.due.map { $0 <= world.now } ?? true
        guard delivered.held == nil, isDue else { throw .failed("there is no answer yet") }
        var answer = ReplayAnswer(delivered.response, delay: .zero)
        // The steps in between say how long it waited.
        answer.delay = nil
        return answer
    }

    package func control(_ step: ReplayControl) throws(ReplayTargetFault) {
        let world = emulator.worlds.main
        var isKnown = true
        try change { () throws(JournalFault) in
            switch step {
            case .moveClock(let duration):
                _ = try world.setClock { clock, real in clock.showing(clock.now(at: real) + duration, at: real) }
            case .setClock(let moment):
                _ = try world.setClock { clock, real in clock.showing(moment, at: real) }
            case .settle: _ = try world.settle()
            case .endpoint(let status): webhooks.status = status
            case .resend(let number):
                if case .failure = try world.perform(ReplayWebhook(number)).outcome { isKnown = false }
            case .application, .order, .answer, .noDelivery: break
            }
        }
        guard isKnown else { throw .failed("there is no such message, or its hook is off") }
        if let action = try Self.operation(step) {
            try change { () throws(JournalFault) in
                if case .failure = try world.perform(action).outcome { isKnown = false }
            }
            guard isKnown else { throw .failed("there is no such application or order") }
        }
        deliverWebhooks()
    }

    /// What somebody does about the boarding of merchants; nil for other steps.
    private static func operation(_ step: ReplayControl) throws(ReplayTargetFault) -> OperateBoarding? {
        switch step {
        case .application(let number, let status):
            guard let known = MerchantApplication.Status(rawValue: status) else {
                throw .failed("an application has no state '\(status)'")
            }
            return OperateBoarding(.application(ApplicationNumber(number), known))
        case .order(let number, let status):
            guard let known = EquipmentOrder.Status(rawValue: status) else {
                throw .failed("an order has no state '\(status)'")
            }
            return OperateBoarding(.order(number, known))
        case .moveClock, .setClock, .settle, .answer, .noDelivery, .endpoint, .resend: return nil
        }
    }

    /// Makes one more world of the same scenario, for traffic beside that of the replay.
    package func addWorld(_ name: String) throws(ReplayTargetFault) {
        do throws(WorldRegistry.Fault) {
            _ = try emulator.worlds.create(name, nil)
        } catch {
            throw .failed(error.description)
        }
    }

    package func reasons() -> [String] {
        let world = emulator.worlds.main.snapshot
        let entry = world.journal.entry(lastEntry ?? world.lastSequence)
        return entry?.reasons.map(\.sentence) ?? []
    }

    private func change(_ change: () throws(JournalFault) -> Void) throws(ReplayTargetFault) {
        do throws(JournalFault) { try change() } catch { throw .failed(error.description) }
    }
}

extension ReplayClockMode {
    var clockMode: ClockSettings.Mode {
        switch self {
        case .real: .real
        case .frozen: .frozen
        case .scaled(let factor): .scaled(perMille: Int64(factor) * 1000)
        }
    }
}

extension Reason {
    /// With the place where the deciding row stands.
    package var sentence: String { text + (source.map { " (\($0))" } ?? "") }
}

extension ReplayAnswer {
    /// What a client sees of an answer, without a socket.
    init(_ response: HTTPResponse, delay: Duration) {
        self.init(delay: delay)
        switch response.delivery {
        case .dropped: arrival = .dropped
        case .reset: arrival = .reset
        case .whole, .slow: fill(response, bodyBytes: response.body.count)
        case .truncated(let bytes): fill(response, bodyBytes: min(bytes, response.body.count))
        }
    }

    private mutating func fill(_ response: HTTPResponse, bodyBytes: Int) {
        status = response.status
        reason =
            switch response.reason {
            case .standard: StatusPhrases.standard(response.status)
            case .none: ""
            case .text(let text): text
            }
        headers = response.headers
        body = Array(response.body.prefix(bodyBytes))
        arrival = bodyBytes < response.body.count ? .truncated : .whole
    }
}
