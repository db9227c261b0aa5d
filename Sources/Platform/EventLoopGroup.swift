import CPosix

/// Several event loops, by default one for each core.
package final class EventLoopGroup: Sendable {
    package let loops: [EventLoop]

    /// Starts the threads.
    ///
    /// - Parameter count: how many loops; at least 1.
    /// - Throws: ``SystemError`` when there are not enough descriptors.
    package init(count: Int = EventLoopGroup.coreCount) throws(SystemError) {
        precondition(count > 0, "at least one loop")
        var loops: [EventLoop] = []
        do {
            for index in 0..<count { loops.append(try EventLoop(label: "understudy.loop-\(index)")) }
        } catch {
            for loop in loops { loop.stop() }
            throw error
        }
        self.loops = loops
    }

    /// Timers on these loops.
    package var timers: LoopTimers { LoopTimers(self) }

    /// The loop the caller runs on, or the first one.
    package var current: EventLoop { loops.first { $0.executor.isOnLoop } ?? loops[0] }

    /// Ends the threads; see ``EventLoop/stop()``. May be called more than once.
    package func stop() {
        for loop in loops { loop.stop() }
    }

    /// Blocks until all threads have ended. Never call it on a loop.
    package func waitUntilEnded() {
        for loop in loops { loop.waitUntilEnded() }
    }

    /// How many cores this process may use.
    package static var coreCount: Int { max(1, Int(posix_core_count())) }
}
