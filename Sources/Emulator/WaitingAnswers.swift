import Payments
import Platform
import ServiceKit

/// Calls back once, after so much real time, on the event loop of the caller where there is one. What it returns takes
/// the appointment back.
package typealias Appointments =
    @Sendable (Duration, _ work: @escaping @Sendable () -> Void) -> (@Sendable () -> Void)

/// Answers that are due at a moment of their world's time, and wait for it without a thread: each is a suspended task
/// and one timer of its event loop.
///
/// A world whose clock stands still lets them wait until somebody moves it; every change of a clock wakes them to look.
final class WaitingAnswers: Sendable {
    private enum Waiter {
        /// Looks how long there is to wait.
        case looking
        case asleep(CheckedContinuation<Void, Never>)
        /// Woken before it slept.
        case woken
    }

    private struct State {
        var nextTicket = 0
        var waiters: [Int: Waiter] = [:]
        /// The ticket of whoever waits for something that another request may bring about.
        var ticketsByKey: [HeldAnswer.Key: Int] = [:]
    }

    private let state = Lock(State())
    private let appointments: Appointments

    init(appointments: @escaping Appointments) { self.appointments = appointments }

    /// How many answers wait at the moment.
    var count: Int { state.withLock { $0.waiters.count } }

    /// Suspends until the moment has come, the task is cancelled, or the world is gone.
    ///
    /// - Parameter isolation: leave it out. A parameter, because closures inside of a `nonisolated(nonsending)`
    ///   function would run on the global pool (Swift 6.3), away from the event loop.
    func wait(until due: Instant, in world: WorldHandle, isolation: isolated (any Actor)? = #isolation) async {
        while !Task.isCancelled {
            // Before the look at the clock: a change of it after the look wakes this one.
            let ticket = arrive()
            let remaining = world.realTime(until: due)
            if let remaining, remaining <= .zero { return leave(ticket) }
            await sleep(ticket, atMost: remaining)
            leave(ticket)
        }
    }

    /// Waits until a held answer is worth another look: its time has come, or somebody has brought it about.
    func wait(
        for held: Emulator.Held, in world: WorldHandle, isolation: isolated (any Actor)? = #isolation
    ) async {
        let ticket = arrive()
        state.withLock { $0.ticketsByKey[held.key] = ticket }
        // After the arrival: what happens from now on wakes this one, and what happened before is seen here.
        let remaining = world.realTime(until: held.due)
        if !held.isOver(), remaining.map({ $0 > .zero }) ?? true { await sleep(ticket, atMost: remaining) }
        leave(ticket)
        state.withLock { state in
            if state.ticketsByKey[held.key] == ticket { state.ticketsByKey[held.key] = nil }
        }
    }

    /// What this key stands for has happened.
    func wake(_ key: HeldAnswer.Key) {
        if let ticket = state.withLock({ $0.ticketsByKey.removeValue(forKey: key) }) { wake(ticket) }
    }

    /// Somebody set a clock: everyone looks again how long there is to wait.
    func lookAgain() {
        let sleepers = state.withLock { state in
            var sleepers: [CheckedContinuation<Void, Never>] = []
            for (ticket, waiter) in state.waiters {
                if case .asleep(let sleeper) = waiter { sleepers.append(sleeper) }
                state.waiters[ticket] = .woken
            }
            return sleepers
        }
        for sleeper in sleepers { sleeper.resume() }
    }

    private func sleep(
        _ ticket: Int, atMost duration: Duration?, isolation: isolated (any Actor)? = #isolation
    ) async {
        let takeBack = duration.map { appointments($0) { [self] in wake(ticket) } }
        await withTaskCancellationHandler {
            _ = isolation  // captured, so that this closure is isolated as well
            await withCheckedContinuation { continuation in
                if !fallAsleep(ticket, continuation) { continuation.resume() }
            }
        } onCancel: {
            wake(ticket)
        }
        takeBack?()
    }

    private func arrive() -> Int {
        state.withLock { state in
            state.nextTicket += 1
            state.waiters[state.nextTicket] = .looking
            return state.nextTicket
        }
    }

    private func leave(_ ticket: Int) { state.withLock { _ = $0.waiters.removeValue(forKey: ticket) } }

    /// - Returns: false when it was woken before.
    private func fallAsleep(_ ticket: Int, _ continuation: CheckedContinuation<Void, Never>) -> Bool {
        state.withLock { state in
            guard case .looking? = state.waiters[ticket] else { return false }
            state.waiters[ticket] = .asleep(continuation)
            return true
        }
    }

    private func wake(_ ticket: Int) {
        let sleeper = state.withLock { state -> CheckedContinuation<Void, Never>? in
            guard let waiter = state.waiters[ticket] else { return nil }
            state.waiters[ticket] = .woken
            if case .asleep(let sleeper) = waiter { return sleeper }
            return nil
        }
        sleeper?.resume()
    }
}
