import Glibc

/// Things that wait until a thread takes them; whoever takes one has it alone.
///
/// Invariant of `@unchecked Sendable`: `things` is only touched between `pthread_mutex_lock` and
/// `pthread_mutex_unlock`. What goes in and what comes out is `sending`, so nothing non-Sendable is reachable from two
/// threads.
package final class Shelf<Thing>: @unchecked Sendable {
    private let mutex: UnsafeMutablePointer<pthread_mutex_t>
    private var things: [Thing] = []
    private let limit: Int

    /// - Parameter limit: how many it holds.
    package init(limit: Int) {
        self.limit = limit
        mutex = .allocate(capacity: 1)
        mutex.initialize(to: pthread_mutex_t())
        let failure = pthread_mutex_init(mutex, nil)
        precondition(failure == 0, "pthread_mutex_init failed with \(failure)")
    }

    deinit {
        pthread_mutex_destroy(mutex)
        mutex.deallocate()
    }

    /// - Returns: `thing`, when there is no room for it.
    package func put(_ thing: sending Thing) -> sending Thing? {
        pthread_mutex_lock(mutex)
        defer { pthread_mutex_unlock(mutex) }
        guard things.count < limit else { return thing }
        things.append(thing)
        return nil
    }

    /// The one that was put there last; nil when there is none.
    package func take() -> sending Thing? {
        pthread_mutex_lock(mutex)
        defer { pthread_mutex_unlock(mutex) }
        // Invariant: it was put there with nobody else knowing it, and is no longer here.
        nonisolated(unsafe) let thing = things.popLast()
        return thing
    }
}
