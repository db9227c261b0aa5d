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
        /// The ticket of whoever waits for something that another request may bring about.
        var ticketsByKey: [HeldAnswer.Key: Int] = [:]
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

    /// Waits until a held answer is worth another look: its time has come, or somebody has brought it about.
    nonisolated(nonsending) func wait(for held: Emulator.Held, in world: WorldHandle) async {
        let seen = state.withLock { $0.changes }
        guard let remaining = world.realTime(until: held.due) else {
            return await change(after: seen, held)
        }
        if remaining > .zero { await sleepOrChange(remaining, seen, held) }
    }

    /// What this key stands for has happened.
    func wake(_ key: HeldAnswer.Key) {
        let sleeper = state.withLock { state in
            state.ticketsByKey.removeValue(forKey: key).flatMap { state.sleepers.removeValue(forKey: $0) }
        }
        sleeper?.resume()
    }

    /// Somebody set a clock: everyone looks again how long there is to wait.
    func lookAgain() {
        let sleepers = state.withLock { state in
            state.changes += 1
            let woken = Array(state.sleepers.values)
            state.sleepers = [:]
            state.ticketsByKey = [:]
            return woken
        }
        for sleeper in sleepers { sleeper.resume() }
    }

    /// Sleeps for a time, or until a clock changes.
    private nonisolated(nonsending) func sleepOrChange(
        _ duration: Duration, _ seen: Int, _ held: Emulator.Held? = nil
    ) async {
        await withTaskGroup(of: Void.self) { group in
            group.addTask { await self.sleep(duration) }
            group.addTask { await self.change(after: seen, held) }
            await group.next()
            group.cancelAll()
        }
    }

    private nonisolated(nonsending) func change(after seen: Int, _ held: Emulator.Held? = nil) async {
        let ticket = state.withLock { state in
            state.nextTicket += 1
            return state.nextTicket
        }
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let isOver = state.withLock { state -> Bool in
                    if state.changes != seen || state.wokenEarly.remove(ticket) != nil { return true }
                    state.sleepers[ticket] = continuation
                    if let held { state.ticketsByKey[held.key] = ticket }
                    return false
                }
                if isOver { return continuation.resume() }
                // It may have happened between the decision and this moment, when nobody could wake us yet.
                if let held, held.isOver() { wake(held.key) }
            }
        } onCancel: {
            let sleeper = state.withLock { state -> CheckedContinuation<Void, Never>? in
                if let sleeper = state.sleepers.removeValue(forKey: ticket) { return sleeper }
                state.wokenEarly.insert(ticket)
                return nil
            }
            sleeper?.resume()
        }
        state.withLock { state in
            state.wokenEarly.remove(ticket)
            if let held, state.ticketsByKey[held.key] == ticket { state.ticketsByKey[held.key] = nil }
        }
    }
}
