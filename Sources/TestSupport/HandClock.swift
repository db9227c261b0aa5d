package import Payments
import Platform

/// The machine's clock of a test: it stands still until somebody moves it.
package final class HandClock: Sendable {
    private let time: Lock<Instant>

    package init(_ start: Instant) { time = Lock(start) }

    package var now: Instant { time.withLock { $0 } }

    package func advance(by duration: Duration) { time.withLock { $0 = $0 + duration } }

    package func set(_ instant: Instant) { time.withLock { $0 = instant } }
}
