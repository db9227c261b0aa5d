import Platform
import Testing

/// Loops of their own for every test: two, whatever the machine has.
private func withLoops<Value>(_ body: (EventLoopGroup) async throws -> Value) async throws -> Value {
    let loops = try EventLoopGroup(count: 2)
    defer { loops.stop() }
    return try await body(loops)
}

@Suite struct LoopTests {
    @Test func workRunsOnTheLoop() async throws {
        try await withLoops { loops in
            for loop in loops.loops {
                let isOnLoop: Bool = await withCheckedContinuation { continuation in
                    loop.perform { continuation.resume(returning: $0.executor.isOnLoop) }
                }
                #expect(isOnLoop)
                #expect(!loop.executor.isOnLoop)
            }
        }
    }

    @Test func workKeepsItsOrder() async throws {
        try await withLoops { loops in
            let seen = Lock<[Int]>([])
            await withCheckedContinuation { (continuation: CheckedContinuation<Void, Never>) in
                for number in 0..<1_000 {
                    loops.loops[0].perform { _ in seen.withLock { $0.append(number) } }
                }
                loops.loops[0].perform { _ in continuation.resume() }
            }
            #expect(seen.withLock { $0 } == Array(0..<1_000))
        }
    }

    /// Jobs from many threads at once: none is lost.
    @Test func manyThreadsMayHandOverWork() async throws {
        try await withLoops { loops in
            let count = Lock(0)
            await withTaskGroup(of: Void.self) { group in
                for task in 0..<8 {
                    group.addTask {
                        for _ in 0..<500 {
                            await Self.increment(count, on: loops.loops[task % 2])
                        }
                    }
                }
            }
            #expect(count.withLock { $0 } == 4_000)
        }
    }

    private static func increment(_ count: Lock<Int>, on loop: isolated EventLoop) {
        count.withLock { $0 += 1 }
    }

    @Test func timersFireInOrder() async throws {
        try await withLoops { loops in
            let fired = Lock<[Int]>([])
            let start = MonotonicClock.now()
            await withCheckedContinuation { (continuation: CheckedContinuation<Void, Never>) in
                loops.loops[0].perform { loop in
                    for (order, milliseconds) in [(3, 6), (1, 2), (2, 4), (0, 0)] {
                        _ = loop.schedule(at: start.advanced(by: .milliseconds(milliseconds))) {
                            fired.withLock { $0.append(order) }
                            if order == 3 { continuation.resume() }
                        }
                    }
                }
            }
            #expect(fired.withLock { $0 } == [0, 1, 2, 3])
            #expect(MonotonicClock.now() >= start.advanced(by: .milliseconds(6)))
        }
    }

    @Test func cancelledTimersDoNotFire() async throws {
        try await withLoops { loops in
            let fired = Lock<[String]>([])
            await withCheckedContinuation { (continuation: CheckedContinuation<Void, Never>) in
                // All in one turn of one loop: nothing fires before it is cancelled, and what is due fires in order.
                loops.loops[0].perform { loop in
                    let start = MonotonicClock.now()
                    // More than the heap tolerates, so that it is compacted as well.
                    let timers = (0..<2_000).map { _ in
                        loop.schedule(at: start.advanced(by: .milliseconds(2))) {
                            fired.withLock { $0.append("cancelled") }
                        }
                    }
                    #expect(timers.allSatisfy { $0.cancel() })
                    #expect(timers.allSatisfy { !$0.cancel() })
                    for _ in 0..<10 {
                        _ = loop.schedule(at: start.advanced(by: .milliseconds(1))) {
                            fired.withLock { $0.append("kept") }
                        }
                    }
                    _ = loop.schedule(at: start.advanced(by: .milliseconds(3))) { continuation.resume() }
                }
            }
            #expect(fired.withLock { $0 } == Array(repeating: "kept", count: 10))
        }
    }

    @Test func timersAreCancelledFromOtherThreads() async throws {
        try await withLoops { loops in
            let timers = (0..<2_000).map { _ in loops.timers.schedule(after: .seconds(3600)) {} }
            #expect(timers.allSatisfy { $0.cancel() })
            #expect(timers.allSatisfy { !$0.cancel() })
        }
    }

    @Test func sleepsNeverEndEarly() async throws {
        try await withLoops { loops in
            for milliseconds in [0, 1, 3] {
                let start = MonotonicClock.now()
                try await loops.timers.sleep(for: .milliseconds(milliseconds))
                #expect(MonotonicClock.now() >= start.advanced(by: .milliseconds(milliseconds)))
            }
        }
    }

    @Test func aCancelledSleepEndsAtOnce() async throws {
        try await withLoops { loops in
            let task = Task { try await loops.timers.sleep(for: .seconds(1_000)) }
            task.cancel()
            await #expect(throws: CancellationError.self) { try await task.value }
            let isCancelled = Task {
                withUnsafeCurrentTask { $0?.cancel() }
                try await loops.timers.sleep(for: .seconds(1_000))
            }
            await #expect(throws: CancellationError.self) { try await isCancelled.value }
        }
    }

    /// Whoever sleeps when the loops end wakes up; whoever comes later is told at once.
    @Test func sleepersWakeWhenTheLoopsEnd() async throws {
        let loops = try EventLoopGroup(count: 1)
        let asleep = Task { try await loops.timers.sleep(for: .seconds(1_000)) }
        loops.stop()
        await #expect(throws: CancellationError.self) { try await asleep.value }
        loops.waitUntilEnded()
        await #expect(throws: CancellationError.self) { try await loops.timers.sleep(for: .seconds(1_000)) }
        #expect(!loops.loops[0].perform { _ in Issue.record("the loop has ended") })
    }

    /// Tasks whose executor is a loop come to their end even after it.
    @Test func jobsRunAfterTheEnd() async throws {
        let loops = try EventLoopGroup(count: 1)
        let count = Lock(0)
        loops.stop()
        loops.waitUntilEnded()
        for _ in 0..<10 { await Self.increment(count, on: loops.loops[0]) }
        #expect(count.withLock { $0 } == 10)
    }

    @Test func durationsDoNotOverflow() {
        #expect(Int64(5).advanced(by: .seconds(Int64.max)) == .max)
        #expect((Int64.max - 1).advanced(by: .nanoseconds(5)) == .max)
        #expect(Int64(5).advanced(by: .seconds(-3)) == 5)
        #expect(Duration(secondsComponent: 0, attosecondsComponent: 1).nanosecondsClamped == 1)
        #expect(Duration.milliseconds(1_500).nanosecondsClamped == 1_500_000_000)
    }
}
