import Glibc

/// A value behind a mutex, for leaf state that several threads share. Never held across an `await`.
///
/// Not `Synchronization.Mutex`: its futex is invisible to ThreadSanitizer, which then reports races that are none.
///
/// Invariant of `@unchecked Sendable`: `value` and `mutex` live at fixed addresses from `init` to `deinit`, and `value`
/// is only touched between `pthread_mutex_lock` and `pthread_mutex_unlock`. What goes in and what comes out is
/// `sending`, so nothing non-Sendable is reachable from outside at the same time.
@usableFromInline
package final class Lock<Value>: @unchecked Sendable {
    private let mutex: UnsafeMutablePointer<pthread_mutex_t>
    @usableFromInline let value: UnsafeMutablePointer<Value>

    package init(_ initial: sending Value) {
        mutex = .allocate(capacity: 1)
        mutex.initialize(to: pthread_mutex_t())
        let failure = pthread_mutex_init(mutex, nil)
        precondition(failure == 0, "pthread_mutex_init failed with \(failure)")
        value = .allocate(capacity: 1)
        value.initialize(to: initial)
    }

    deinit {
        value.deinitialize(count: 1)
        value.deallocate()
        pthread_mutex_destroy(mutex)
        mutex.deallocate()
    }

    /// Runs `body` with the value; other threads wait meanwhile. Not reentrant.
    ///
    /// Inlined, so that callers in other modules need not look up at run time what they know when they are compiled.
    @inlinable
    package func withLock<Result, Failure: Error>(
        _ body: (inout sending Value) throws(Failure) -> sending Result
    ) throws(Failure) -> sending Result {
        lock()
        defer { unlock() }
        return try body(&value.pointee)
    }

    @usableFromInline func lock() { pthread_mutex_lock(mutex) }
    @usableFromInline func unlock() { pthread_mutex_unlock(mutex) }
}

/// A gate that opens once; threads wait in front of it.
///
/// Invariant of `@unchecked Sendable`: `isOpen` is only touched while `mutex` is held; both pointers are constant.
package final class Gate: @unchecked Sendable {
    private let mutex: UnsafeMutablePointer<pthread_mutex_t>
    private let condition: UnsafeMutablePointer<pthread_cond_t>
    private var isOpen = false

    package init() {
        mutex = .allocate(capacity: 1)
        mutex.initialize(to: pthread_mutex_t())
        condition = .allocate(capacity: 1)
        condition.initialize(to: pthread_cond_t())
        let failures = (pthread_mutex_init(mutex, nil), pthread_cond_init(condition, nil))
        precondition(failures == (0, 0), "pthread_mutex_init or pthread_cond_init failed: \(failures)")
    }

    deinit {
        pthread_cond_destroy(condition)
        condition.deallocate()
        pthread_mutex_destroy(mutex)
        mutex.deallocate()
    }

    /// Lets everyone through, now and later.
    package func open() {
        pthread_mutex_lock(mutex)
        isOpen = true
        pthread_cond_broadcast(condition)
        pthread_mutex_unlock(mutex)
    }

    /// Blocks the calling thread until the gate is open. Never call it on an event loop.
    package func wait() {
        pthread_mutex_lock(mutex)
        while !isOpen { pthread_cond_wait(condition, mutex) }
        pthread_mutex_unlock(mutex)
    }

    /// Blocks the calling thread for so long at most. Never call it on an event loop.
    ///
    /// - Returns: whether the gate is open.
    package func wait(atMost duration: Duration) -> Bool {
        var until = timespec()
        clock_gettime(CLOCK_REALTIME, &until)
        let (seconds, attoseconds) = duration.components
        let nanoseconds = until.tv_nsec + Int(attoseconds / 1_000_000_000)
        until.tv_sec += Int(seconds) + nanoseconds / 1_000_000_000
        until.tv_nsec = nanoseconds % 1_000_000_000
        pthread_mutex_lock(mutex)
        defer { pthread_mutex_unlock(mutex) }
        while !isOpen, pthread_cond_timedwait(condition, mutex, &until) == 0 {}
        return isOpen
    }
}
