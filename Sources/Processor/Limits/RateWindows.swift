import HashTreeCollections
package import Payments

/// How many requests of each client an endpoint has seen in the current minute.
///
/// Buckets that are filled up all at once, each minute since the client's first request.
package struct RateWindows: Equatable, Sendable {
    package struct Key: Hashable, Sendable {
        package let endpoint: String
        package let client: String

        package init(endpoint: String, client: String) {
            self.endpoint = endpoint
            self.client = client
        }
    }

    package struct Window: Hashable, Sendable {
        /// When the client was seen first; minutes are counted from here.
        package let since: Instant
        /// The minute in which ``used`` were counted.
        package let minute: Int64
        package let used: Int
        fileprivate let serial: Int
    }

    private static let span: Int64 = 60_000_000_000

    private let clientLimit: Int
    private var windows: TreeDictionary<Key, Window> = [:]
    private var arrivals = PersistentArray<Key>()

    /// - Parameter clients: so many are counted; the one seen first is forgotten first.
    package init(clients: Int) { clientLimit = clients }

    package var count: Int { windows.count }

    /// What is left before a request at an instant, and when there will be more.
    func state(_ key: Key, limit: Int, at now: Instant) -> (left: Int, refill: Duration) {
        guard let window = windows[key], now >= window.since else { return (limit, .nanoseconds(Self.span)) }
        let minute = Self.minute(of: now, since: window.since)
        let used = minute == window.minute ? window.used : 0
        let refill = Instant(nanoseconds: window.since.nanoseconds + (minute + 1) * Self.span)
        return (max(0, limit - used), refill - now)
    }

    mutating func apply(_ event: RateEvent) {
        switch event {
        case .counted(let key, let now): count(key, now)
        }
    }

    private mutating func count(_ key: Key, _ now: Instant) {
        if let window = windows[key], now >= window.since {
            let minute = Self.minute(of: now, since: window.since)
            windows[key] = Window(
                since: window.since, minute: minute, used: (minute == window.minute ? window.used : 0) + 1,
                serial: window.serial)
            return
        }
        windows[key] = Window(since: now, minute: 0, used: 1, serial: arrivals.end)
        arrivals.append(key)
        while arrivals.count > clientLimit, let oldest = arrivals[arrivals.start] {
            if windows[oldest]?.serial == arrivals.start { windows[oldest] = nil }
            arrivals.removeFirst()
        }
    }

    private static func minute(of now: Instant, since: Instant) -> Int64 {
        (now.nanoseconds - since.nanoseconds) / span
    }
}

package enum RateEvent: Hashable, Sendable {
    case counted(RateWindows.Key, at: Instant)
}

/// Counts a request of a client; refused ones are not counted.
package struct CountRequest: Command {
    package enum Outcome: Hashable, Sendable {
        case allowed(remaining: Int)
        case refused(retryAfterSeconds: Int)
    }

    package var key: RateWindows.Key
    package var perMinute: Int

    package init(_ key: RateWindows.Key, perMinute: Int) {
        self.key = key
        self.perMinute = perMinute
    }

    package var operation: String { "rateLimit" }

    package func decide(in context: DecisionContext) -> Decision<Outcome> {
        let state = context.books.rates.state(key, limit: perMinute, at: context.now)
        guard state.left > 0 else {
            let seconds = (state.refill.wholeNanoseconds + 999_999_999) / 1_000_000_000
            return Decision(outcome: .refused(retryAfterSeconds: Int(seconds)))
        }
        return Decision(
            events: [.rate(.counted(key, at: context.now))], outcome: .allowed(remaining: state.left - 1))
    }
}
