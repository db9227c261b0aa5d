import CPosix
import Glibc
import Synchronization

/// A file descriptor with one owner, closed exactly once: by ``close()`` or with the last reference.
package final class Descriptor: Sendable {
    package let number: Int32
    private let isOpen = Atomic<Bool>(true)

    /// Takes over `number`.
    package init(_ number: Int32) {
        precondition(number >= 0, "not a descriptor")
        self.number = number
    }

    deinit { close() }

    /// A descriptor that is good for nothing but being given up when there is no other; nil when there is none even
    /// now.
    package static func spare() -> Descriptor? {
        let number = posix_spare()
        return number < 0 ? nil : Descriptor(number)
    }

    /// Closing twice does nothing the second time. Errors of `close` are not reported: the descriptor is gone anyway
    /// (close(2)), and nothing is ever written through one that must reach a disk.
    package func close() {
        guard isOpen.exchange(false, ordering: .acquiringAndReleasing) else { return }
        _ = Glibc.close(number)
    }
}
