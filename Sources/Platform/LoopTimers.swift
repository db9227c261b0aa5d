import Synchronization

/// Time for handlers: sleeping without leaving the event loop, and appointments.
package struct LoopTimers: Sendable {
    private let group: EventLoopGroup

    package init(_ group: EventLoopGroup) { self.group = group }

    /// Suspends the calling task on the timer of the loop it runs on; it goes on where it was.
    ///
    /// - Parameter isolation: leave it out. Written as a parameter, because closures inside of a
    ///   `nonisolated(nonsending)` function would run on the global pool (Swift 6.3): two hops between threads for
    ///   every sleep.
    /// - Throws: `CancellationError` as soon as the task is cancelled, or when the loop ends.
    package func sleep(for duration: Duration, isolation: isolated (any Actor)? = #isolation) async throws {
        try Task.checkCancellation()
        let time = MonotonicClock.now().advanced(by: duration)
        let sleep = Sleep()
        let loop = group.current
        try await withTaskCancellationHandler {
            _ = isolation  // captured, so that this closure is isolated as well
            try await withCheckedThrowingContinuation { (continuation: CheckedContinuation<Void, any Error>) in
                guard sleep.begin(continuation) else { return }
                let timer = loop.schedule(at: time, whenAbandoned: { sleep.end(CancellationError()) }) {
                    sleep.end(nil)
                }
                sleep.keep(timer)
            }
        } onCancel: {
            sleep.end(CancellationError())
        }
    }

    /// Runs `work` on a loop after `duration`. May be called from any thread; `work` must not block.
    @discardableResult
    package func schedule(after duration: Duration, _ work: @escaping @Sendable () -> Void) -> LoopTimer {
        group.current.schedule(at: MonotonicClock.now().advanced(by: duration), work)
    }
}

/// One sleep. Timer and cancellation race for the continuation; whoever takes it out of the lock resumes it.
private final class Sleep: Sendable {
    private struct State {
        var continuation: CheckedContinuation<Void, any Error>?
        var timer: LoopTimer?
        var isOver = false
    }

    private let state = Lock(State())

    /// - Returns: false when the task was cancelled before it slept; the continuation has then been resumed.
    func begin(_ continuation: CheckedContinuation<Void, any Error>) -> Bool {
        let isOver = state.withLock { state in
            if !state.isOver { state.continuation = continuation }
            return state.isOver
        }
        if isOver { continuation.resume(throwing: CancellationError()) }
        return !isOver
    }

    func keep(_ timer: LoopTimer) {
        let isOver = state.withLock { state in
            if !state.isOver { state.timer = timer }
            return state.isOver
        }
        if isOver { timer.cancel() }
    }

    func end(_ error: (any Error)?) {
        let (continuation, timer) = state.withLock { state in
            state.isOver = true
            defer { state.continuation = nil }
            defer { state.timer = nil }
            return (state.continuation, state.timer)
        }
        timer?.cancel()
        guard let continuation else { return }
        if let error { continuation.resume(throwing: error) } else { continuation.resume() }
    }
}
