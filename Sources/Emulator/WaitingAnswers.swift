import Payments
import Platform
import ServiceKit

/// Waits in real time on the event loop that calls it; ends early when the task is cancelled.
package typealias Sleep = nonisolated(nonsending) @Sendable (Duration) async -> Void

/// Answers that are due at a moment of their world's time, and wait for it without a thread.
///
/// A world whose clock stands still lets them wait until somebody moves it; every change of a clock wakes them to look.
final class WaitingAnswers: Sendable {
    private struct State {
        var nextTicket = 0
        var sleepers: [Int: CheckedContinuation<Void, Never>] = [:]
        /// Tickets whose waiting ended before it began.
        var wokenEarly: Set<Int> = []
        /// Grows with every change of a clock.
        var changes = 0
    }

    private let state = Lock(State())
    private let sleep: Sleep

    init(sleep: @escaping Sleep) { self.sleep = sleep }

    nonisolated(nonsending) func wait(until due: Instant, in world: WorldHandle) async {
        while !Task.isCancelled {
            let seen = state.withLock { $0.changes }
            guard let remaining = world.realTime(until: due) else {
                await change(after: seen)
                continue
            }
            if remaining <= .zero { return }
            await sleepOrChange(remaining, seen)
        }
    }

    /// Somebody set a clock: everyone looks again how long there is to wait.
    func lookAgain() {
        let sleepers = state.withLock { state in
            state.changes += 1
            let woken = Array(state.sleepers.values)
            state.sleepers = [:]
            return woken
        }
        for sleeper in sleepers { sleeper.resume() }
    }

    /// Sleeps for a time, or until a clock changes.
    private nonisolated(nonsending) func sleepOrChange(_ duration: Duration, _ seen: Int) async {
        await withTaskGroup(of: Void.self) { group in
            group.addTask { await self.sleep(duration) }
            group.addTask { await self.change(after: seen) }
            await group.next()
            group.cancelAll()
        }
    }

    private nonisolated(nonsending) func change(after seen: Int) async {
        let ticket = state.withLock { state in
            state.nextTicket += 1
            return state.nextTicket
        }
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let isOver = state.withLock { state -> Bool in
                    if state.changes != seen || state.wokenEarly.remove(ticket) != nil { return true }
                    state.sleepers[ticket] = continuation
                    return false
                }
                if isOver { continuation.resume() }
            }
        } onCancel: {
            let sleeper = state.withLock { state -> CheckedContinuation<Void, Never>? in
                if let sleeper = state.sleepers.removeValue(forKey: ticket) { return sleeper }
                state.wokenEarly.insert(ticket)
                return nil
            }
            sleeper?.resume()
        }
        state.withLock { _ = $0.wokenEarly.remove(ticket) }
    }
}
