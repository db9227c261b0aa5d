import CPosix
import Dispatch
import Glibc
import Synchronization

/// Runs the jobs of one ``EventLoop`` on the thread that the loop owns.
///
/// Jobs may be enqueued from any thread. On the loop's own thread that takes no system call, so an `await` that stays
/// on the loop costs a fraction of a microsecond.
///
/// A `TaskExecutor` as well, for tasks that prefer it: when a continuation resumes, Swift 6.3 sends the task to the
/// global pool first, and only from there back to its actor, unless the task has a preference.
package final class LoopExecutor: SerialExecutor, TaskExecutor {
    /// What other threads hand to the loop.
    private struct Inbox {
        var jobs: [UnownedJob] = []
        var work: [@Sendable (isolated EventLoop) -> Void] = []
        /// The loop's thread is gone; `queue` runs what still comes.
        var hasEnded = false

        var isEmpty: Bool { jobs.isEmpty && work.isEmpty }
    }

    private let inbox = Lock(Inbox())
    private let wake: Descriptor
    /// The thread that runs jobs at the moment, 0 for none.
    private let owner = Atomic<UInt>(0)
    let queue: DispatchQueue

    init(label: String, wake: Descriptor) {
        self.wake = wake
        // A serial queue of its own brings an overcommitting thread: a loop never waits for another one's thread.
        queue = DispatchQueue(label: label)
    }

    /// Whether the caller runs on the loop's thread.
    package var isOnLoop: Bool { owner.load(ordering: .relaxed) == UInt(pthread_self()) }

    func bind() { owner.store(UInt(pthread_self()), ordering: .releasing) }
    func unbind() { owner.store(0, ordering: .releasing) }

    package func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        announce(
            inbox.withLock { inbox in
                defer { inbox.jobs.append(job) }
                return (inbox.isEmpty, inbox.hasEnded)
            })
    }

    /// - Returns: false when the loop has ended; `work` is then forgotten.
    @discardableResult
    func enqueue(_ work: @escaping @Sendable (isolated EventLoop) -> Void) -> Bool {
        let (wasEmpty, hasEnded) = inbox.withLock { inbox in
            guard !inbox.hasEnded else { return (false, true) }
            defer { inbox.work.append(work) }
            return (inbox.isEmpty, false)
        }
        if !hasEnded { announce((wasEmpty, false)) }
        return !hasEnded
    }

    /// The first item in an empty inbox wakes the loop; further ones find it awake. On the loop's own thread nothing is
    /// needed, because the loop looks into the inbox before it sleeps.
    private func announce(_ state: (wasEmpty: Bool, hasEnded: Bool)) {
        guard state.wasEmpty else { return }
        if state.hasEnded {
            queue.async { self.runAfterEnd() }
        } else if !isOnLoop {
            wakeUp()
        }
    }

    /// Makes `epoll_wait` return.
    func wakeUp() {
        var one: UInt64 = 1
        // Fails with EAGAIN only, when the counter is full: the loop is then about to wake anyway.
        _ = Glibc.write(wake.number, &one, 8)
    }

    var hasWork: Bool { inbox.withLock { !$0.isEmpty } }

    /// Runs what is in the inbox, and what that puts there in turn: a task that hops goes on at once, without a look at
    /// the sockets in between. Only a few times, so that tasks which always make more work cannot stop the sockets.
    func drain(_ loop: EventLoop) {
        for _ in 0..<8 {
            let (jobs, work) = inbox.withLock { inbox in
                let taken = (inbox.jobs, inbox.work)
                if !taken.0.isEmpty { inbox.jobs = [] }
                if !taken.1.isEmpty { inbox.work = [] }
                return taken
            }
            if jobs.isEmpty, work.isEmpty { return }
            for item in work { loop.assumeIsolated { item($0) } }
            run(jobs)
        }
    }

    /// From now on jobs run on the queue that hosted the thread: tasks that outlive their loop still come to an end.
    ///
    /// - Returns: false when there is work left; the loop then has to drain once more.
    func end() -> Bool {
        inbox.withLock { inbox in
            guard inbox.isEmpty else { return false }
            inbox.hasEnded = true
            return true
        }
    }

    private func runAfterEnd() {
        bind()
        while true {
            let jobs = inbox.withLock { inbox in
                defer { inbox.jobs = [] }
                return inbox.jobs
            }
            if jobs.isEmpty { break }
            run(jobs)
        }
        unbind()
    }

    private func run(_ jobs: [UnownedJob]) {
        for job in jobs {
            job.runSynchronously(isolatedTo: asUnownedSerialExecutor(), taskExecutor: asUnownedTaskExecutor())
        }
    }

    package func asUnownedSerialExecutor() -> UnownedSerialExecutor { UnownedSerialExecutor(ordinary: self) }
    package func checkIsolated() { precondition(isOnLoop, "not on the thread of this event loop") }
    package func isIsolatingCurrentContext() -> Bool? { isOnLoop }
}
